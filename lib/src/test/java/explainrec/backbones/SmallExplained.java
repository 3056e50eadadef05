package explainrec.backbones;

import explainrec.data.Interactions;
import explainrec.data.Review;
import explainrec.data.Split;
import explainrec.text.ExplainedSplit;
import explainrec.text.Explanation;
import explainrec.text.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Few explained reviews, made by formulas, for tests of generators. */
final class SmallExplained {
  private static final List<String> FEATURES = List.of("room", "pool", "staff");
  private static final List<String> OPINIONS = List.of("awful", "poor", "fair", "good", "great");

  private SmallExplained() {}

  /**
   * Every user rates every item; the explanation says the rating of the feature, and the item. Row
   * n is of user n / items and item n % items. The last item's rows are in validation, those of the
   * item before it in test; every seventh row has no explanation and is in no part.
   *
   * @param users at least 1
   * @param items at least 3
   * @return the split
   */
  static ExplainedSplit grid(int users, int items) {
    int size = users * items;
    int[] user = IntStream.range(0, size).map(row -> row / items).toArray();
    int[] item = IntStream.range(0, size).map(row -> row % items).toArray();
    float[] ratings = new float[size];
    long[] times = new long[size];
    for (int row = 0; row < size; row++) {
      ratings[row] = 1 + (2 * user[row] + 3 * item[row]) % 5;
      times[row] = 1000L * ((row * 7L) % size); // not in the rows' order
    }
    Explanation[] explanations = new Explanation[size];
    int[] featureOf = new int[size];
    for (int row = 0; row < size; row++) {
      boolean has = row % 7 != 6;
      featureOf[row] = has ? (user[row] + item[row]) % FEATURES.size() : -1;
      explanations[row] = has ? explanation(featureOf[row], ratings[row], item[row]) : null;
    }
    Interactions data = data("small", users, items, user, item, ratings, times, explanations);
    Split split =
        new Split(
            data,
            rows(explanations, row -> item[row] < items - 2),
            rows(explanations, row -> item[row] == items - 1),
            rows(explanations, row -> item[row] == items - 2),
            "random",
            1,
            "small");
    return new ExplainedSplit(
        split, data, FEATURES, featureOf, Arrays.asList(explanations), "small");
  }

  /**
   * Given explanations, all of them in train and undated, so that later rows count as later.
   *
   * @param users at least as many as named
   * @param items at least as many as named
   * @param pairs user and item of each row, (N, 2)
   * @param words of each row's explanation, (N)
   * @return the split
   */
  static ExplainedSplit of(int users, int items, int[][] pairs, List<List<String>> words) {
    int size = pairs.length;
    int[] user = Arrays.stream(pairs).mapToInt(pair -> pair[0]).toArray();
    int[] item = Arrays.stream(pairs).mapToInt(pair -> pair[1]).toArray();
    float[] ratings = new float[size];
    Arrays.fill(ratings, 3);
    long[] times = new long[size];
    Arrays.fill(times, Review.NO_TIME);
    Explanation[] explanations =
        words.stream()
            .map(text -> new Explanation(FEATURES.get(0), "", text, 0))
            .toArray(Explanation[]::new);
    Interactions data = data("given", users, items, user, item, ratings, times, explanations);
    int[] all = IntStream.range(0, size).toArray();
    return new ExplainedSplit(
        new Split(data, all, all, all, "random", 1, "given"),
        data,
        FEATURES.subList(0, 2),
        new int[size],
        Arrays.asList(explanations),
        "given");
  }

  /** The same, but validated on the rows it is trained on, for models that learn them by heart. */
  static ExplainedSplit toLearnByHeart(ExplainedSplit data) {
    Split split = data.split();
    return new ExplainedSplit(
        new Split(split.data(), split.train(), split.train(), split.test(), "random", 1, "heart"),
        data.reviews(),
        data.features(),
        data.featureOf(),
        data.explanations(),
        data.hash());
  }

  /** The words of all train explanations. */
  static Vocabulary vocabulary(ExplainedSplit data) {
    return new Vocabulary(
        Arrays.stream(data.split().train())
            .mapToObj(row -> data.explanations().get(row).words())
            .toList(),
        1000);
  }

  private static Explanation explanation(int feature, float rating, int item) {
    String opinion = OPINIONS.get((int) rating - 1);
    List<String> words =
        item % 2 == 0
            ? List.of("the", FEATURES.get(feature), "is", opinion)
            : List.of(opinion, FEATURES.get(feature));
    return new Explanation(FEATURES.get(feature), opinion, words, rating < 3 ? -1 : 1);
  }

  private static Interactions data(
      String name,
      int users,
      int items,
      int[] user,
      int[] item,
      float[] ratings,
      long[] times,
      Explanation[] explanations) {
    return new Interactions(
        name,
        List.of(),
        IntStream.range(0, users).mapToObj(n -> "user" + n).toList(),
        IntStream.range(0, items).mapToObj(n -> "item" + n).toList(),
        user,
        item,
        ratings,
        new float[0],
        times,
        row -> explanations[row] == null ? "" : explanations[row].text());
  }

  private static int[] rows(Explanation[] explanations, java.util.function.IntPredicate wanted) {
    return IntStream.range(0, explanations.length)
        .filter(row -> Objects.nonNull(explanations[row]))
        .filter(wanted)
        .toArray();
  }
}
