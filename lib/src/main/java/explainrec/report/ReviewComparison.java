package explainrec.report;

import explainrec.metrics.PairedTest;
import explainrec.metrics.Statistics;
import explainrec.metrics.Statistics.Interval;
import explainrec.run.ReviewResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Two review models on the same test rows and seeds.
 *
 * <p>Scores that are means over rows are compared by a paired t-test, each row's score averaged
 * over seeds first. BLEU has no score a row: there the rows are drawn again and again for both
 * models at once, and p counts how often the difference changes its sign.
 *
 * @param left the first model's score in percent, mean over seeds
 * @param right the second model's
 * @param seeds number of seeds that both have
 * @param leftBetter in how many of them the first model scores higher
 * @param rightBetter in how many of them the second model does
 * @param interval 95% bootstrap interval over test rows of first minus second, in percent
 * @param p of the paired test
 * @param effect Cohen's d_z of the rows' differences; NaN for BLEU
 */
record ReviewComparison(
    double left,
    double right,
    int seeds,
    int leftBetter,
    int rightBetter,
    Interval interval,
    double p,
    double effect) {

  /**
   * Compares two models.
   *
   * @param left the first, or null when it did not run
   * @param right the second, or null when it did not run
   * @param metric the score
   * @return empty when a model or a common seed is missing, or there are fewer than two rows
   */
  static Optional<ReviewComparison> of(
      ReviewRuns.Group left, ReviewRuns.Group right, ReviewMetric metric) {
    List<ReviewResult> lefts = new ArrayList<>();
    List<ReviewResult> rights = new ArrayList<>();
    if (left != null && right != null) {
      for (ReviewResult a : left.runs()) {
        for (ReviewResult b : right.runs()) {
          if (a.seed() == b.seed() && a.leaked().length > 1) {
            lefts.add(a);
            rights.add(b);
          }
        }
      }
    }
    return lefts.isEmpty() ? Optional.empty() : Optional.of(compare(lefts, rights, metric));
  }

  private static ReviewComparison compare(
      List<ReviewResult> lefts, List<ReviewResult> rights, ReviewMetric metric) {
    int rows = lefts.get(0).leaked().length;
    int[] once = new int[rows];
    Arrays.fill(once, 1);
    int leftBetter = 0;
    int rightBetter = 0;
    for (int s = 0; s < lefts.size(); s++) {
      double l = metric.percent(lefts.get(s), once);
      double r = metric.percent(rights.get(s), once);
      leftBetter += l > r ? 1 : 0;
      rightBetter += r > l ? 1 : 0;
    }
    ToDoubleFunction<int[]> difference =
        counts -> mean(lefts, metric, counts) - mean(rights, metric, counts);
    PairedTest test =
        metric.mean() ? PairedTest.of(rowMeans(lefts, metric), rowMeans(rights, metric)) : null;
    return new ReviewComparison(
        mean(lefts, metric, once),
        mean(rights, metric, once),
        lefts.size(),
        leftBetter,
        rightBetter,
        Statistics.bootstrap(rows, difference, Statistics.RESAMPLES, 1),
        test != null
            ? test.tP()
            : Statistics.pairedBootstrap(rows, difference, Statistics.RESAMPLES, 1),
        test != null ? test.cohenDz() : Double.NaN);
  }

  private static double mean(List<ReviewResult> seeds, ReviewMetric metric, int[] counts) {
    return seeds.stream().mapToDouble(run -> metric.percent(run, counts)).average().orElseThrow();
  }

  /** A row's score, averaged over seeds, (N). */
  private static double[] rowMeans(List<ReviewResult> seeds, ReviewMetric metric) {
    double[] mean = new double[seeds.get(0).leaked().length];
    for (ReviewResult run : seeds) {
      double[] rows = metric.rows(run);
      for (int n = 0; n < mean.length; n++) {
        mean[n] += rows[n] / seeds.size();
      }
    }
    return mean;
  }
}
