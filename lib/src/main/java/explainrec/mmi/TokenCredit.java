package explainrec.mmi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Credit to each token: with R_t the reward of the first t tokens, token t gains R_t - R_(t-1). It
 * is credited with its own gain and, discounted, with those that follow,
 *
 * <p>C_t = (R_t - R_(t-1)) + gamma C_(t+1),
 *
 * <p>above the mean of the same over the request's samples that are as long. With gamma 0 a token
 * answers for itself alone; with gamma 1 for all that comes from it on, R_L - R_(t-1): then the
 * prefix's reward is a baseline that depends on the prefix alone, and the gradient's expectation is
 * REINFORCE's.
 */
final class TokenCredit {
  private TokenCredit() {}

  /**
   * The credits.
   *
   * @param drawn the samples
   * @param batch gives rewards
   * @param wordsOf the text of the first tokens of a sequence
   * @param discount gamma, 0..1
   * @return one a token, 0 after a sequence's end, (N, L)
   */
  static double[][] of(Drawn drawn, Rewards.Batch batch, Prefix wordsOf, double discount) {
    int size = drawn.sequences().length;
    List<String> texts = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int n = 0; n < size; n++) {
      int[] sequence = drawn.sequences()[n];
      for (int t = 0; t <= sequence.length; t++) {
        texts.add(wordsOf.text(Arrays.copyOf(sequence, t)));
        places.add(n);
      }
    }
    double[] rewards =
        batch.of(texts, places.stream().mapToInt(Integer::intValue).toArray()).total();
    double[][] credits = new double[size][drawn.longest()];
    int at = 0;
    for (int n = 0; n < size; n++) {
      int length = drawn.sequences()[n].length;
      double later = 0;
      for (int t = length - 1; t >= 0; t--) {
        later = rewards[at + t + 1] - rewards[at + t] + discount * later;
        credits[n][t] = later;
      }
      at += length + 1;
    }
    center(credits, drawn);
    return credits;
  }

  private static void center(double[][] credits, Drawn drawn) {
    int k = drawn.perRequest();
    for (int from = 0; from < credits.length; from += k) {
      for (int t = 0; t < credits[from].length; t++) {
        double sum = 0;
        int many = 0;
        for (int n = from; n < from + k; n++) {
          if (t < drawn.sequences()[n].length) {
            sum += credits[n][t];
            many++;
          }
        }
        for (int n = from; n < from + k; n++) {
          if (t < drawn.sequences()[n].length) {
            credits[n][t] -= sum / many;
          }
        }
      }
    }
  }

  /** The text of a sequence's beginning. */
  @FunctionalInterface
  interface Prefix {
    /**
     * Reads tokens.
     *
     * @param tokens the first ones, maybe none
     * @return their words with blanks between
     */
    String text(int[] tokens);
  }
}
