package explainrec.mmi;

import explainrec.data.Interactions;
import explainrec.data.Review;
import explainrec.data.Split;
import explainrec.text.ExplainedSplit;
import explainrec.text.Explanation;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Explanations whose word for liking says the rating, four times of five, and negation turns it.
 */
final class SmallExplanations {
  static final List<String> FEATURES = List.of("room", "pool", "staff");
  private static final List<String> OPINIONS = List.of("awful", "poor", "fair", "good", "great");

  private SmallExplanations() {}

  /**
   * Makes explained reviews of one user and one item.
   *
   * @param count rows; the first 8 of 10 are train, then validation, then test
   * @param seed of ratings, words and features
   * @return the split
   */
  static ExplainedSplit of(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] ratings = new float[count];
    int[] features = new int[count];
    Explanation[] explanations = new Explanation[count];
    for (int row = 0; row < count; row++) {
      int rating = random.nextInt(5);
      ratings[row] = rating + 1;
      features[row] = random.nextInt(FEATURES.size());
      int said = random.nextInt(5) > 0 ? rating : random.nextInt(5);
      boolean turned = said != 2 && random.nextInt(4) == 0;
      String how = turned ? "not " + OPINIONS.get(4 - said) : "really " + OPINIONS.get(said);
      String text = "this time the " + FEATURES.get(features[row]) + " was " + how;
      explanations[row] =
          new Explanation(FEATURES.get(features[row]), "", List.of(text.split(" ")), 0);
    }
    return split(ratings, features, explanations);
  }

  /** The same with one rating for all. */
  static ExplainedSplit ofOneRating(int count) {
    ExplainedSplit data = of(count, 1);
    float[] same = new float[count];
    Arrays.fill(same, 4);
    return split(same, data.featureOf(), data.explanations().toArray(Explanation[]::new));
  }

  private static ExplainedSplit split(float[] ratings, int[] features, Explanation[] explanations) {
    int count = ratings.length;
    long[] times = new long[count];
    Arrays.fill(times, Review.NO_TIME);
    Interactions data =
        new Interactions(
            "small",
            List.of(),
            List.of("u"),
            List.of("i"),
            new int[count],
            new int[count],
            ratings,
            new float[0],
            times,
            row -> explanations[row].text());
    Split split =
        new Split(
            data,
            IntStream.range(0, count * 8 / 10).toArray(),
            IntStream.range(count * 8 / 10, count * 9 / 10).toArray(),
            IntStream.range(count * 9 / 10, count).toArray(),
            "random",
            1,
            "small");
    return new ExplainedSplit(
        split, data, FEATURES, features, Arrays.asList(explanations), "small");
  }

  static List<String> texts(ExplainedSplit data, int[] rows) {
    return Arrays.stream(rows).mapToObj(row -> data.explanations().get(row).text()).toList();
  }
}
