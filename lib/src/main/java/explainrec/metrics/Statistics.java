package explainrec.metrics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Means, deviations, bootstrap intervals and Holm's correction. */
public final class Statistics {
  /** Resamples of a bootstrap interval in the kit's tables. */
  public static final int RESAMPLES = 1000;

  private Statistics() {}

  /**
   * An interval of plausible values.
   *
   * @param low its lower end
   * @param high its upper end
   */
  public record Interval(double low, double high) {}

  /**
   * Arithmetic mean.
   *
   * @param values any number of them
   * @return their mean; NaN when there are none
   */
  public static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /**
   * Standard deviation of a sample, for instance over seeds.
   *
   * @param values n of them
   * @return root of the squared deviations' sum over n - 1; NaN when n is below 2
   */
  public static double sampleSd(double[] values) {
    return values.length < 2 ? Double.NaN : Math.sqrt(squares(values) / (values.length - 1));
  }

  /**
   * Standard deviation of a whole population, for instance over all aspects.
   *
   * @param values n of them
   * @return root of the squared deviations' sum over n; NaN when n is 0
   */
  public static double populationSd(double[] values) {
    return values.length == 0 ? Double.NaN : Math.sqrt(squares(values) / values.length);
  }

  private static double squares(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum;
  }

  /**
   * 95% percentile bootstrap interval: rows are drawn with replacement and the statistic computed
   * again, {@code resamples} times.
   *
   * @param rows number of rows, N
   * @param statistic computes the number from how often each row was drawn, (N); must be free of
   *     side effects, for resamples run in parallel
   * @param resamples how often to draw, at least 40
   * @param seed decides all draws; the same seed gives the same interval on every machine
   * @return the 2.5% and 97.5% quantiles; NaN when there are no rows
   */
  public static Interval bootstrap(
      int rows, ToDoubleFunction<int[]> statistic, int resamples, long seed) {
    if (rows == 0) {
      return new Interval(Double.NaN, Double.NaN);
    }
    return Resampled.bootstrap(rows, statistic, resamples, seed).interval();
  }

  /**
   * Two-sided p-value of a paired bootstrap: twice the share of resamples in which the difference
   * vanishes or has the rarer sign, the observed rows counted as one resample more. It is never
   * below 2 / (resamples + 1).
   *
   * @param rows number of rows, N
   * @param difference computes one model's number minus the other's from how often each row was
   *     drawn, (N); as in {@link #bootstrap}
   * @param resamples how often to draw
   * @param seed decides all draws
   * @return at most 1; NaN when there are no rows or a difference is NaN
   */
  public static double pairedBootstrap(
      int rows, ToDoubleFunction<int[]> difference, int resamples, long seed) {
    if (rows == 0) {
      return Double.NaN;
    }
    return Resampled.bootstrap(rows, difference, resamples, seed).p();
  }

  /** Twice the share of values at 0 or on its rarer side, one value counted more. */
  static double twoSided(double[] values) {
    int below = 0;
    int above = 0;
    for (double value : values) {
      if (Double.isNaN(value)) {
        return Double.NaN;
      }
      below += value <= 0 ? 1 : 0;
      above += value >= 0 ? 1 : 0;
    }
    return Math.min(1, 2.0 * (Math.min(below, above) + 1) / (values.length + 1));
  }

  static double[] resampled(int rows, ToDoubleFunction<int[]> statistic, int resamples, long seed) {
    return resampled(statistic, resamples, seed, drawn -> draw(rows, drawn));
  }

  /**
   * Computes a statistic of rows drawn again and again.
   *
   * @param draw how often each row is drawn, from a seed
   */
  static double[] resampled(
      ToDoubleFunction<int[]> statistic, int resamples, long seed, LongFunction<int[]> draw) {
    SplittableRandom seeds = new SplittableRandom(seed);
    long[] seedOf = new long[resamples];
    for (int r = 0; r < resamples; r++) {
      seedOf[r] = seeds.nextLong();
    }
    return IntStream.range(0, resamples)
        .parallel()
        .mapToDouble(r -> statistic.applyAsDouble(draw.apply(seedOf[r])))
        .toArray();
  }

  private static int[] draw(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] counts = new int[rows];
    for (int n = 0; n < rows; n++) {
      counts[random.nextInt(rows)]++;
    }
    return counts;
  }

  /**
   * 95% bootstrap interval of the mean of one value a row.
   *
   * @param values one value a row, (N)
   * @param seed decides all draws
   * @return the interval from {@link #RESAMPLES} resamples
   */
  public static Interval bootstrapMean(double[] values, long seed) {
    return bootstrap(values.length, counts -> weightedMean(values, counts), RESAMPLES, seed);
  }

  /**
   * Mean with whole-number weights.
   *
   * @param values (N)
   * @param counts how often each value counts, (N)
   * @return the weighted mean
   */
  public static double weightedMean(double[] values, int[] counts) {
    double sum = 0;
    long total = 0;
    for (int n = 0; n < values.length; n++) {
      sum += counts[n] * values[n];
      total += counts[n];
    }
    return sum / total;
  }

  /**
   * Quantile of sorted values, linear between neighbours.
   *
   * @param sorted ascending, at least one
   * @param share 0..1
   * @return the quantile
   */
  public static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /**
   * Holm's step-down correction: controls the chance of any false rejection in the family.
   *
   * @param p p-values of one family; NaN marks a test that could not be made and does not count
   * @return corrected p-values in the same order, at most 1; NaN stays NaN
   */
  public static double[] holm(double[] p) {
    Integer[] order =
        IntStream.range(0, p.length)
            .filter(i -> !Double.isNaN(p[i]))
            .boxed()
            .sorted((a, b) -> Double.compare(p[a], p[b]))
            .toArray(Integer[]::new);
    double[] corrected = new double[p.length];
    Arrays.fill(corrected, Double.NaN);
    double highest = 0;
    for (int rank = 0; rank < order.length; rank++) {
      highest = Math.max(highest, Math.min(1, p[order[rank]] * (order.length - rank)));
      corrected[order[rank]] = highest;
    }
    return corrected;
  }

  /**
   * Spearman's rank correlation, ties sharing their mean rank.
   *
   * @param x (n)
   * @param y (n)
   * @return -1..1; NaN when one side is constant
   */
  public static double spearman(double[] x, double[] y) {
    return pearson(ranks(x), ranks(y));
  }

  /**
   * Pearson's correlation.
   *
   * @param x (n)
   * @param y (n)
   * @return -1..1; NaN when one side is constant
   */
  public static double pearson(double[] x, double[] y) {
    double meanX = mean(x);
    double meanY = mean(y);
    double product = 0;
    for (int n = 0; n < x.length; n++) {
      product += (x[n] - meanX) * (y[n] - meanY);
    }
    return product / Math.sqrt(squares(x) * squares(y));
  }

  private static double[] ranks(double[] values) {
    Integer[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted((a, b) -> Double.compare(values[a], values[b]))
            .toArray(Integer[]::new);
    double[] ranks = new double[values.length];
    int from = 0;
    while (from < order.length) {
      int to = from;
      while (to + 1 < order.length && values[order[to + 1]] == values[order[from]]) {
        to++;
      }
      for (int k = from; k <= to; k++) {
        ranks[order[k]] = (from + to) / 2.0 + 1;
      }
      from = to + 1;
    }
    return ranks;
  }
}
