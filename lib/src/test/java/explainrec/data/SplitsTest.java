package explainrec.data;

import static explainrec.data.Samples.assertInputError;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitsTest {
  @TempDir Path folder;

  /** Users of some sizes, one item a review; a user's reviews are dated backwards by row. */
  private static Interactions data(long firstTime, int... sizes) {
    int n = Arrays.stream(sizes).sum();
    int[] user = new int[n];
    long[] time = new long[n];
    int row = 0;
    for (int u = 0; u < sizes.length; u++) {
      for (int k = 0; k < sizes[u]; k++) {
        user[row] = u;
        time[row] = firstTime - row;
        row++;
      }
    }
    List<String> users = IntStream.range(0, sizes.length).mapToObj(u -> "u" + u).toList();
    List<String> items = IntStream.range(0, n).mapToObj(i -> "i" + i).toList();
    float[] overall = new float[n];
    Arrays.fill(overall, 3);
    int[] item = IntStream.range(0, n).toArray();
    return new Interactions(
        "toy", List.of(), users, items, user, item, overall, new float[0], time, r -> "text " + r);
  }

  @Test
  void everyRowStandsInExactlyOnePart() {
    Split split = Splits.random(data(0, 100), 0.8, 0.1, 1);
    assertEquals(80, split.train().length);
    assertEquals(10, split.validation().length);
    assertEquals(10, split.test().length);
    IntStream all =
        IntStream.concat(
            Arrays.stream(split.train()),
            IntStream.concat(Arrays.stream(split.validation()), Arrays.stream(split.test())));
    assertArrayEquals(IntStream.range(0, 100).toArray(), all.sorted().toArray());
  }

  @Test
  void theSameSeedGivesTheSameSplitEverywhere() {
    Split split = Splits.random(data(0, 20), 0.8, 0.1, 42);
    assertEquals(split.hash(), Splits.random(data(0, 20), 0.8, 0.1, 42).hash());
    assertNotEquals(split.hash(), Splits.random(data(0, 20), 0.8, 0.1, 43).hash());
    // Worked out by a program of its own from the definition of Java's random numbers.
    assertArrayEquals(new int[] {9, 10}, split.test());
  }

  @Test
  void aUsersLatestReviewsAreTested() {
    Split split = Splits.byUserTime(data(1000, 10, 10), 0.8, 0.1);
    assertArrayEquals(new int[] {0, 10}, split.test());
    assertArrayEquals(new int[] {1, 11}, split.validation());
    assertEquals(16, split.train().length);
  }

  @Test
  void usersOfFewReviewsStartInTrain() {
    Split split = Splits.byUserTime(data(1000, 10, 1, 2), 0.8, 0.1);
    assertTrue(Arrays.stream(split.train()).anyMatch(row -> row == 10));
    assertTrue(Arrays.stream(split.train()).anyMatch(row -> row == 12));
  }

  @Test
  void withoutDatesTheTimeSplitSaysSo() {
    Interactions data = data(Long.MIN_VALUE + 3, 4, 4);
    assertInputError(() -> Splits.byUserTime(data, 0.8, 0.1), "split", "user-time", "date");
  }

  @Test
  void anEmptyPartIsAnError() {
    assertInputError(() -> Splits.random(data(0, 4), 0.8, 0.1, 1), "4 reviews are too few");
  }

  @Test
  void aSavedSplitComesBackAndKnowsItsData() throws IOException {
    Interactions data = data(0, 30);
    Split split = Splits.random(data, 0.8, 0.1, 5);
    Path file = folder.resolve("split.json");
    Splits.save(split, file);
    Split read = Splits.load(file, data);
    assertArrayEquals(split.train(), read.train());
    assertArrayEquals(split.validation(), read.validation());
    assertArrayEquals(split.test(), read.test());
    assertEquals(split.hash(), read.hash());
    assertInputError(() -> Splits.load(file, data(0, 31)), "split.json", "other data");
    Files.writeString(file, "{\"train\": [1");
    assertInputError(() -> Splits.load(file, data), "split.json", "not a saved split");
    assertInputError(() -> Splits.load(folder.resolve("none"), data), "no such file");
    assertInputError(
        () -> Splits.save(split, file.resolve("below")), "split.json", "cannot be written");
  }

  @Test
  void usersAndItemsWithoutTrainRowsAreCounted() {
    Interactions data = data(0, 3, 2, 1);
    Split split =
        Splits.of(data, new int[] {0, 1}, new int[] {2}, new int[] {3, 4, 5}, "by hand", 0);
    assertEquals(new ColdStart(2, 3, 3, 3, 3), ColdStart.of(split));
    assertArrayEquals(new boolean[] {true, true, true}, ColdStart.users(split));
    Split warm =
        Splits.of(data, new int[] {0, 3, 5}, new int[] {2}, new int[] {1, 4}, "by hand", 0);
    assertEquals(new ColdStart(0, 2, 0, 2, 2), ColdStart.of(warm));
    assertArrayEquals(new boolean[] {true, true}, ColdStart.items(warm));
  }
}
