package explainrec.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * RMSE and MAE of rating predictions, overall and for each aspect.
 *
 * <p>Means and standard deviations over aspects are those of all A aspects of the data set: the
 * deviation divides by A, not by A - 1, because the aspects are no sample of something larger.
 *
 * @param rows number of rows, N; with 0 rows every error is NaN
 * @param clipped whether predictions were clipped to 1..5 first (the paper does not)
 * @param rmse root mean squared error of the overall rating
 * @param mae mean absolute error of the overall rating
 * @param aspectRmse RMSE of each aspect rating, (A); empty for a model without aspect ratings
 * @param aspectMae MAE of each aspect rating, (A)
 */
public record RatingMetrics(
    int rows, boolean clipped, double rmse, double mae, double[] aspectRmse, double[] aspectMae) {

  /**
   * Computes the errors of the predictions as they are.
   *
   * @param predictions N rows, A aspects
   * @return the errors, not clipped
   */
  public static RatingMetrics of(RatingPredictions predictions) {
    return of(predictions, false);
  }

  /**
   * Computes the errors.
   *
   * @param predictions N rows, A aspects
   * @param clip whether to clip predictions to 1..5 first
   * @return the errors
   */
  public static RatingMetrics of(RatingPredictions predictions, boolean clip) {
    int aspects = predictions.aspects().length;
    double[] aspectRmse = new double[aspects];
    double[] aspectMae = new double[aspects];
    for (int a = 0; a < aspects; a++) {
      aspectRmse[a] = Math.sqrt(Statistics.mean(RowErrors.SQUARED.aspect(predictions, a, clip)));
      aspectMae[a] = Statistics.mean(RowErrors.ABSOLUTE.aspect(predictions, a, clip));
    }
    return new RatingMetrics(
        predictions.rows().length,
        clip,
        Math.sqrt(Statistics.mean(RowErrors.SQUARED.overall(predictions, clip))),
        Statistics.mean(RowErrors.ABSOLUTE.overall(predictions, clip)),
        aspectRmse,
        aspectMae);
  }

  /** Mean RMSE over aspects; NaN without aspects. */
  public double aspectRmseMean() {
    return Statistics.mean(aspectRmse);
  }

  /** Standard deviation of the RMSE over aspects (divided by A); NaN without aspects. */
  public double aspectRmseSd() {
    return Statistics.populationSd(aspectRmse);
  }

  /** Mean MAE over aspects; NaN without aspects. */
  public double aspectMaeMean() {
    return Statistics.mean(aspectMae);
  }

  /** Standard deviation of the MAE over aspects (divided by A); NaN without aspects. */
  public double aspectMaeSd() {
    return Statistics.populationSd(aspectMae);
  }

  /**
   * One of the four main numbers.
   *
   * @param overall the overall rating, or the mean over aspects
   * @param kind squared for RMSE, absolute for MAE
   * @return the error
   */
  public double error(boolean overall, RowErrors kind) {
    if (kind == RowErrors.SQUARED) {
      return overall ? rmse : aspectRmseMean();
    }
    return overall ? mae : aspectMaeMean();
  }

  /**
   * Keeps some of the rows, for instance those that are not leaked or whose user is known.
   *
   * @param predictions N rows
   * @param keep which rows to keep, (N)
   * @return the kept rows in the same order
   */
  public static RatingPredictions where(RatingPredictions predictions, boolean[] keep) {
    int[] all = predictions.rows();
    if (keep.length != all.length) {
      throw new IllegalArgumentException(
          "a mask of " + keep.length + " for " + all.length + " rows");
    }
    int kept = 0;
    int[] index = new int[all.length];
    for (int n = 0; n < all.length; n++) {
      if (keep[n]) {
        index[kept++] = n;
      }
    }
    int[] rows = new int[kept];
    for (int n = 0; n < kept; n++) {
      rows[n] = all[index[n]];
    }
    return new RatingPredictions(
        rows,
        take(predictions.overallTruth(), index, kept),
        take(predictions.overall(), index, kept),
        takeEach(predictions.aspectTruth(), index, kept),
        takeEach(predictions.aspects(), index, kept));
  }

  /**
   * Turns a mask round.
   *
   * @param mask any mask, for instance the leaked rows
   * @return true where {@code mask} is false
   */
  public static boolean[] not(boolean[] mask) {
    boolean[] turned = new boolean[mask.length];
    for (int n = 0; n < mask.length; n++) {
      turned[n] = !mask[n];
    }
    return turned;
  }

  /**
   * All errors by name: {@code rmse}, {@code mae}, {@code aspect.rmse.mean}, {@code
   * aspect.rmse.sd}, {@code aspect.mae.mean}, {@code aspect.mae.sd}, each also with {@code
   * .clipped}, then {@code rmse.ASPECT} and {@code mae.ASPECT} (not clipped).
   *
   * @param predictions N rows, A aspects
   * @param aspects names of the A aspects; read only when the model predicts aspects
   * @return the numbers in a stable order; aspect numbers are left out when A is 0
   */
  public static Map<String, Double> named(RatingPredictions predictions, List<String> aspects) {
    RatingMetrics plain = of(predictions, false);
    Map<String, Double> named = new LinkedHashMap<>();
    plain.addTo(named, "");
    of(predictions, true).addTo(named, ".clipped");
    for (int a = 0; a < plain.aspectRmse.length; a++) {
      named.put("rmse." + aspects.get(a), plain.aspectRmse[a]);
      named.put("mae." + aspects.get(a), plain.aspectMae[a]);
    }
    return named;
  }

  private void addTo(Map<String, Double> named, String suffix) {
    named.put("rmse" + suffix, rmse);
    named.put("mae" + suffix, mae);
    if (aspectRmse.length > 0) {
      named.put("aspect.rmse.mean" + suffix, aspectRmseMean());
      named.put("aspect.rmse.sd" + suffix, aspectRmseSd());
      named.put("aspect.mae.mean" + suffix, aspectMaeMean());
      named.put("aspect.mae.sd" + suffix, aspectMaeSd());
    }
  }

  private static float[] take(float[] values, int[] index, int kept) {
    float[] taken = new float[kept];
    for (int n = 0; n < kept; n++) {
      taken[n] = values[index[n]];
    }
    return taken;
  }

  private static float[][] takeEach(float[][] values, int[] index, int kept) {
    float[][] taken = new float[values.length][];
    for (int a = 0; a < values.length; a++) {
      taken[a] = take(values[a], index, kept);
    }
    return taken;
  }
}
