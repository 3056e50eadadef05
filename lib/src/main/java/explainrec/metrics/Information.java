package explainrec.metrics;

import java.util.Arrays;

/** Entropy and mutual information in nats, from rows and how often each counts. */
public final class Information {
  private Information() {}

  /**
   * Entropy of a discrete column, by the shares of its values.
   *
   * @param column small whole numbers, (N)
   * @param counts how often each row counts, (N)
   * @return H in nats; NaN when no row counts
   */
  public static double entropy(int[] column, int[] counts) {
    int least = least(column);
    long[] totals = new long[values(column, least)];
    for (int n = 0; n < column.length; n++) {
      totals[column[n] - least] += counts[n];
    }
    return entropy(totals);
  }

  /**
   * Mutual information of two discrete columns, by the shares of their values and pairs: H(x) +
   * H(y) - H(x, y). It is too large by about (|x| - 1)(|y| - 1) / 2N for columns of |x| and |y|
   * values that know nothing of each other.
   *
   * @param x small whole numbers, (N)
   * @param y small whole numbers, (N)
   * @param counts how often each row counts, (N)
   * @return I in nats, at least 0; NaN when no row counts
   */
  public static double mutual(int[] x, int[] y, int[] counts) {
    int leastX = least(x);
    int leastY = least(y);
    int valuesY = values(y, leastY);
    long[] pairs = new long[values(x, leastX) * valuesY];
    for (int n = 0; n < x.length; n++) {
      pairs[(x[n] - leastX) * valuesY + y[n] - leastY] += counts[n];
    }
    return Math.max(0, entropy(x, counts) + entropy(y, counts) - entropy(pairs));
  }

  private static int least(int[] column) {
    return Arrays.stream(column).min().orElse(0);
  }

  private static int values(int[] column, int least) {
    return Arrays.stream(column).max().orElse(least) - least + 1;
  }

  private static double entropy(long[] totals) {
    double sum = Arrays.stream(totals).sum();
    double entropy = 0;
    for (long count : totals) {
      entropy -= count == 0 ? 0 : count / sum * Math.log(count / sum);
    }
    return sum == 0 ? Double.NaN : entropy;
  }

  /**
   * The Donsker-Varadhan bound of a mutual information: mean joint - log mean exp marginal, over
   * rows that have both.
   *
   * @param parts of N rows; NaN in rows that do not count
   * @param counts how often each row counts, (N)
   * @return nats; NaN when no row counts
   */
  public static double bound(ExplanationRows.BoundParts parts, int[] counts) {
    double[] joint = parts.joint();
    double[] marginal = parts.marginal();
    double most = Double.NEGATIVE_INFINITY;
    for (int n = 0; n < joint.length; n++) {
      if (counts[n] > 0 && !Double.isNaN(marginal[n])) {
        most = Math.max(most, marginal[n]);
      }
    }
    double sum = 0;
    double exp = 0;
    long total = 0;
    for (int n = 0; n < joint.length; n++) {
      if (counts[n] > 0 && !Double.isNaN(joint[n])) {
        sum += counts[n] * joint[n];
        exp += counts[n] * Math.exp(marginal[n] - most);
        total += counts[n];
      }
    }
    return total == 0 ? Double.NaN : sum / total - (most + Math.log(exp / total));
  }
}
