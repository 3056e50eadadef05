package explainrec.metrics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Entropy and mutual information in nats, from rows and how often each counts. */
public final class Information {
  private Information() {}

  /**
   * Entropy of a discrete column, by the shares of its values.
   *
   * @param column any whole numbers, (N)
   * @param counts how often each row counts, (N)
   * @return H in nats; NaN when no row counts
   */
  public static double entropy(int[] column, int[] counts) {
    Map<Integer, Long> totals = new HashMap<>();
    for (int n = 0; n < column.length; n++) {
      totals.merge(column[n], (long) counts[n], Long::sum);
    }
    return entropy(totals);
  }

  /**
   * Mutual information of two discrete columns, by the shares of their values and pairs: H(x) +
   * H(y) - H(x, y). It is too large by about (|x| - 1)(|y| - 1) / 2N for columns of |x| and |y|
   * values that know nothing of each other.
   *
   * @param x any whole numbers, (N)
   * @param y any whole numbers, (N)
   * @param counts how often each row counts, (N)
   * @return I in nats, at least 0; NaN when no row counts
   */
  public static double mutual(int[] x, int[] y, int[] counts) {
    Map<Long, Long> pairs = new HashMap<>();
    for (int n = 0; n < x.length; n++) {
      pairs.merge(((long) x[n] << 32) ^ (y[n] & 0xffffffffL), (long) counts[n], Long::sum);
    }
    return Math.max(0, entropy(x, counts) + entropy(y, counts) - entropy(pairs));
  }

  private static double entropy(Map<?, Long> totals) {
    double[] sorted = totals.values().stream().mapToDouble(count -> count).sorted().toArray();
    double sum = Arrays.stream(sorted).sum();
    double entropy = 0;
    for (double count : sorted) {
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
