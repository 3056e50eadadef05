package explainrec.mmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import explainrec.nn.Layers;

/**
 * Direct preference optimisation (Rafailov et al. 2023) on pairs that the reward ranks: of each
 * request's K samples the best w and the worst l. With s = log pi - log pi_ref,
 *
 * <p>L = -mean log sigmoid(beta (s_w - s_l)), over the requests whose best and worst differ.
 */
final class Preference {
  private Preference() {}

  /**
   * The loss.
   *
   * @param logPi log pi of each sample, part of the gradient graph, (N)
   * @param logReference log pi_ref of each, (N)
   * @param rewards of each, (N)
   * @param k samples a request
   * @param beta strength of the tie to the backbone
   * @return a scalar, 0 when no request's samples differ
   */
  static NDArray loss(NDArray logPi, double[] logReference, double[] rewards, int k, double beta) {
    int requests = rewards.length / k;
    float[] sides = new float[rewards.length]; // 1 for w, -1 for l, else 0
    float[] shares = new float[requests]; // summing to 1 over the pairs
    float[] before = new float[requests]; // log pi_ref(w) - log pi_ref(l)
    int pairs = 0;
    for (int b = 0; b < requests; b++) {
      int best = b * k;
      int worst = b * k;
      for (int n = b * k; n < (b + 1) * k; n++) {
        best = rewards[n] > rewards[best] ? n : best;
        worst = rewards[n] < rewards[worst] ? n : worst;
      }
      if (rewards[best] > rewards[worst]) {
        sides[best] = 1;
        sides[worst] = -1;
        before[b] = (float) (logReference[best] - logReference[worst]);
        shares[b] = 1;
        pairs++;
      }
    }
    for (int b = 0; b < requests; b++) {
      shares[b] /= Math.max(1, pairs);
    }
    NDManager manager = logPi.getManager();
    NDArray now =
        logPi
            .mul(manager.create(sides))
            .reshape(requests, k)
            .sum(new int[] {1}); // log pi(w) - log pi(l), (B)
    NDArray margin = Layers.scale(now.sub(manager.create(before)), beta); // (B)
    // -log sigmoid(x) = softplus(-x)
    NDArray losses = Activation.softPlus(margin.neg());
    return losses.mul(manager.create(shares, new Shape(requests))).sum();
  }
}
