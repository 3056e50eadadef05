package explainrec.mmi;

import explainrec.backbones.Requests;
import java.util.List;

/**
 * K explanations of each of B requests, drawn from the policy; N = B K, a request's samples side by
 * side.
 *
 * @param requests one a sample, (N)
 * @param sequences ids, (N)
 * @param texts words with blanks between, (N)
 * @param ratings class of the explained rating, 0..4, (N)
 * @param perRequest K
 */
record Drawn(
    Requests requests, int[][] sequences, List<String> texts, int[] ratings, int perRequest) {

  /** L, the longest sequence's tokens. */
  int longest() {
    int longest = 0;
    for (int[] sequence : sequences) {
      longest = Math.max(longest, sequence.length);
    }
    return longest;
  }

  /**
   * What a value is above the mean over the same request's samples.
   *
   * @param values (N)
   * @param baseline {@code mean} or {@code none}
   * @return (N)
   */
  double[] advantages(double[] values, String baseline) {
    double[] advantages = values.clone();
    if (baseline.equals("none")) {
      return advantages;
    }
    for (int from = 0; from < values.length; from += perRequest) {
      double mean = 0;
      for (int n = from; n < from + perRequest; n++) {
        mean += values[n] / perRequest;
      }
      for (int n = from; n < from + perRequest; n++) {
        advantages[n] -= mean;
      }
    }
    return advantages;
  }
}
