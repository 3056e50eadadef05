package explainrec.metrics;

import explainrec.metrics.Statistics.Interval;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How a number spreads when rows are drawn again.
 *
 * @param values the number in each draw, ascending
 */
public record Resampled(double[] values) {
  /** Sorts a copy. */
  public Resampled {
    values = values.clone();
    Arrays.sort(values);
  }

  /**
   * Draws as many rows as there are, with replacement.
   *
   * @param rows number of rows, N, at least 1
   * @param statistic computes the number from how often each row was drawn, (N); must be free of
   *     side effects
   * @param resamples how often to draw
   * @param seed decides all draws
   * @return its spread
   */
  public static Resampled bootstrap(
      int rows, ToDoubleFunction<int[]> statistic, int resamples, long seed) {
    return new Resampled(Statistics.resampled(rows, statistic, resamples, seed));
  }

  /**
   * Draws half of the rows, each at most once: for numbers that count repetitions, which a
   * bootstrap would take its own repeated rows for. A mean spreads over halves as widely as over
   * samples of the size of the whole. Numbers that depend on the size differ between halves and the
   * whole, so the values are moved so that their mean is the number of all rows.
   *
   * @param rows number of rows, N, at least 2
   * @param statistic as in {@link #bootstrap}
   * @param resamples how many halves
   * @param seed decides all draws
   * @return its spread around the number of all rows
   */
  public static Resampled halves(
      int rows, ToDoubleFunction<int[]> statistic, int resamples, long seed) {
    int[] once = new int[rows];
    Arrays.fill(once, 1);
    double[] values = Statistics.resampled(statistic, resamples, seed, drawn -> half(rows, drawn));
    double shift = statistic.applyAsDouble(once) - Statistics.mean(values);
    for (int r = 0; r < values.length; r++) {
      values[r] += shift;
    }
    return new Resampled(values);
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
   * Two-sided p-value against 0 that may be smaller than the number of draws allows: where all
   * draws are on one side of 0, the tail of a normal distribution with their mean and deviation.
   *
   * @return as {@link #p} where draws are on both sides; NaN when a value is NaN
   */
  public double tail() {
    double p = p();
    boolean oneSide = values[0] > 0 || values[values.length - 1] < 0;
    double sd = Statistics.sampleSd(values);
    return !oneSide || sd == 0
        ? p
        : Math.min(
            p,
            2
                * NormalDistribution.of(0, 1)
                    .survivalProbability(Math.abs(Statistics.mean(values)) / sd));
  }

  /**
   * Two-sided p-value against 0, as {@link Statistics#pairedBootstrap}.
   *
   * @return at least 2 / (resamples + 1), at most 1; NaN when a value is NaN
   */
  public double p() {
    return Statistics.twoSided(values);
  }
}
