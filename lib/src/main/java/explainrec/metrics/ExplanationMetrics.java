package explainrec.metrics;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** All numbers of a run's explanations, by the names that its file gives them. */
public final class ExplanationMetrics {
  private ExplanationMetrics() {}

  /**
   * Computes every {@link ExplanationMetric} that the rows have columns for, then {@code fcr}
   * (different features in any explanation / features in the data, 0..1), and on the generated
   * world {@code truePolarity}.
   *
   * @param rows of the test set
   * @param features number of features in the data
   * @param likeliest on the generated world the likeliest polarity at each class of rating, as in
   *     {@link ExplanationRows#polarity}, (5); else null
   * @return name to number in a stable order; numbers without columns are left out, and those that
   *     cannot be computed are NaN
   */
  public static Map<String, Double> named(ExplanationRows rows, int features, int[] likeliest) {
    int[] once = once(rows);
    Map<String, Double> named = new LinkedHashMap<>();
    for (ExplanationMetric metric : ExplanationMetric.values()) {
      if (has(rows, metric)) {
        named.put(metric.key(), metric.of(rows, once));
      }
    }
    Set<Integer> seen = new HashSet<>();
    for (int[] said : rows.features()) {
      Arrays.stream(said).forEach(seen::add);
    }
    named.put("fcr", (double) seen.size() / features);
    if (rows.polarity() != null && likeliest != null) {
      double[] right = new double[once.length];
      for (int n = 0; n < right.length; n++) {
        right[n] = rows.polarity()[n] == likeliest[rows.rating()[n]] ? 1 : 0;
      }
      named.put("truePolarity", Statistics.mean(right));
    }
    return named;
  }

  /**
   * Every row counted once.
   *
   * @param rows of the test set
   * @return ones, (N)
   */
  public static int[] once(ExplanationRows rows) {
    int[] counts = new int[rows.rating().length];
    Arrays.fill(counts, 1);
    return counts;
  }

  /**
   * Whether rows have the columns that a metric is computed from.
   *
   * @param rows of the test set
   * @param metric any
   * @return false for the bounds of an estimator that did not judge them, and for the truth of data
   *     that is not generated
   */
  public static boolean has(ExplanationRows rows, ExplanationMetric metric) {
    return switch (metric) {
      case MI_RATING, MI_RATING_SHARE -> rows.judgeRating() != null;
      case MI_FEATURE -> rows.judgeFeature() != null;
      case MI_RATING_REWARD, MI_RATING_SHARE_REWARD -> rows.rewardRating() != null;
      case MI_FEATURE_REWARD -> rows.rewardFeature() != null;
      case TRUE_MI_RATING -> rows.polarity() != null;
      default -> true;
    };
  }
}
