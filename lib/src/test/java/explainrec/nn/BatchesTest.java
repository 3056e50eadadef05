package explainrec.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BatchesTest {
  private static final int[] ROWS = IntStream.range(100, 1100).toArray();

  private static int length(int row) {
    return row * 37 % 41;
  }

  @Test
  void everyRowStandsInOneBatch() {
    int[][] batches = Batches.byLength(ROWS, BatchesTest::length, 16, 5);
    assertEquals((1000 + 15) / 16, batches.length);
    int[] all = Arrays.stream(batches).flatMapToInt(Arrays::stream).sorted().toArray();
    assertArrayEquals(ROWS, all);
  }

  @Test
  void rowsOfABatchAreOfSimilarLength() {
    double widest = 0;
    for (int[] batch : Batches.byLength(ROWS, BatchesTest::length, 16, 5)) {
      int least = Arrays.stream(batch).map(BatchesTest::length).min().orElseThrow();
      int most = Arrays.stream(batch).map(BatchesTest::length).max().orElseThrow();
      widest = Math.max(widest, most - least);
    }
    assertTrue(widest <= 4, "of lengths 0 to 40 a batch spans " + widest);
  }

  @Test
  void theSameSeedGivesTheSameBatchesAndAnotherSeedOthers() {
    int[][] once = Batches.byLength(ROWS, BatchesTest::length, 16, 5);
    assertTrue(Arrays.deepEquals(once, Batches.byLength(ROWS, BatchesTest::length, 16, 5)));
    assertNotEquals(
        Arrays.deepToString(once),
        Arrays.deepToString(Batches.byLength(ROWS, BatchesTest::length, 16, 6)));
  }

  @Test
  void longAndShortBatchesComeInRandomOrder() {
    int[][] batches = Batches.byLength(ROWS, BatchesTest::length, 16, 5);
    int rises = 0;
    for (int n = 1; n < batches.length; n++) {
      rises += length(batches[n][0]) > length(batches[n - 1][0]) ? 1 : 0;
    }
    assertTrue(rises > 15 && rises < 48, rises + " of 62 steps go up");
  }
}
