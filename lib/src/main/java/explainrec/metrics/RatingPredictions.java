package explainrec.metrics;

/**
 * Predicted and true ratings of the same rows, on 1..5, predictions not clipped.
 *
 * <p>Shapes: N rows, A aspects. A model without aspect ratings has {@code aspects} of shape (0, N).
 *
 * @param rows row numbers in the data set, (N)
 * @param overallTruth true overall ratings, (N)
 * @param overall predicted overall ratings, (N)
 * @param aspectTruth true aspect ratings, one array an aspect, (A, N)
 * @param aspects predicted aspect ratings, one array an aspect, (A, N)
 */
public record RatingPredictions(
    int[] rows, float[] overallTruth, float[] overall, float[][] aspectTruth, float[][] aspects) {}
