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
  ELIXIR_NO_ASPECTS("elixir-no-aspects", "-Aspects", "no-aspects"),
  /** Matrix factorization with biases. */
  MF("mf", "MF", null, true),
  /** The tower of neural collaborative filtering. */
  MLP("mlp", "MLP", null, true),
  /** Neural matrix factorization. */
  NEUMF("neumf", "NeuMF", null, true),
  /** The aspect-aware latent factor model. */
  ALFM("alfm", "ALFM", null, true),
  /** The aspect-based neural recommender. */
  ANR("anr", "ANR", null, true);

  private final String id;
  private final String title;
  private final String variant;
  private final boolean trained;

  RatingModel(String id, String title, String variant) {
    this(id, title, variant, variant != null);
  }

  RatingModel(String id, String title, String variant, boolean trained) {
    this.id = id;
    this.title = title;
    this.variant = variant;
    this.trained = trained;
  }

  /** The name on the command line and of the run's folder. */
  public String id() {
    return id;
  }

  /** The name in tables, as the paper prints it. */
  public String title() {
    return title;
  }

  /** ELIXIR's variant; null for other models. */
  public String variant() {
    return variant;
  }

  /** Whether epochs are trained. */
  public boolean trained() {
    return trained;
  }

  /** Whether a review module stands on it. */
  public boolean writes() {
    return variant != null;
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
