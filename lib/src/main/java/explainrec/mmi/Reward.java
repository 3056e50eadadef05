package explainrec.mmi;

import explainrec.nn.Shuffle;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * R_MI of a batch's explanations: how much each tells of its y, from the statistics network's
 * values T(e, y).
 *
 * <p>{@code pointwise}: T(e_k, y_k) - log mean over the batch of exp T(e_k, y_j). {@code authors}:
 * T(e_k, y_k) - T(e_k, y_perm(k)), one other y of the batch. An explanation without y has reward 0.
 */
final class Reward {
  private final int[] targets; // y of each explanation, -1 for none, (N)
  private final int[] others; // y_perm(k), (N); null in the pointwise form
  private final double[] shares; // how often each y stands in the batch, summing to 1, (C)

  /**
   * Prepares the rewards of a batch.
   *
   * @param form {@code pointwise} or {@code authors}
   * @param targets y of each explanation, -1 for none, (N)
   * @param classes C
   * @param seed of the authors' permutation
   */
  Reward(String form, int[] targets, int classes, long seed) {
    this.targets = targets;
    int[] known = IntStream.range(0, targets.length).filter(n -> targets[n] >= 0).toArray();
    this.shares = new double[classes];
    for (int n : known) {
      shares[targets[n]] += 1.0 / known.length;
    }
    if (form.equals("authors")) {
      int[] permuted = Shuffle.of(known, seed);
      this.others = new int[targets.length];
      for (int k = 0; k < known.length; k++) {
        others[known[k]] = targets[permuted[k]];
      }
    } else {
      this.others = null;
    }
  }

  /**
   * The reward of an explanation, or of a part of it.
   *
   * @param n its place in the batch
   * @param scores T(e, y) of every y, (C)
   * @return nats
   */
  double of(int n, float[] scores) {
    if (targets[n] < 0) {
      return 0;
    }
    return scores[targets[n]] - (others == null ? logMeanExp(scores) : scores[others[n]]);
  }

  /**
   * The rewards of the whole batch.
   *
   * @param scores T(e, y) of every y, (N, C)
   * @return nats, (N)
   */
  double[] of(float[][] scores) {
    double[] rewards = new double[targets.length];
    Arrays.setAll(rewards, n -> of(n, scores[n]));
    return rewards;
  }

  private double logMeanExp(float[] scores) {
    double most = Double.NEGATIVE_INFINITY;
    for (int y = 0; y < scores.length; y++) {
      if (shares[y] > 0) {
        most = Math.max(most, scores[y]);
      }
    }
    double sum = 0;
    for (int y = 0; y < scores.length; y++) {
      if (shares[y] > 0) {
        sum += shares[y] * Math.exp(scores[y] - most);
      }
    }
    return most + Math.log(sum);
  }
}
