package explainrec.mmi;

import explainrec.backbones.Requests;
import explainrec.backbones.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * K explanations of each of B requests, drawn from the policy; N = B K, a request's samples side by
 * side.
 *
 * @param requests one a sample, (N)
 * @param samples as the policy drew them; closed with this
 * @param sequences their ids, (N)
 * @param texts words with blanks between, (N)
 * @param ratings class of the explained rating, 0..4, (N)
 * @param perRequest K
 */
record Drawn(
    Requests requests,
    Samples samples,
    int[][] sequences,
    List<String> texts,
    int[] ratings,
    int perRequest)
    implements AutoCloseable {

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

  /**
   * A number for every token of a sequence.
   *
   * @param number of each sequence
   * @return (N L)
   */
  float[] each(IntToDoubleFunction number) {
    int longest = longest();
    float[] all = new float[sequences.length * longest];
    for (int n = 0; n < sequences.length; n++) {
      Arrays.fill(all, n * longest, (n + 1) * longest, (float) number.applyAsDouble(n));
    }
    return all;
  }

  @Override
  public void close() {
    samples.close();
  }
}
