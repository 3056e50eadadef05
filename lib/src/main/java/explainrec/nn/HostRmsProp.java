package explainrec.nn;

/** RMSprop on the CPU. */
final class HostRmsProp extends HostOptimizer {
  HostRmsProp(Parameters parameters, double learningRate) {
    super(parameters, learningRate, 1);
  }

  @Override
  Rule rule(long t, double learningRate) {
    return (w, g, m, v, factor) -> update(w, g, v, (float) (learningRate * factor));
  }

  private static void update(float[] w, float[] g, float[] v, float stepSize) {
    for (int i = 0; i < v.length; i++) {
      float gradient = g[i];
      float square = RmsProp.DECAY * v[i] + (1 - RmsProp.DECAY) * (gradient * gradient);
      v[i] = square;
      w[i] -= gradient / ((float) Math.sqrt(square) + RmsProp.EPSILON) * stepSize;
    }
  }
}
