package explainrec.run;

import explainrec.data.Interactions;
import explainrec.data.Split;
import explainrec.metrics.RatingMetrics;
import explainrec.metrics.RatingPredictions;
import explainrec.nn.Trainable;
import java.util.Arrays;
import java.util.Map;

/** Puts predicted ratings beside the true ones. */
final class Ratings {
  private Ratings() {}

  /**
   * @param data the interactions
   * @param rows which of them, (N)
   * @param predicted overall, then each aspect, (A + 1, N) or (1, N)
   */
  static RatingPredictions predictions(Interactions data, int[] rows, float[][] predicted) {
    int aspects = predicted.length - 1;
    float[] overall = new float[rows.length];
    float[][] ofAspects = new float[aspects][rows.length];
    for (int n = 0; n < rows.length; n++) {
      overall[n] = data.overall(rows[n]);
      for (int a = 0; a < aspects; a++) {
        ofAspects[a][n] = data.aspect(rows[n], a);
      }
    }
    return new RatingPredictions(
        rows, overall, predicted[0], ofAspects, Arrays.copyOfRange(predicted, 1, predicted.length));
  }

  /**
   * Scores predictions of the validation rows, as training keeps its best epoch by.
   *
   * @param split whose validation rows
   * @param predicted overall, then each aspect, (A + 1, N)
   * @return RMSE of the overall rating, and {@code aspects}: the mean RMSE over aspects, not
   *     clipped
   */
  static Trainable.Validation validation(Split split, float[][] predicted) {
    RatingMetrics metrics =
        RatingMetrics.of(predictions(split.data(), split.validation(), predicted));
    return new Trainable.Validation(metrics.rmse(), Map.of("aspects", metrics.aspectRmseMean()));
  }

  /** The users of rows, (N). */
  static int[] users(Interactions data, int[] rows) {
    return Arrays.stream(rows).map(data::user).toArray();
  }

  /** The items of rows, (N). */
  static int[] items(Interactions data, int[] rows) {
    return Arrays.stream(rows).map(data::item).toArray();
  }
}
