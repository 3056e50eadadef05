package explainrec.nn;

/** Plain stochastic gradient descent on the CPU. */
final class HostSgd extends HostOptimizer {
  HostSgd(Parameters parameters, double learningRate) {
    super(parameters, learningRate, 0);
  }

  @Override
  Rule rule(long t, double learningRate) {
    return (w, g, m, v, factor) -> update(w, g, (float) (learningRate * factor));
  }

  private static void update(float[] w, float[] g, float stepSize) {
    for (int i = 0; i < w.length; i++) {
      w[i] -= stepSize * g[i];
    }
  }
}
