package explainrec.run;

import explainrec.data.Check;

/**
 * How a study repeats its runs.
 *
 * @param seeds runs of each rating model, with seeds s, s + 1, ...; 1..100
 * @param textSeeds the same of each model that writes; 1..100
 */
public record StudySettings(int seeds, int textSeeds) {
  /** Checks the ranges. */
  public StudySettings {
    Check.range("seeds", seeds, 1, 100);
    Check.range("textSeeds", textSeeds, 1, 100);
  }
}
