package explainrec.metrics;

/** The error of each single row, for intervals and paired tests. */
public enum RowErrors {
  /** (prediction - truth)^2; its mean's root is the RMSE. */
  SQUARED,
  /** |prediction - truth|; its mean is the MAE. */
  ABSOLUTE;

  /**
   * Errors of the overall rating.
   *
   * @param predictions N rows
   * @param clip whether to clip predictions to 1..5 first
   * @return one error a row, (N)
   */
  public double[] overall(RatingPredictions predictions, boolean clip) {
    return of(predictions.overallTruth(), predictions.overall(), clip);
  }

  /**
   * Errors of the aspect ratings, averaged over the aspects of each row.
   *
   * @param predictions N rows, A aspects
   * @param clip whether to clip predictions to 1..5 first
   * @return one error a row, (N); NaN everywhere when A is 0
   */
  public double[] aspects(RatingPredictions predictions, boolean clip) {
    double[] mean = new double[predictions.rows().length];
    int aspects = predictions.aspects().length;
    for (int a = 0; a < aspects; a++) {
      double[] errors = aspect(predictions, a, clip);
      for (int n = 0; n < mean.length; n++) {
        mean[n] += errors[n];
      }
    }
    for (int n = 0; n < mean.length; n++) {
      mean[n] /= aspects;
    }
    return mean;
  }

  /**
   * Errors of one aspect's ratings.
   *
   * @param predictions N rows, A aspects
   * @param aspect from 0
   * @param clip whether to clip predictions to 1..5 first
   * @return one error a row, (N)
   */
  public double[] aspect(RatingPredictions predictions, int aspect, boolean clip) {
    return of(predictions.aspectTruth()[aspect], predictions.aspects()[aspect], clip);
  }

  /**
   * Errors of one column of ratings.
   *
   * @param truth true ratings, (N)
   * @param predicted predicted ratings, (N)
   * @param clip whether to clip predictions to 1..5 first
   * @return one error a row, (N)
   */
  public double[] of(float[] truth, float[] predicted, boolean clip) {
    if (truth.length != predicted.length) {
      throw new IllegalArgumentException(
          predicted.length + " predictions for " + truth.length + " ratings");
    }
    double[] errors = new double[truth.length];
    for (int n = 0; n < errors.length; n++) {
      double value = clip ? Math.max(1, Math.min(5, predicted[n])) : predicted[n];
      double difference = value - truth[n];
      errors[n] = this == SQUARED ? difference * difference : Math.abs(difference);
    }
    return errors;
  }
}
