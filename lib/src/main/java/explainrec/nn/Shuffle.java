package explainrec.nn;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Uniform random orders from a seed. */
public final class Shuffle {
  private Shuffle() {}

  /**
   * A uniformly random order (Fisher and Yates) of some rows.
   *
   * @param rows any numbers; left as they are
   * @param seed of the order
   * @return the same numbers, shuffled
   */
  public static int[] of(int[] rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = rows.clone();
    for (int n = order.length - 1; n > 0; n--) {
      int other = random.nextInt(n + 1);
      int kept = order[n];
      order[n] = order[other];
      order[other] = kept;
    }
    return order;
  }

  /**
   * Some rows, drawn without putting back.
   *
   * @param rows any numbers; left as they are
   * @param most how many at most
   * @param seed the same seed draws the same
   * @return in ascending order
   */
  public static int[] some(int[] rows, int most, long seed) {
    int[] chosen = Arrays.copyOf(of(rows, seed), Math.min(most, rows.length));
    Arrays.sort(chosen);
    return chosen;
  }
}
