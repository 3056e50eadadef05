package explainrec.run;

import explainrec.data.Check;

/**
 * How a study repeats its runs.
 *
 * @param seeds runs of each rating model, with seeds s, s + 1, ...; 1..100
 * @param textSeeds the same of each model that writes reviews; 1..100
 * @param explanationSeeds the same of each generator of short explanations; 1..100
 */
public record StudySettings(int seeds, int textSeeds, int explanationSeeds) {
  /** Checks the ranges. */
  public StudySettings {
    Check.range("seeds", seeds, 1, 100);
    Check.range("textSeeds", textSeeds, 1, 100);
    Check.range("explanationSeeds", explanationSeeds, 1, 100);
  }
}
