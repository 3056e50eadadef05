package explainrec.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.norm.Dropout;

/** Small pieces that the papers' modules share. */
public final class Layers {
  private Layers() {}

  /**
   * The hidden half of a two-layer MLP: ReLU, then dropout.
   *
   * @param preActivation any shape
   * @param dropout share of values dropped while training, 0..1
   * @param training whether to drop
   * @return the same shape
   */
  public static NDArray hidden(NDArray preActivation, double dropout, boolean training) {
    NDArray active = Activation.relu(preActivation);
    return training && dropout > 0
        ? Dropout.dropout(active, (float) dropout, true).singletonOrThrow()
        : active;
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
