package explainrec.mmi;

import java.util.Arrays;
import java.util.List;

/**
 * Dynamic Weight Average (Liu et al. 2019), as MMI balances its losses: a loss that falls more
 * slowly than the others gets more weight. With N losses and r_x = L_x(t-1) / L_x(t-2),
 *
 * <p>w_x(t) = N exp(r_x / tau) / sum over losses of exp(r / tau); all are 1 in the first two
 * epochs.
 */
public final class DynamicWeightAverage {
  private DynamicWeightAverage() {}

  /**
   * The weights of an epoch.
   *
   * @param history each earlier epoch's losses, all above 0, in their order, (t - 1, N)
   * @param losses N
   * @param tau temperature, above 0: the lower, the more unequal
   * @return one weight a loss, summing to N
   */
  public static double[] weights(List<double[]> history, int losses, double tau) {
    double[] weights = new double[losses];
    Arrays.fill(weights, 1);
    if (history.size() < 2) {
      return weights;
    }
    double[] last = history.get(history.size() - 1);
    double[] before = history.get(history.size() - 2);
    double[] rates = new double[losses];
    double fastest = Double.NEGATIVE_INFINITY;
    for (int x = 0; x < losses; x++) {
      // A loss that was 0 has no rate; it keeps its place.
      rates[x] = before[x] > 0 ? last[x] / before[x] : 1;
      fastest = Math.max(fastest, rates[x]);
    }
    double sum = 0;
    for (int x = 0; x < losses; x++) {
      weights[x] = Math.exp((rates[x] - fastest) / tau);
      sum += weights[x];
    }
    for (int x = 0; x < losses; x++) {
      weights[x] *= losses / sum;
    }
    return weights;
  }
}
