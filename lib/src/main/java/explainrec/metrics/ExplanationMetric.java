package explainrec.metrics;

import java.util.BitSet;
import java.util.function.ToDoubleBiFunction;

/**
 * The numbers that tell how well explanations agree with their rating or feature and how good their
 * text is, each computed from the columns of {@link ExplanationRows}: of all rows, or of rows drawn
 * again for intervals and tests.
 *
 * <p>Means of one value a row are compared by a paired t-test on the rows, other numbers by drawing
 * rows again ({@link #draw}).
 */
public enum ExplanationMetric {
  /** Root mean squared error of the rating that goes with the explanation, clipped to 1..5. */
  RMSE("rmse", (rows, n) -> Math.pow(miss(rows, n), 2)),
  /** Mean absolute error of it, clipped. */
  MAE("mae", (rows, n) -> Math.abs(miss(rows, n))),
  /** H(R): entropy of the explained ratings' classes, nats. */
  ENTROPY_RATING(
      "entropyRating", Draw.BOOTSTRAP, (rows, c) -> Information.entropy(rows.rating(), c)),
  /** I(R;E) by the judge, nats. */
  MI_RATING("miRating", Draw.BOOTSTRAP, (rows, c) -> bound(rows.judgeRating(), c)),
  /** I(R;E) / H(R) by the judge. */
  MI_RATING_SHARE("miRatingShare", Draw.BOOTSTRAP, (rows, c) -> share(rows, rows.judgeRating(), c)),
  /** I(F;E) by the judge, nats. */
  MI_FEATURE("miFeature", Draw.BOOTSTRAP, (rows, c) -> bound(rows.judgeFeature(), c)),
  /** I(R;E) by the reward model, nats. */
  MI_RATING_REWARD("miRatingReward", Draw.BOOTSTRAP, (rows, c) -> bound(rows.rewardRating(), c)),
  /** I(R;E) / H(R) by the reward model. */
  MI_RATING_SHARE_REWARD(
      "miRatingShareReward", Draw.BOOTSTRAP, (rows, c) -> share(rows, rows.rewardRating(), c)),
  /** I(F;E) by the reward model, nats. */
  MI_FEATURE_REWARD("miFeatureReward", Draw.BOOTSTRAP, (rows, c) -> bound(rows.rewardFeature(), c)),
  /** Share of explanations in which the judge's classifier reads the explained class, 0..1. */
  SENTIMENT_5("sentiment5", (rows, n) -> rows.sentiment()[n] == rows.rating()[n] ? 1 : 0),
  /** The same of liked (above 3 stars) or not. */
  SENTIMENT_2(
      "sentiment2", (rows, n) -> liked(rows.sentiment()[n]) == liked(rows.rating()[n]) ? 1 : 0),
  /** Feature matching ratio: share of explanations that contain their feature, 0..1. */
  FMR("fmr", (rows, n) -> rows.named()[n] ? 1 : 0),
  /** Unique sentence ratio: different explanations / explanations, 0..1. */
  USR("usr", Draw.HALVES, ExplanationMetric::uniqueRatio),
  /** Feature diversity: mean over pairs of explanations of the features in both; less is better. */
  DIV("div", Draw.HALVES, ExplanationMetric::diversity),
  /** Corpus BLEU of order 1, times 100. */
  BLEU_1("bleu1", Draw.BOOTSTRAP, (rows, counts) -> bleu(rows, counts, 1)),
  /** Corpus BLEU of order 4, times 100. */
  BLEU_4("bleu4", Draw.BOOTSTRAP, (rows, counts) -> bleu(rows, counts, 4)),
  /** Mean of PETER's ROUGE-1 F, times 100. */
  ROUGE_1("rouge1", (rows, n) -> rows.rouge1()[n]),
  /** Mean of PETER's ROUGE-2 F, times 100. */
  ROUGE_2("rouge2", (rows, n) -> rows.rouge2()[n]),
  /** Mean of PETER's ROUGE-L F, times 100. */
  ROUGE_L("rougeL", (rows, n) -> rows.rougeL()[n]),
  /** Mean number of words. */
  WORDS("words", (rows, n) -> rows.words()[n]),
  /** Perplexity a token under the frozen backbone. */
  PERPLEXITY("perplexity", Draw.BOOTSTRAP, ExplanationMetric::perplexity),
  /** On the generated world I(R; polarity said), by counting, nats. */
  TRUE_MI_RATING(
      "trueMiRating",
      Draw.BOOTSTRAP,
      (rows, c) ->
          rows.polarity() == null
              ? Double.NaN
              : Information.mutual(rows.rating(), rows.polarity(), c));

  /** How rows are drawn again for a metric's interval and test. */
  public enum Draw {
    /** With replacement, as many as there are. */
    BOOTSTRAP,
    /** Half of the rows, each once: a row drawn twice would look like an explanation repeated. */
    HALVES
  }

  /** One row's value. */
  @FunctionalInterface
  private interface RowValue {
    double of(ExplanationRows rows, int n);
  }

  private static final int FIRST_LIKED = 3; // class of 4 stars

  private final String key;
  private final Draw draw;
  private final RowValue rowValue;
  private final ToDoubleBiFunction<ExplanationRows, int[]> value;

  ExplanationMetric(String key, RowValue rowValue) {
    this.key = key;
    this.draw = Draw.BOOTSTRAP;
    this.rowValue = rowValue;
    this.value = null;
  }

  ExplanationMetric(String key, Draw draw, ToDoubleBiFunction<ExplanationRows, int[]> value) {
    this.key = key;
    this.draw = draw;
    this.rowValue = null;
    this.value = value;
  }

  /** Its name in the metrics of a run's file. */
  public String key() {
    return key;
  }

  /** How rows are drawn again for its interval. */
  public Draw draw() {
    return draw;
  }

  /**
   * One value a row, where the metric is their mean (or its root, for the RMSE).
   *
   * @param rows of a run
   * @return (N); null for metrics that are no mean
   */
  public double[] rows(ExplanationRows rows) {
    if (rowValue == null) {
      return null;
    }
    double[] values = new double[rows.rating().length];
    for (int n = 0; n < values.length; n++) {
      values[n] = rowValue.of(rows, n);
    }
    return values;
  }

  /**
   * The metric of some rows.
   *
   * @param rows of a run
   * @param counts how often each row counts, (N)
   * @return its value; NaN when no row counts or the run has no such column
   */
  public double of(ExplanationRows rows, int[] counts) {
    if (value != null) {
      return value.applyAsDouble(rows, counts);
    }
    double sum = 0;
    long total = 0;
    for (int n = 0; n < counts.length; n++) {
      if (counts[n] > 0) {
        sum += counts[n] * rowValue.of(rows, n);
        total += counts[n];
      }
    }
    return this == RMSE ? Math.sqrt(sum / total) : sum / total;
  }

  private static double miss(ExplanationRows rows, int n) {
    return Math.max(1, Math.min(5, rows.predicted()[n])) - rows.real()[n];
  }

  private static boolean liked(int rating) {
    return rating >= FIRST_LIKED;
  }

  private static double bound(ExplanationRows.BoundParts parts, int[] counts) {
    return parts == null ? Double.NaN : Information.bound(parts, counts);
  }

  private static double share(
      ExplanationRows rows, ExplanationRows.BoundParts parts, int[] counts) {
    double entropy = Information.entropy(rows.rating(), counts);
    return entropy > 0 ? bound(parts, counts) / entropy : Double.NaN; // one rating: no share of it
  }

  private static double uniqueRatio(ExplanationRows rows, int[] counts) {
    BitSet different = new BitSet();
    long total = 0;
    for (int n = 0; n < counts.length; n++) {
      if (counts[n] > 0) {
        different.set(rows.sentence()[n]);
        total += counts[n];
      }
    }
    return (double) different.cardinality() / total;
  }

  private static double diversity(ExplanationRows rows, int[] counts) {
    int[][] features = rows.features();
    int known = 0;
    long total = 0;
    for (int n = 0; n < counts.length; n++) {
      total += counts[n];
      for (int feature : features[n]) {
        known = Math.max(known, feature + 1);
      }
    }
    long[] inHowMany = new long[known];
    for (int n = 0; n < counts.length; n++) {
      for (int feature : features[n]) {
        inHowMany[feature] += counts[n];
      }
    }
    return PeterMetrics.diversity(inHowMany, total);
  }

  private static double bleu(ExplanationRows rows, int[] counts, int order) {
    long[] sums = new long[2 * order + 2];
    for (int n = 0; n < counts.length; n++) {
      if (counts[n] > 0) {
        int[] row = rows.bleuCounts()[n];
        int orders = (row.length - 2) / 2;
        for (int k = 0; k < order; k++) {
          sums[k] += (long) counts[n] * row[k];
          sums[order + k] += (long) counts[n] * row[orders + k];
        }
        sums[2 * order] += (long) counts[n] * row[2 * orders];
        sums[2 * order + 1] += (long) counts[n] * row[2 * orders + 1];
      }
    }
    return 100 * Bleu.ofSums(sums).score();
  }

  private static double perplexity(ExplanationRows rows, int[] counts) {
    double sum = 0;
    long tokens = 0;
    for (int n = 0; n < counts.length; n++) {
      sum += counts[n] * rows.backboneLogLikelihood()[n];
      tokens += (long) counts[n] * rows.tokens()[n];
    }
    return Math.exp(-sum / tokens);
  }
}
