package explainrec.report;

import explainrec.run.ReviewResult;
import java.util.Arrays;

/**
 * A score of some of the test rows, for instance those that are not leaked, in a table of so many
 * tests that p-values must be allowed to be smaller than the number of draws.
 *
 * @param metric the score
 * @param kept the rows, (K)
 */
record SomeRows(ReviewMetric metric, int[] kept) implements Score<ReviewResult> {
  @Override
  public String title() {
    return metric.title();
  }

  @Override
  public int size(ReviewResult run) {
    return kept.length;
  }

  @Override
  public double of(ReviewResult run, int[] counts) {
    int[] all = new int[run.leaked().length];
    for (int k = 0; k < kept.length; k++) {
      all[kept[k]] = counts[k];
    }
    return metric.of(run, all);
  }

  /** Percent, as {@link #of}, so that a comparison's rows and means have one unit. */
  @Override
  public double[] rows(ReviewResult run) {
    double[] all = metric.rows(run);
    return all == null ? null : Arrays.stream(kept).mapToDouble(n -> 100 * all[n]).toArray();
  }

  @Override
  public boolean inTails() {
    return true;
  }
}
