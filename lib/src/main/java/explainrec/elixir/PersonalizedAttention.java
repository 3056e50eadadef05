package explainrec.elixir;

import ai.djl.ndarray.NDArray;
import explainrec.nn.Initial;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;

/**
 * Personalized attention (ELIXIR, eq. 3-4): how much each aspect matters to this user, and to this
 * item.
 *
 * <p>Keys and values are linear without a bias, so they need not be computed for every aspect: q^T
 * (W_k a) = (W_k^T q)^T a, and sum_a alpha_a W_v a = W_v (sum_a alpha_a a). One projection of the
 * query and one of the sum give the same numbers for 1/A of the work.
 *
 * <p>Shapes: S = 2 sides (0 user, 1 item), B batch, A aspects, d width.
 */
final class PersonalizedAttention {
  private final int width;
  private final boolean scaled;

  /**
   * @param width d
   * @param scaled whether scores are divided by sqrt(d), as in the authors' code but not in the
   *     paper
   */
  PersonalizedAttention(int width, boolean scaled) {
    this.width = width;
    this.scaled = scaled;
  }

  void describe(Parameters.Builder parameters) {
    for (String role : new String[] {"query", "key", "value"}) {
      parameters.add("attention." + role, Initial.xavierUniform(width, width), 2, width, width);
    }
  }

  /**
   * Weighs the aspect vectors of each side by their importance.
   *
   * @param weights the parameters
   * @param sides u and i, (S, B, d)
   * @param aspects a_u and a_i, (S, A, B, d)
   * @return u~ and i~ (S, B, d) and the weights alpha (S, A, B), each summing to 1 over A
   */
  Attended attend(Weights weights, NDArray sides, NDArray aspects) {
    NDArray key = weights.get("attention.key").swapAxes(1, 2); // (S, d, d)
    NDArray query = sides.matMul(weights.get("attention.query")).matMul(key); // (S, B, d)
    NDArray scores = query.expandDims(1).mul(aspects).sum(new int[] {3}); // (S, A, B)
    NDArray alpha =
        (scaled ? Layers.divide(scores, Math.sqrt(width)) : scores).softmax(1); // (S, A, B)
    NDArray sum = alpha.expandDims(3).mul(aspects).sum(new int[] {1}); // (S, B, d)
    return new Attended(sum.matMul(weights.get("attention.value")), alpha);
  }

  /**
   * What attention gives.
   *
   * @param sides u~ and i~, (S, B, d)
   * @param alpha importance of each aspect, (S, A, B)
   */
  record Attended(NDArray sides, NDArray alpha) {}
}
