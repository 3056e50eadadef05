package explainrec.mmi;

import java.util.List;

/** What the policy gradient asks of the estimators of mutual information. */
public interface RewardModel {
  /**
   * T(e, r) of every rating class.
   *
   * @param texts explanations, words with blanks between, (N)
   * @return (N, 5)
   */
  float[][] ratingScores(List<String> texts);

  /**
   * T(e, f) of every feature.
   *
   * @param texts explanations, (N)
   * @return (N, F)
   */
  float[][] featureScores(List<String> texts);

  /** Begins an epoch with nothing kept, so that its numbers do not hang on what came before. */
  default void forget() {}

  /**
   * An epoch of the estimators on explanations that the generator writes now.
   *
   * @param texts explanations, (N)
   * @param ratings their rating classes, 0..4, (N)
   * @param features their features' numbers, -1 for none, (N)
   * @param seed of the order and the permutations
   */
  void refit(List<String> texts, int[] ratings, int[] features, long seed);
}
