package explainrec.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.pytorch.jni.JniUtils;

/** Products of vectors with a layer's matrix, whichever way is fastest. */
final class Products {
  private static final int FEW = 64; // rows
  private static final int LEAST_BLOCK = 128;
  private static final int MOST_BLOCKS = 16;

  private Products() {}

  /**
   * Multiplies the last axis with a matrix.
   *
   * @param x (..., d)
   * @param weight one row an output, (e, d)
   * @return (..., e)
   */
  static NDArray linear(NDArray x, NDArray weight) {
    boolean few = x.size() <= FEW * weight.getShape().get(1);
    return few && !JniUtils.isGradMode()
        ? inBlocks(x, weight)
        : Linear.linear(x, weight).singletonOrThrow();
  }

  /** A product of few rows and a large matrix uses all cores better in blocks of the matrix. */
  private static NDArray inBlocks(NDArray x, NDArray weight) {
    long outputs = weight.getShape().get(0);
    long width = weight.getShape().get(1);
    long block = block(outputs);
    NDArray blocks = weight.reshape(outputs / block, block, width).swapAxes(1, 2); // (n, d, w)
    NDArray products = x.reshape(1, -1, width).matMul(blocks); // (n, N, w)
    Shape shape = x.getShape();
    return products.swapAxes(0, 1).reshape(shape.slice(0, shape.dimension() - 1).add(outputs));
  }

  /** The longest block, up to a 16th but not too short, that the outputs are a multiple of. */
  private static long block(long outputs) {
    for (long block = Math.max(LEAST_BLOCK, outputs / MOST_BLOCKS); block > 1; block--) {
      if (outputs % block == 0) {
        return block;
      }
    }
    return outputs;
  }
}
