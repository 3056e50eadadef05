package explainrec.nn;

import explainrec.data.Interactions;
import explainrec.data.Review;
import explainrec.data.Split;
import explainrec.data.Splits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Few interactions, made by formulas, for tests of models. */
public final class SmallSplit {
  private SmallSplit() {}

  /**
   * Every user rates every item. The last user's rows are all in test, so that nothing is learnt of
   * that user; of the others, one row in ten is in validation and one in test.
   *
   * @param users at least 2
   * @param items at least 5
   * @param aspects A
   * @return the split
   */
  public static Split grid(int users, int items, int aspects) {
    List<int[]> pairs = new ArrayList<>();
    for (int u = 0; u < users; u++) {
      for (int i = 0; i < items; i++) {
        pairs.add(new int[] {u, i});
      }
    }
    float[][] ratings = new float[pairs.size()][aspects + 1];
    for (int row = 0; row < ratings.length; row++) {
      int u = pairs.get(row)[0];
      int i = pairs.get(row)[1];
      for (int head = 0; head <= aspects; head++) {
        ratings[row][head] = 1 + (3 * u + 2 * i + head * (u + 1)) % 9 / 2f;
      }
    }
    int[] test =
        IntStream.range(0, ratings.length)
            .filter(row -> row % 10 == 9 || pairs.get(row)[0] == users - 1)
            .toArray();
    int[] validation =
        IntStream.range(0, ratings.length)
            .filter(row -> row % 10 == 4 && pairs.get(row)[0] < users - 1)
            .toArray();
    int[] train =
        IntStream.range(0, ratings.length)
            .filter(row -> row % 5 != 4 && pairs.get(row)[0] < users - 1)
            .toArray();
    return of(pairs.toArray(int[][]::new), ratings, train, validation, test);
  }

  /**
   * A split of given ratings.
   *
   * @param pairs user and item of each row, (N, 2)
   * @param ratings overall, then each aspect, of each row, (N, A + 1)
   * @param train rows to learn from
   * @param validation rows to choose by
   * @param test rows to report on
   * @return the split
   */
  public static Split of(
      int[][] pairs, float[][] ratings, int[] train, int[] validation, int[] test) {
    int n = pairs.length;
    int a = ratings[0].length - 1;
    int[] user = Arrays.stream(pairs).mapToInt(p -> p[0]).toArray();
    int[] item = Arrays.stream(pairs).mapToInt(p -> p[1]).toArray();
    float[] overall = new float[n];
    float[] aspects = new float[n * a]; // (N * A)
    for (int row = 0; row < n; row++) {
      overall[row] = ratings[row][0];
      System.arraycopy(ratings[row], 1, aspects, row * a, a);
    }
    long[] time = new long[n];
    Arrays.fill(time, Review.NO_TIME);
    Interactions data =
        new Interactions(
            "small",
            names("aspect", a),
            names("user", Arrays.stream(user).max().orElseThrow() + 1),
            names("item", Arrays.stream(item).max().orElseThrow() + 1),
            user,
            item,
            overall,
            aspects,
            time,
            row -> "the room was " + (overall[row] < 3 ? "bad" : "good") + ", " + row % 7);
    return Splits.of(data, train, validation, test, "random", 1);
  }

  private static List<String> names(String word, int count) {
    return IntStream.range(0, count).mapToObj(n -> word + n).toList();
  }
}
