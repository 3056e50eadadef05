package explainrec.metrics;

import java.util.Arrays;
import org.apache.commons.statistics.inference.TTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * Two-sided paired comparison of two models' errors on the same rows.
 *
 * <p>Differences are x - y, so a negative mean says that x errs less. Wilcoxon leaves rows without
 * a difference out, as Wilcoxon did, and corrects for ties and continuity; beyond 50 rows, or with
 * ties, its p-value is the normal approximation.
 *
 * @param rows number of pairs, n
 * @param meanDifference mean of x - y
 * @param t paired t statistic; NaN when all differences are equal
 * @param tP its p-value; 1 when all differences are 0, NaN when it cannot be computed
 * @param cohenDz mean difference over the sample standard deviation of the differences; NaN when
 *     they are all equal and not 0
 * @param wilcoxon sum of the positive ranks, W+
 * @param wilcoxonP its p-value; 1 when all differences are 0
 * @param rankBiserial (W+ - W-) / (W+ + W-), -1..1; 0 when all differences are 0
 */
public record PairedTest(
    int rows,
    double meanDifference,
    double t,
    double tP,
    double cohenDz,
    double wilcoxon,
    double wilcoxonP,
    double rankBiserial) {

  /**
   * Compares two models.
   *
   * @param x errors of one model, (n), n at least 2
   * @param y errors of the other on the same rows, (n)
   * @return both tests
   */
  public static PairedTest of(double[] x, double[] y) {
    if (x.length != y.length || x.length < 2) {
      throw new IllegalArgumentException(
          "paired tests need two columns of one length from 2 on, not "
              + x.length
              + " and "
              + y.length);
    }
    double[] difference = new double[x.length];
    boolean equal = true;
    for (int n = 0; n < x.length; n++) {
      difference[n] = x[n] - y[n];
      equal &= difference[n] == 0;
    }
    if (equal) {
      return new PairedTest(x.length, 0, Double.NaN, 1, 0, 0, 1, 0);
    }
    double mean = Statistics.mean(difference);
    double sd = Statistics.sampleSd(difference);
    TTest.Result t = sd > 0 ? TTest.withDefaults().test(difference) : null;
    WilcoxonSignedRankTest test = WilcoxonSignedRankTest.withDefaults();
    // Zeros go first: the library's normal approximation would subtract their variance twice.
    double[] nonzero = Arrays.stream(difference).filter(d -> d != 0).toArray();
    WilcoxonSignedRankTest.Result wilcoxon = test.test(nonzero);
    double positive = wilcoxon.getStatistic();
    double negative = test.statistic(negate(nonzero));
    return new PairedTest(
        x.length,
        mean,
        t == null ? Double.NaN : t.getStatistic(),
        t == null ? Double.NaN : t.getPValue(),
        sd > 0 ? mean / sd : Double.NaN,
        positive,
        wilcoxon.getPValue(),
        (positive - negative) / (positive + negative));
  }

  private static double[] negate(double[] values) {
    double[] negated = new double[values.length];
    for (int n = 0; n < values.length; n++) {
      negated[n] = -values[n];
    }
    return negated;
  }
}
