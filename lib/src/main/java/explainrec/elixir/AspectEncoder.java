package explainrec.elixir;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import explainrec.nn.Dropout;
import explainrec.nn.Initial;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;

/**
 * Aspect representations (ELIXIR, eq. 2): a_u = phi^a_U(u) and a_i = phi^a_I(i), one MLP d -> d ->
 * d per aspect and side.
 *
 * <p>All 2A MLPs run in two products: their first layers share an input and stand side by side in
 * one matrix, their second layers are one batch of matrices.
 *
 * <p>Shapes: S = 2 sides (0 user, 1 item), B batch, A aspects, d width.
 */
final class AspectEncoder {
  private final int aspects;
  private final int width;

  AspectEncoder(int aspects, int width) {
    this.aspects = aspects;
    this.width = width;
  }

  void describe(Parameters.Builder parameters) {
    int a = aspects;
    int d = width;
    parameters
        .add("aspect.hidden.weight", Initial.xavierUniform(d, d), 2, d, (long) a * d)
        .add("aspect.hidden.bias", Initial.zeros(), 2, 1, (long) a * d)
        .add("aspect.output.weight", Initial.xavierUniform(d, d), 2, a, d, d)
        .add("aspect.output.bias", Initial.zeros(), 2, a, 1, d);
  }

  /**
   * Encodes both sides.
   *
   * @param weights the parameters
   * @param sides u and i, (S, B, d)
   * @param dropout of the hidden values; null when not training
   * @return a_u and a_i for every aspect, (S, A, B, d)
   */
  NDArray encode(Weights weights, NDArray sides, Dropout dropout) {
    long batch = sides.getShape().get(1);
    NDArray hidden =
        Layers.hidden(
            sides
                .matMul(weights.get("aspect.hidden.weight"))
                .add(weights.get("aspect.hidden.bias")),
            dropout); // (S, B, A d)
    return hidden
        .reshape(new Shape(2, batch, aspects, width))
        .transpose(0, 2, 1, 3) // (S, A, B, d)
        .matMul(weights.get("aspect.output.weight"))
        .add(weights.get("aspect.output.bias"));
  }
}
