package explainrec.backbones;

import explainrec.data.Interactions;
import explainrec.text.ExplainedSplit;
import java.util.Arrays;

/**
 * What explanations are asked for, column by column.
 *
 * @param rows row of the data that each is about; its own review must not be read as a past one; -1
 *     when it is none of the data's, (B)
 * @param users user numbers, (B)
 * @param items item numbers, (B)
 * @param ratings the overall rating to explain, 1..5, (B)
 * @param features number of the feature to speak of, -1 for none, (B)
 */
public record Requests(int[] rows, int[] users, int[] items, float[] ratings, int[] features) {
  /** Checks that the columns are of one length. */
  public Requests {
    int size = rows.length;
    if (users.length != size
        || items.length != size
        || ratings.length != size
        || features.length != size) {
      throw new IllegalArgumentException("columns of different lengths");
    }
  }

  /**
   * The requests of some rows, with their real ratings and features.
   *
   * @param data explained
   * @param rows of the data
   * @return as many requests
   */
  public static Requests of(ExplainedSplit data, int[] rows) {
    Interactions reviews = data.split().data();
    float[] ratings = new float[rows.length];
    for (int n = 0; n < rows.length; n++) {
      ratings[n] = reviews.overall(rows[n]);
    }
    return new Requests(
        rows.clone(),
        Arrays.stream(rows).map(reviews::user).toArray(),
        Arrays.stream(rows).map(reviews::item).toArray(),
        ratings,
        Arrays.stream(rows).map(row -> data.featureOf()[row]).toArray());
  }

  /** B. */
  public int size() {
    return rows.length;
  }

  /**
   * The same with other ratings.
   *
   * @param others (B)
   * @return a copy
   */
  public Requests withRatings(float[] others) {
    return new Requests(rows, users, items, others, features);
  }

  /**
   * The same with other features.
   *
   * @param others (B)
   * @return a copy
   */
  public Requests withFeatures(int[] others) {
    return new Requests(rows, users, items, ratings, others);
  }

  /**
   * Some of them.
   *
   * @param places places among these, may repeat
   * @return as many as places
   */
  public Requests select(int[] places) {
    float[] chosen = new float[places.length];
    for (int n = 0; n < places.length; n++) {
      chosen[n] = ratings[places[n]];
    }
    return new Requests(
        pick(rows, places),
        pick(users, places),
        pick(items, places),
        chosen,
        pick(features, places));
  }

  /**
   * Every request k times, one after the other: the order in which samples come.
   *
   * @param k at least 1
   * @return B k requests
   */
  public Requests repeat(int k) {
    int[] places = new int[size() * k];
    Arrays.setAll(places, n -> n / k);
    return select(places);
  }

  /**
   * Finds out whether each of them stands there several times, as of {@link #repeat}.
   *
   * @return the number of times, 1 when they differ in it
   */
  int times() {
    int k = 1;
    while (k < size() && equal(0, k)) {
      k++;
    }
    for (int n = 0; n < size(); n++) {
      if (size() % k != 0 || !equal(n, n - n % k)) {
        return 1;
      }
    }
    return k;
  }

  /** Whether two of them ask for the same. */
  boolean equal(int one, int other) {
    return rows[one] == rows[other]
        && users[one] == users[other]
        && items[one] == items[other]
        && ratings[one] == ratings[other]
        && features[one] == features[other];
  }

  private static int[] pick(int[] from, int[] places) {
    return Arrays.stream(places).map(place -> from[place]).toArray();
  }
}
