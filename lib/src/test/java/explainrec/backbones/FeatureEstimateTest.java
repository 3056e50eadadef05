package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertEquals;

import explainrec.data.Interactions;
import explainrec.data.Split;
import explainrec.text.ExplainedSplit;
import explainrec.text.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Estimates on seven train rows that can be counted by hand. */
final class FeatureEstimateTest {
  // user, item, feature of each train row
  private static final int[][] ROWS = {
    {0, 0, 0}, {0, 1, 1}, {0, 2, 1}, {1, 0, 0}, {1, 0, 2}, {1, 1, 0}, {2, 2, 0}
  };

  private static int guess(int user, int item) {
    return new FeatureEstimate(data())
        .of(
            new Requests(
                new int[] {-1}, new int[] {user}, new int[] {item}, new float[1], new int[] {-1}))[
        0];
  }

  @Test
  void whatUserAndItemBothSpeakOfWins() {
    // User 0 says 1 twice and 0 once; of item 1 both are said once: 1 has the larger product.
    assertEquals(1, guess(0, 1));
  }

  @Test
  void whatOnlyTheUserSpeaksOfLosesToWhatBothDo() {
    // Of item 0, feature 0 is said twice, 2 once, 1 never: user 0's twice 1 is times almost
    // nothing.
    assertEquals(0, guess(0, 0));
  }

  @Test
  void strangersGetTheMostFrequentFeature() {
    assertEquals(0, guess(3, 3));
  }

  @Test
  void onlyTrainRowsCount() {
    // Row 7 is the test part's and says 2 of user 2 and item 2.
    assertEquals(0, guess(2, 2));
  }

  private static ExplainedSplit data() {
    int size = ROWS.length + 1;
    int[] users = new int[size];
    int[] items = new int[size];
    int[] features = new int[size];
    List<Explanation> all = new ArrayList<>();
    for (int n = 0; n < size; n++) {
      int[] row = n < ROWS.length ? ROWS[n] : new int[] {2, 2, 2};
      users[n] = row[0];
      items[n] = row[1];
      features[n] = row[2];
      all.add(new Explanation("abc".substring(row[2], row[2] + 1), "", List.of("x"), 0));
    }
    Interactions data =
        new Interactions(
            "seven",
            List.of(),
            List.of("u0", "u1", "u2", "u3"),
            List.of("i0", "i1", "i2", "i3"),
            users,
            items,
            new float[size],
            new float[0],
            new long[size],
            row -> "x");
    Split split =
        new Split(
            data,
            IntStream.range(0, ROWS.length).toArray(),
            new int[] {0},
            new int[] {ROWS.length},
            "random",
            1,
            "hash");
    return new ExplainedSplit(split, data, List.of("a", "b", "c"), features, all, "hash");
  }
}
