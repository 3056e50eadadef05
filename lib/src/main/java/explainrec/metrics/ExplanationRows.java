package explainrec.metrics;

/**
 * What each test row's explanation scored: the columns that {@link ExplanationMetric} computes
 * alignment and text quality from. The results of runs hold them.
 *
 * <p>N rows. Columns that a study does not have are null where it says so.
 */
public interface ExplanationRows {
  /** Parts of a Donsker-Varadhan bound: mean joint - log mean exp marginal. */
  interface BoundParts {
    /** T(e_n, y_n), (N); NaN in rows without a y. */
    double[] joint();

    /** Log of the mean over y of exp T(e_n, y), (N); NaN in rows without a y. */
    double[] marginal();
  }

  /** The real overall rating, (N). */
  double[] real();

  /** The rating that goes with the explanation, predicted or given, (N). */
  double[] predicted();

  /** Class of the explained rating, 0..4 for 1 to 5 stars, (N). */
  int[] rating();

  /** Class that the judge's classifier reads in the explanation, 0..4, (N). */
  int[] sentiment();

  /** I(R;E)'s parts by the judge, (N). */
  BoundParts judgeRating();

  /** I(R;E)'s parts by the reward model, (N); null where it was not aligned with the rating. */
  BoundParts rewardRating();

  /** I(F;E)'s parts by the judge, (N); null where there are no features. */
  BoundParts judgeFeature();

  /** I(F;E)'s parts by the reward model, (N); null where it was not aligned with features. */
  BoundParts rewardFeature();

  /** Number of the feature that the explanation should speak of, -1 without, (N). */
  int[] feature();

  /** Whether the explanation contains it, (N). */
  boolean[] named();

  /** Numbers of the different features in each explanation, (N, any). */
  int[][] features();

  /** Number of each explanation's text among the distinct ones, (N). */
  int[] sentence();

  /** Words of each explanation, (N). */
  int[] words();

  /** Counts of {@link Bleu#counts(java.util.List, java.util.List)}, (N, 10). */
  int[][] bleuCounts();

  /** {@link PeterMetrics#rougeN} of order 1 times 100, (N). */
  double[] rouge1();

  /** The same of order 2, (N). */
  double[] rouge2();

  /** {@link PeterMetrics#rougeL} times 100, (N). */
  double[] rougeL();

  /** Log probability of each explanation's tokens under the frozen backbone, (N). */
  double[] backboneLogLikelihood();

  /** Tokens of each explanation's sequence, (N). */
  int[] tokens();

  /** On the generated world 0 negative, 1 neutral, 2 positive, -1 says none, (N); else null. */
  int[] polarity();
}
