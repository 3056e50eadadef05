package explainrec.mmi;

import explainrec.nn.Shuffle;
import java.util.Arrays;

/**
 * Train rows in two halves without a row in common: the reward model learns from one, the judge of
 * the result from the other.
 *
 * @param reward rows, ascending
 * @param judge rows, ascending; as many, or one less
 */
public record Halves(int[] reward, int[] judge) {
  /**
   * Divides rows at random.
   *
   * @param rows to divide
   * @param seed the same seed divides the same
   * @return the halves
   */
  public static Halves of(int[] rows, long seed) {
    int[] order = Shuffle.of(rows, seed);
    int middle = (rows.length + 1) / 2;
    int[] reward = Arrays.copyOf(order, middle);
    int[] judge = Arrays.copyOfRange(order, middle, order.length);
    Arrays.sort(reward);
    Arrays.sort(judge);
    return new Halves(reward, judge);
  }
}
