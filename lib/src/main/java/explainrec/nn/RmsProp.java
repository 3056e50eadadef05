package explainrec.nn;

/**
 * RMSprop (Tieleman and Hinton 2012) with PyTorch's defaults: v = 0.99 v + 0.01 g^2; w = w - lr g /
 * (sqrt(v) + 1e-8).
 */
final class RmsProp {
  static final float DECAY = 0.99f;
  static final float EPSILON = 1e-8f;

  private RmsProp() {}

  /**
   * Makes the optimizer that suits the parameters' device.
   *
   * @param parameters what to update
   * @param learningRate step size, above 0
   * @return with empty moments
   */
  static Optimizer of(Parameters parameters, double learningRate) {
    return parameters.device().isGpu()
        ? new DeviceRmsProp(parameters, learningRate)
        : new HostRmsProp(parameters, learningRate);
  }
}
