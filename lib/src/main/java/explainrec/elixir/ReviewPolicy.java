package explainrec.elixir;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import explainrec.nn.Weights;
import explainrec.t5.T5;
import java.util.Arrays;

/**
 * ELIXIR's review module as a policy: theta_P decides how likely each next token is. It draws
 * texts, scores given ones, and has the module's own loss. What is frozen is computed once: the
 * vectors of users and items for all time, the encoder's pass over a prompt once a pair, however
 * many texts are drawn or scored for it.
 *
 * <p>Arrays that a call makes end with the open {@link ai.djl.ndarray.NDScope}: have one a step.
 *
 * <p>Shapes: B pairs, K texts of each, L the longest text's tokens.
 */
public final class ReviewPolicy {
  private final NDManager manager;
  private final ReviewModule module;
  private final EntityVectors vectors;

  ReviewPolicy(NDManager manager, ReviewModule module, EntityVectors vectors) {
    this.manager = manager;
    this.module = module;
    this.vectors = vectors;
  }

  private NDArray inputs(int[] users, int[] items) {
    return vectors.of(numbers(users), numbers(items)); // (B, n d)
  }

  private NDArray numbers(int[] numbers) {
    return manager.create(Arrays.stream(numbers).asLongStream().toArray());
  }

  /**
   * The loss of real texts (eq. 12), with dropout; part of the gradient graph.
   *
   * @param weights leaves
   * @param users user numbers, (B)
   * @param items item numbers, (B)
   * @param texts ids of each text, end included, (B)
   * @param mean what it is a mean of
   * @return a scalar
   */
  public NDArray loss(Weights weights, int[] users, int[] items, int[][] texts, T5.Mean mean) {
    return module.loss(weights, inputs(users, items), texts, mean, true);
  }

  /**
   * Draws texts at temperature 1 from all tokens, without gradients.
   *
   * @param weights frozen
   * @param users user numbers, (B)
   * @param items item numbers, (B)
   * @param k K, at least 1
   * @param seed the same seed draws the same
   * @return ids of each text, those of a pair one after the other, (B K)
   */
  public int[][] sample(Weights weights, int[] users, int[] items, int k, long seed) {
    return module.sample(weights, inputs(users, items), k, seed);
  }

  /**
   * Writes texts as the module writes reviews, without gradients.
   *
   * @param weights frozen
   * @param users user numbers, (B)
   * @param items item numbers, (B)
   * @return ids of each text, (B)
   */
  public int[][] write(Weights weights, int[] users, int[] items) {
    return module.writeIds(weights, inputs(users, items));
  }

  /**
   * Log-probabilities of tokens given those before, without dropout; part of the gradient graph
   * where the weights are leaves.
   *
   * @param weights leaves or frozen
   * @param users user numbers, (B)
   * @param items item numbers, (B)
   * @param texts ids of each text, K of each pair one after the other, (B K)
   * @return 0 behind each text's last token, (B K, L)
   */
  public NDArray logProbabilities(Weights weights, int[] users, int[] items, int[][] texts) {
    return module.logProbabilities(weights, inputs(users, items), texts);
  }

  /**
   * Starts the sequence of dropout masks.
   *
   * @param seed the same seed drops the same
   */
  public void seedDropout(long seed) {
    module.seedDropout(seed);
  }
}
