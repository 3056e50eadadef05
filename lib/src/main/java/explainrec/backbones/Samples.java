package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import explainrec.nn.Weights;

/**
 * Sequences drawn from a policy, with what its gradient needs of the drawing.
 *
 * <p>Shapes: N sequences, L the longest's tokens.
 */
public interface Samples extends AutoCloseable {
  /** Ids, (N). */
  int[][] sequences();

  /**
   * Scores them for the gradient.
   *
   * @param leaves of the policy that drew them, unchanged since
   * @return log pi of each, and a way to its gradient
   */
  Scores scores(Weights leaves);

  @Override
  void close();

  /** How likely the policy found its samples. */
  interface Scores {
    /** log pi of each sequence, (N). */
    double[] logs();

    /**
     * The sum of a coefficient times log pi over all tokens, part of the gradient graph.
     *
     * @param coefficients one a token, those after a sequence's end are not read, (N L)
     * @return a scalar
     */
    NDArray weighted(float[] coefficients);
  }
}
