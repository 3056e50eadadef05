package explainrec.nn;

/**
 * Anything that predicts ratings of pairs: ELIXIR's rating module, and the baselines it is judged
 * by.
 */
public interface RatingPredictor {
  /**
   * Predicts the ratings of pairs.
   *
   * @param users user numbers, (N)
   * @param items item numbers, (N)
   * @return not clipped; index 0 the overall ratings, then one array an aspect; (A + 1, N), or (1,
   *     N) when the model has no aspect ratings
   */
  float[][] predict(int[] users, int[] items);
}
