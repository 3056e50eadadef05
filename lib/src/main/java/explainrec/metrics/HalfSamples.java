package explainrec.metrics;

import explainrec.metrics.Statistics.Interval;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * How a number spreads over random halves of the rows, each row drawn at most once: for numbers
 * that count repetitions, which a bootstrap would take its own repeated rows for. A mean spreads
 * over halves as widely as over samples of the size of the whole.
 *
 * <p>Numbers that depend on the size differ between halves and the whole, so the halves give the
 * spread alone, around the number of all rows.
 *
 * @param estimate the number of all rows
 * @param values what halves have, moved so that their mean is the estimate, ascending
 */
public record HalfSamples(double estimate, double[] values) {

  /**
   * Draws halves.
   *
   * @param rows number of rows, N, at least 2
   * @param statistic computes the number from which rows are drawn (0 or 1 each), (N); must be free
   *     of side effects
   * @param resamples how many halves
   * @param seed decides all draws
   * @return their spread
   */
  public static HalfSamples of(
      int rows, ToDoubleFunction<int[]> statistic, int resamples, long seed) {
    int[] once = new int[rows];
    Arrays.fill(once, 1);
    double estimate = statistic.applyAsDouble(once);
    double[] values = Statistics.resampled(statistic, resamples, seed, drawn -> half(rows, drawn));
    double shift = estimate - Statistics.mean(values);
    for (int r = 0; r < values.length; r++) {
      values[r] += shift;
    }
    Arrays.sort(values);
    return new HalfSamples(estimate, values);
  }

  /** Takes N / 2 of N rows, all choices equally likely. */
  private static int[] half(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] counts = new int[rows];
    int needed = rows / 2;
    for (int n = 0; n < rows; n++) {
      if (random.nextInt(rows - n) < needed) {
        counts[n] = 1;
        needed--;
      }
    }
    return counts;
  }

  /** The 2.5% and 97.5% quantiles. */
  public Interval interval() {
    return new Interval(Statistics.quantile(values, 0.025), Statistics.quantile(values, 0.975));
  }

  /**
   * Two-sided p-value against 0, as {@link Statistics#pairedBootstrap}.
   *
   * @return at least 2 / (resamples + 1), at most 1; NaN when the number is NaN
   */
  public double p() {
    return Statistics.twoSided(values);
  }
}
