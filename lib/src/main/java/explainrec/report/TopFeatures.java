package explainrec.report;

import explainrec.run.ExplanationResult;

/**
 * FMR of the rows whose feature is among the most frequent ones of train.
 *
 * @param top how many features; 0 for all rows that have one
 * @param estimated whether the features asked for were estimated from the user's and the item's
 *     train rows, or extracted from the real explanations
 */
record TopFeatures(int top, boolean estimated) implements Score<ExplanationResult> {
  @Override
  public String title() {
    return (top == 0 ? "FMR, %" : "FMR, %, top " + top) + (estimated ? " estimated" : "");
  }

  @Override
  public int size(ExplanationResult run) {
    return run.test().named().length;
  }

  /** Percent; NaN when no row has such a feature, or the run estimated none. */
  @Override
  public double of(ExplanationResult run, int[] counts) {
    int[] feature = estimated ? run.test().featureEstimated() : run.test().feature();
    boolean[] named = estimated ? run.test().namedEstimated() : run.test().named();
    if (feature == null) {
      return Double.NaN;
    }
    long right = 0;
    long total = 0;
    for (int n = 0; n < feature.length; n++) {
      if (feature[n] >= 0 && (top == 0 || feature[n] < top)) {
        total += counts[n];
        right += named[n] ? counts[n] : 0;
      }
    }
    return 100.0 * right / total;
  }

  @Override
  public boolean inTails() {
    return true;
  }

  /** The rows that count are not the same in all runs. */
  @Override
  public double[] rows(ExplanationResult run) {
    return null;
  }
}
