package explainrec.mmi;

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
   * @param value of it, 0 when no request's samples differ
   * @param slopes its derivatives with respect to log pi of each sample, (N)
   */
  record Loss(double value, double[] slopes) {}

  /**
   * The loss and its derivatives.
   *
   * @param now log pi of each sample, (N)
   * @param before log pi_ref of each, (N)
   * @param rewards of each, (N)
   * @param k samples a request
   * @param beta strength of the tie to the backbone
   * @return both
   */
  static Loss loss(double[] now, double[] before, double[] rewards, int k, double beta) {
    double[] slopes = new double[rewards.length];
    double sum = 0;
    int pairs = 0;
    for (int from = 0; from < rewards.length; from += k) {
      int best = from;
      int worst = from;
      for (int n = from; n < from + k; n++) {
        best = rewards[n] > rewards[best] ? n : best;
        worst = rewards[n] < rewards[worst] ? n : worst;
      }
      if (rewards[best] > rewards[worst]) {
        double margin = beta * (now[best] - now[worst] - before[best] + before[worst]);
        // -log sigmoid(x) = log(1 + e^-x), written so that no exponential overflows
        sum += Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin)));
        double slope = beta / (1 + Math.exp(margin));
        slopes[best] = -slope;
        slopes[worst] = slope;
        pairs++;
      }
    }
    for (int n = 0; n < slopes.length; n++) {
      slopes[n] /= Math.max(1, pairs);
    }
    return new Loss(sum / Math.max(1, pairs), slopes);
  }
}
