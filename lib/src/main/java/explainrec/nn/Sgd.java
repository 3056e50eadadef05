package explainrec.nn;

/** Plain stochastic gradient descent: w = w - lr g. */
final class Sgd {
  private Sgd() {}

  /**
   * Makes the optimizer that suits the parameters' device.
   *
   * @param parameters what to update
   * @param learningRate step size, above 0
   * @return which keeps nothing from step to step
   */
  static Optimizer of(Parameters parameters, double learningRate) {
    return parameters.device().isGpu()
        ? new DeviceSgd(parameters, learningRate)
        : new HostSgd(parameters, learningRate);
  }
}
