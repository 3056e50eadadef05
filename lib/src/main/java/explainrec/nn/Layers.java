package explainrec.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;

/** Small pieces that the papers' modules share. */
public final class Layers {
  private static final float GELU_LINEAR = (float) (2 * Math.sqrt(2 / Math.PI));
  private static final float GELU_CUBIC = 0.044715f * GELU_LINEAR;

  private Layers() {}

  /**
   * The hidden half of a two-layer MLP: ReLU, then dropout.
   *
   * @param preActivation any shape
   * @param dropout drops values while training; null when not training
   * @return the same shape
   */
  public static NDArray hidden(NDArray preActivation, Dropout dropout) {
    NDArray active = Activation.relu(preActivation);
    return dropout == null ? active : dropout.apply(active);
  }

  /**
   * Looks rows of a table up.
   *
   * @param numbers row numbers, int64, (B)
   * @param table one row an entity, (N, d)
   * @return (B, d)
   */
  public static NDArray embed(NDArray numbers, NDArray table) {
    return Embedding.embedding(numbers, table, SparseFormat.DENSE).singletonOrThrow();
  }

  /**
   * Multiplies by a number. {@code x.mul(number)} must not stand where gradients are collected: DJL
   * closes the array that it makes of the number at once, and Java may free its memory before the
   * backward pass reads it. Here the array lives as long as the step.
   *
   * @param x any shape
   * @param factor the number
   * @return the same shape
   */
  public static NDArray scale(NDArray x, double factor) {
    return x.mul(x.getManager().create((float) factor));
  }

  /**
   * Divides by a number; see {@link #scale} for why {@code x.div(number)} will not do.
   *
   * @param x any shape
   * @param divisor the number
   * @return the same shape
   */
  public static NDArray divide(NDArray x, double divisor) {
    return x.div(x.getManager().create((float) divisor));
  }

  /**
   * GELU's tanh form, x (1 + tanh z) / 2 with z = sqrt(2 / pi) (x + 0.044715 x^3): x sigmoid(2 z).
   *
   * @param x any shape
   * @return the same shape
   */
  public static NDArray gelu(NDArray x) {
    NDArray slope = scale(x.square(), GELU_CUBIC).add(GELU_LINEAR);
    return x.mul(Activation.sigmoid(slope.mul(x)));
  }

  /**
   * Mean squared error.
   *
   * @param predicted any shape
   * @param truth the same shape
   * @return a scalar
   */
  public static NDArray meanSquaredError(NDArray predicted, NDArray truth) {
    return predicted.sub(truth).square().mean();
  }
}
