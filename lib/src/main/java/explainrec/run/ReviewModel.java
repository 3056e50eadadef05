package explainrec.run;

import explainrec.data.InputException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The models that write whole reviews, by the names they have on the command line and in tables:
 * ELIXIR's, which stand on a rating module, and generators of explanations.
 */
public enum ReviewModel {
  /** The paper's model. */
  ELIXIR(RatingModel.ELIXIR, null),
  /** The prompt of a rating module without attention, eq. 13. */
  ELIXIR_NO_ATTENTION(RatingModel.ELIXIR_NO_ATTENTION, null),
  /** The prompt from the global vectors alone, eq. 15. */
  ELIXIR_NO_GLOBAL(RatingModel.ELIXIR_NO_GLOBAL, null),
  /** The same of a rating module that knows no aspects, eq. 14. */
  ELIXIR_NO_ASPECTS(RatingModel.ELIXIR_NO_ASPECTS, null),
  /** Writes from user, item and a rating predicted elsewhere. */
  ATT2SEQ(null, GeneratorModel.ATT2SEQ),
  /** Predicts the rating and writes, with a recurrent network. */
  NRT(null, GeneratorModel.NRT),
  /** Predicts the rating and writes, with a Transformer. */
  PETER(null, GeneratorModel.PETER),
  /** Prompts of user and item before GPT-2. */
  PEPLER(null, GeneratorModel.PEPLER);

  private final RatingModel ratings;
  private final GeneratorModel generator;

  ReviewModel(RatingModel ratings, GeneratorModel generator) {
    this.ratings = ratings;
    this.generator = generator;
  }

  /** The rating module below it; null of a generator. */
  public RatingModel ratings() {
    return ratings;
  }

  /** The generator of explanations that writes the reviews; null of ELIXIR's models. */
  public GeneratorModel generator() {
    return generator;
  }

  /** The name on the command line. */
  public String id() {
    return ratings == null ? generator.id() : ratings.id();
  }

  /** The name in tables, as the paper prints it. */
  public String title() {
    return ratings == null ? generator.title() : ratings.title();
  }

  /** Whether it has attention weights to show. */
  public boolean attention() {
    return ratings != null && ratings.variant().equals("full");
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

  /** Requires a model that explains any pair, with all its ratings: ELIXIR's. */
  public ReviewModel requireElixir() {
    if (ratings == null) {
      throw new InputException(
          "model "
              + id()
              + " writes reviews only; for ratings, weights and reviews of any pair take elixir or"
              + " an ablation of it");
    }
    return this;
  }

  /** Whether there is a model of that name. */
  public static boolean known(String id) {
    return Arrays.stream(values()).anyMatch(model -> model.id().equals(id));
  }

  /** All names, for messages. */
  public static String ids() {
    return Arrays.stream(values()).map(ReviewModel::id).collect(Collectors.joining(", "));
  }
}
