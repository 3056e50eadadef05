package explainrec.run;

import explainrec.data.Check;

/**
 * How a study repeats its runs.
 *
 * @param seeds runs of each model, with seeds s, s + 1, ...; 1..100
 */
public record StudySettings(int seeds) {
  /** Checks the range. */
  public StudySettings {
    Check.range("seeds", seeds, 1, 100);
  }
}
