package explainrec.nn;

/** Adam on the CPU. */
final class HostAdam extends HostOptimizer {
  HostAdam(Parameters parameters, double learningRate) {
    super(parameters, learningRate, 2);
  }

  @Override
  Rule rule(long t, double learningRate) {
    float stepSize = (float) Adam.stepSize(learningRate, t);
    float correction = (float) Adam.squareCorrection(t);
    return (w, g, m, v, factor) -> update(w, g, m, v, factor * stepSize, correction);
  }

  private static void update(
      float[] w, float[] g, float[] m, float[] v, float stepSize, float correction) {
    for (int i = 0; i < m.length; i++) {
      float gradient = g[i];
      float mean = Adam.BETA1 * m[i] + (1 - Adam.BETA1) * gradient;
      float square = Adam.BETA2 * v[i] + (1 - Adam.BETA2) * gradient * gradient;
      m[i] = mean;
      v[i] = square;
      w[i] -= stepSize * mean / ((float) Math.sqrt(square) / correction + Adam.EPSILON);
    }
  }
}
