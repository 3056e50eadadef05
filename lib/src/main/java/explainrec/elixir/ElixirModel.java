package explainrec.elixir;

import explainrec.data.InputException;
import explainrec.data.Interactions;
import explainrec.data.Progress;
import explainrec.t5.LanguageModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A trained ELIXIR: ratings, attention and a review for any user and item it knows. */
public final class ElixirModel implements AutoCloseable {
  /**
   * Pairs that are explained together. The last digits of a number depend on how many rows were
   * computed with it, so work that is shared out is cut between slices, and answers stay the same.
   */
  public static final int SLICE = 128;

  private final Interactions data;
  private final ElixirRatings ratings;
  private final ElixirReviews reviews;
  private final boolean attention;
  private final LanguageModel lm;

  /**
   * Puts the trained parts together.
   *
   * @param data that they were trained on
   * @param ratings the rating module
   * @param reviews the review module
   * @param attention whether the variant has attention
   * @param lm closed with this model
   */
  public ElixirModel(
      Interactions data,
      ElixirRatings ratings,
      ElixirReviews reviews,
      boolean attention,
      LanguageModel lm) {
    this.data = data;
    this.ratings = ratings;
    this.reviews = reviews;
    this.attention = attention;
    this.lm = lm;
  }

  /**
   * Explains one pair.
   *
   * @param user as the data name them
   * @param item as the data name it
   * @return ratings, attention and review
   * @throws InputException when the data have no such user or item
   */
  public Explanation explain(String user, String item) {
    return explain(List.of(user), List.of(item), Progress.SILENT).get(0);
  }

  /**
   * Explains many pairs, a slice at a time.
   *
   * @param users as the data name them, N
   * @param items as the data name them, N
   * @param progress hears how many reviews are written
   * @return N explanations
   * @throws InputException when the data have no such user or item
   */
  public List<Explanation> explain(List<String> users, List<String> items, Progress progress) {
    if (users.size() != items.size()) {
      throw new InputException(
          "explain: " + users.size() + " users and " + items.size() + " items; expected pairs");
    }
    int[] u = numbers("user", users, data.users());
    int[] i = numbers("item", items, data.items());
    if (u.length == 0) {
      return List.of();
    }
    List<Explanation> all = new ArrayList<>();
    for (int from = 0; from < u.length; from += SLICE) {
      int to = Math.min(u.length, from + SLICE);
      int done = from;
      all.addAll(
          slice(
              users.subList(from, to),
              items.subList(from, to),
              Arrays.copyOfRange(u, from, to),
              Arrays.copyOfRange(i, from, to),
              (stage, written, total) -> progress.update(stage, done + written, u.length)));
    }
    return all;
  }

  private List<Explanation> slice(
      List<String> users, List<String> items, int[] u, int[] i, Progress progress) {
    float[][] predicted = ratings.predict(u, i);
    float[][][] alpha = attention ? ratings.attention(u, i) : null;
    List<String> texts = reviews.write(u, i, progress);
    List<Explanation> all = new ArrayList<>();
    for (int n = 0; n < u.length; n++) {
      float[] aspects = new float[predicted.length - 1];
      for (int a = 0; a < aspects.length; a++) {
        aspects[a] = predicted[a + 1][n];
      }
      all.add(
          new Explanation(
              users.get(n),
              items.get(n),
              predicted[0][n],
              aspects,
              attention ? alpha[0][n] : null,
              attention ? alpha[1][n] : null,
              texts.get(n)));
    }
    return all;
  }

  /**
   * Requires that the data know every user and item, for instance before anything is trained.
   *
   * @param data the interactions
   * @param users as the data name them
   * @param items as the data name them
   * @throws InputException naming the first that they do not know
   */
  public static void requireKnown(Interactions data, List<String> users, List<String> items) {
    numbers("user", users, data.users());
    numbers("item", items, data.items());
  }

  private static int[] numbers(String kind, List<String> names, List<String> known) {
    Map<String, Integer> places = new HashMap<>();
    for (int n = 0; n < known.size(); n++) {
      places.put(known.get(n), n);
    }
    int[] numbers = new int[names.size()];
    for (int n = 0; n < numbers.length; n++) {
      Integer place = places.get(names.get(n));
      if (place == null) {
        throw new InputException(
            String.format(
                "%s %s is not among the %d %ss of the data (for instance %s); ELIXIR knows nothing"
                    + " of others",
                kind, names.get(n), known.size(), kind, known.get(0)));
      }
      numbers[n] = place;
    }
    return numbers;
  }

  @Override
  public void close() {
    ratings.close();
    reviews.close();
    lm.close();
  }
}
