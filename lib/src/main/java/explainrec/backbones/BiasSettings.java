package explainrec.backbones;

import explainrec.data.Check;

/**
 * Settings of the user+item bias baseline.
 *
 * @param biasShrinkage lambda, how many ratings' worth of evidence pulls a bias to 0; {@code auto}
 *     takes, for each rating by itself, the value of 1, 2, 5, 10, 20 that does best on validation;
 *     else a number from 0 to 1000
 * @param biasRounds rounds of alternating least squares, 1..1000
 */
public record BiasSettings(String biasShrinkage, int biasRounds) {
  /** Checks every range. */
  public BiasSettings {
    Check.autoOrRange("biasShrinkage", biasShrinkage, 0, 1000);
    Check.range("biasRounds", biasRounds, 1, 1000);
  }

  /**
   * The kit's defaults.
   *
   * @return shrinkage chosen on validation, 20 rounds
   */
  public static BiasSettings defaults() {
    return new BiasSettings("auto", 20);
  }
}
