package explainrec.nn;

import ai.djl.ndarray.NDArray;

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
    for (NDArray leaf : leaves.all().values()) {
      double norm = leaf.getGradient().norm().getFloat();
      square += norm * norm;
    }
    double norm = Math.sqrt(square);
    if (norm > most) {
      for (NDArray leaf : leaves.all().values()) {
        leaf.getGradient().muli((float) (most / norm));
      }
    }
    return norm;
  }
}
