package explainrec.run;

import explainrec.data.InputException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The review models, by the names they have on the command line and in tables. */
public enum ReviewModel {
  /** The paper's model. */
  ELIXIR(RatingModel.ELIXIR),
  /** The prompt of a rating module without attention, eq. 13. */
  ELIXIR_NO_ATTENTION(RatingModel.ELIXIR_NO_ATTENTION),
  /** The prompt from the global vectors alone, eq. 15. */
  ELIXIR_NO_GLOBAL(RatingModel.ELIXIR_NO_GLOBAL);

  private final RatingModel ratings;

  ReviewModel(RatingModel ratings) {
    this.ratings = ratings;
  }

  /** The rating module below it. */
  public RatingModel ratings() {
    return ratings;
  }

  /** The name on the command line. */
  public String id() {
    return ratings.id();
  }

  /** The name in tables, as the paper prints it. */
  public String title() {
    return ratings.title();
  }

  /** Whether it has attention weights to show. */
  public boolean attention() {
    return ratings.variant().equals("full");
  }

  /**
   * Finds a model.
   *
   * @param id its name on the command line
   * @return the model
   * @throws InputException when there is none of that name
   */
  public static ReviewModel of(String id) {
    return Arrays.stream(values())
        .filter(model -> model.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new InputException("model " + id + " writes no reviews; these do: " + ids()));
  }

  /** All names, for messages. */
  public static String ids() {
    return Arrays.stream(values()).map(ReviewModel::id).collect(Collectors.joining(", "));
  }
}
