package explainrec.run;

import explainrec.data.InputException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The rating models, by the names they have on the command line and in tables. */
public enum RatingModel {
  /** Every rating is its mean over train. */
  AVERAGE("average", "Average", null),
  /** Mean plus user and item bias. */
  BIAS("bias", "User+item bias", null),
  /** The generated world's own expected ratings: what it errs by is the noise floor. */
  TRUTH("truth", "Noise floor", null),
  /** The paper's model. */
  ELIXIR("elixir", "ELIXIR", "full"),
  /** Element-wise maximum instead of attention, eq. 13. */
  ELIXIR_NO_ATTENTION("elixir-no-attention", "-Attention", "no-attention"),
  /** Ratings from the global vectors alone, eq. 15. */
  ELIXIR_NO_GLOBAL("elixir-no-global", "-Global", "no-global"),
  /** No aspect vectors, aspect ratings or attention: the overall rating alone, eq. 14. */
  ELIXIR_NO_ASPECTS("elixir-no-aspects", "-Aspects", "no-aspects");

  private final String id;
  private final String title;
  private final String variant;

  RatingModel(String id, String title, String variant) {
    this.id = id;
    this.title = title;
    this.variant = variant;
  }

  /** The name on the command line and of the run's folder. */
  public String id() {
    return id;
  }

  /** The name in tables, as the paper prints it. */
  public String title() {
    return title;
  }

  /** ELIXIR's variant; null for models that are not trained by gradient. */
  public String variant() {
    return variant;
  }

  /** Whether epochs are trained. */
  public boolean trained() {
    return variant != null;
  }

  /** Whether a review module stands on it. */
  public boolean writes() {
    return trained();
  }

  /**
   * Finds a model.
   *
   * @param id its name on the command line
   * @return the model
   * @throws InputException when there is none of that name
   */
  public static RatingModel of(String id) {
    for (RatingModel model : values()) {
      if (model.id.equals(id)) {
        return model;
      }
    }
    throw new InputException("model " + id + " is not known; there are: " + ids());
  }

  /** All names, for messages. */
  public static String ids() {
    return Arrays.stream(values()).map(RatingModel::id).collect(Collectors.joining(", "));
  }
}
