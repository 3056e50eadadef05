package explainrec.mmi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Credit to each token: with R_t the reward of the first t tokens, token t gains R_t - R_(t-1), and
 * what it is credited with is all that comes from it on, R_L - R_(t-1), above the mean of the same
 * over the request's samples that are as long. The prefix's reward is thus a baseline that depends
 * on the prefix alone, which leaves the gradient's expectation as it is.
 */
final class TokenCredit {
  private TokenCredit() {}

  /**
   * The credits.
   *
   * @param drawn the samples
   * @param batch gives rewards
   * @param wordsOf the text of the first tokens of a sequence
   * @return one a token, 0 after a sequence's end, (N, L)
   */
  static double[][] of(Drawn drawn, Rewards.Batch batch, Prefix wordsOf) {
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
      for (int t = 0; t < length; t++) {
        credits[n][t] = rewards[at + length] - rewards[at + t];
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
