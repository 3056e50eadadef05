package explainrec.nn;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Lays rows of different lengths out in batches with little padding. */
public final class Batches {
  private static final int POOL = 32; // batches

  private Batches() {}

  /**
   * Batches of rows of similar length: shuffled rows are sorted by length within pools of some
   * batches, and the batches shuffled again.
   *
   * @param rows any numbers
   * @param length of a row
   * @param size rows of a batch, the last of a pool may have less
   * @param seed of both orders
   * @return every row once
   */
  public static int[][] byLength(int[] rows, IntUnaryOperator length, int size, long seed) {
    int[] order = Shuffle.of(rows, seed);
    int count = (order.length + size - 1) / size;
    int[][] ordered = new int[count][];
    for (int from = 0; from < order.length; from += POOL * size) {
      int[] pool =
          sorted(
              Arrays.copyOfRange(order, from, Math.min(order.length, from + POOL * size)), length);
      for (int k = 0; k < pool.length; k += size) {
        ordered[(from + k) / size] = Arrays.copyOfRange(pool, k, Math.min(pool.length, k + size));
      }
    }
    int[] places = Shuffle.of(IntStream.range(0, count).toArray(), seed + 2);
    int[][] batches = new int[count][];
    Arrays.setAll(batches, k -> ordered[places[k]]);
    return batches;
  }

  /**
   * Rows from the shortest to the longest; equals stay in their order.
   *
   * @param rows any numbers
   * @param length of a row
   * @return the same numbers
   */
  public static int[] sorted(int[] rows, IntUnaryOperator length) {
    return Arrays.stream(rows)
        .boxed()
        .sorted(Comparator.comparingInt(length::applyAsInt))
        .mapToInt(row -> row)
        .toArray();
  }
}
