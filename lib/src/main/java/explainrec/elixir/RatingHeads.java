package explainrec.elixir;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import explainrec.nn.Dropout;
import explainrec.nn.Initial;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;

/**
 * The rating predictors (ELIXIR, eq. 5-6): f for the overall rating and g_a for each aspect, MLPs
 * 2d -> d -> 1.
 *
 * <p>f and the g_a have the same form, so they run as one batch of A + 1 MLPs; head 0 is f.
 *
 * <p>Shapes: H = A + 1 heads, B batch, d width.
 */
final class RatingHeads {
  private final int heads;
  private final int width;

  RatingHeads(int aspects, int width) {
    this.heads = aspects + 1;
    this.width = width;
  }

  void describe(Parameters.Builder parameters) {
    long d = width;
    parameters
        .add("rating.hidden.weight", Initial.xavierUniform(2 * d, d), heads, 2 * d, d)
        .add("rating.hidden.bias", Initial.zeros(), heads, 1, d)
        .add("rating.output.weight", Initial.xavierUniform(d, 1), heads, d, 1)
        .add("rating.output.bias", Initial.zeros(), heads, 1, 1);
  }

  /**
   * Predicts every rating from its pair of vectors.
   *
   * @param weights the parameters
   * @param pairs for f: u~ and i~; for g_a: a_u and a_i; (H or 1, B, 2d), 1 when all heads see the
   *     same pair
   * @param dropout of the hidden values; null when not training
   * @return ratings, overall first, not clamped, (H, B)
   */
  NDArray predict(Weights weights, NDArray pairs, Dropout dropout) {
    NDArray hidden =
        Layers.hidden(
            pairs
                .matMul(weights.get("rating.hidden.weight"))
                .add(weights.get("rating.hidden.bias")),
            dropout); // (H, B, d)
    return hidden
        .matMul(weights.get("rating.output.weight"))
        .add(weights.get("rating.output.bias"))
        .squeeze(2); // (H, B)
  }

  /**
   * Puts the user's vector of each head beside the item's.
   *
   * @param users (H, B, d)
   * @param items (H, B, d)
   * @return (H, B, 2d)
   */
  static NDArray pair(NDArray users, NDArray items) {
    return NDArrays.concat(new NDList(users, items), 2);
  }
}
