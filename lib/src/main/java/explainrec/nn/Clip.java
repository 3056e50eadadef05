package explainrec.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** Shortens a gradient that is too long (Pascanu et al. 2013): g = g min(1, most / |g|). */
final class Clip {
  private Clip() {}

  /**
   * Clips all parameters' gradients together, in place.
   *
   * @param leaves after the backward pass
   * @param most largest length
   * @return the length before
   */
  static double apply(Weights leaves, double most) {
    double square = 0;
    List<NDArray> learning = leaves.all().values().stream().filter(NDArray::hasGradient).toList();
    for (NDArray leaf : learning) {
      double norm = leaf.getGradient().norm().getFloat();
      square += norm * norm;
    }
    double norm = Math.sqrt(square);
    if (norm > most) {
      for (NDArray leaf : learning) {
        leaf.getGradient().muli((float) (most / norm));
      }
    }
    return norm;
  }
}
