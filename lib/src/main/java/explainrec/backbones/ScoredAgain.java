package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import explainrec.nn.Weights;

/**
 * Samples of which nothing but their ids was kept: they are scored in a pass of their own.
 *
 * @param generator that drew them
 * @param requests one a sequence, (N)
 * @param sequences ids, (N)
 */
record ScoredAgain(ExplanationGenerator generator, Requests requests, int[][] sequences)
    implements Samples {

  @Override
  public Scores scores(Weights leaves) {
    NDArray found = generator.logProbabilities(leaves, requests, sequences); // (N, L)
    float[] each = found.toFloatArray();
    double[] logs = new double[sequences.length];
    int longest = each.length / logs.length;
    for (int n = 0; n < each.length; n++) {
      logs[n / longest] += each[n];
    }
    return new Scores() {
      @Override
      public double[] logs() {
        return logs;
      }

      @Override
      public NDArray weighted(float[] coefficients) {
        return found.mul(found.getManager().create(coefficients, found.getShape())).sum();
      }
    };
  }

  @Override
  public void close() {}
}
