package explainrec.nn;

/**
 * Adam (Kingma and Ba 2015) with PyTorch's defaults: beta 0.9 and 0.999, epsilon 1e-8, bias
 * correction, no decay.
 *
 * <p>m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w = w - lr / (1 - b1^t) m / (sqrt(v) / sqrt(1
 * - b2^t) + eps).
 */
public final class Adam {
  static final float BETA1 = 0.9f;
  static final float BETA2 = 0.999f;
  static final float EPSILON = 1e-8f;

  private Adam() {}

  /**
   * Makes the optimizer that suits the parameters' device.
   *
   * @param parameters what to update
   * @param learningRate step size, above 0
   * @return with empty moments
   */
  public static Optimizer of(Parameters parameters, double learningRate) {
    return parameters.device().isGpu()
        ? new DeviceAdam(parameters, learningRate)
        : new HostAdam(parameters, learningRate);
  }

  /** Learning rate over the first moment's bias correction at step t. */
  static double stepSize(double learningRate, long t) {
    return learningRate / (1 - Math.pow(BETA1, t));
  }

  /** Square root of the second moment's bias correction at step t. */
  static double squareCorrection(long t) {
    return Math.sqrt(1 - Math.pow(BETA2, t));
  }
}
