package explainrec.run;

import explainrec.data.InputException;
import explainrec.text.ReviewWords;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The generators of short explanations, by the names they have on the command line and in tables.
 */
public enum GeneratorModel {
  /** Writes from user, item and a given rating (Dong et al. 2017). */
  ATT2SEQ("att2seq", "Att2Seq", false, false),
  /** Predicts the rating and writes (Li et al. 2021). */
  PETER("peter", "PETER", true, false),
  /** PETER with the feature as a third input. */
  PETER_PLUS("peter-plus", "PETER+", true, true),
  /** Writes from past reviews and a feature (Ni et al. 2019). */
  APREF2SEQ("apref2seq", "ApRef2Seq", false, true),
  /** ELIXIR on short explanations; its prompt generator is the policy. */
  ELIXIR("elixir", "ELIXIR", true, false),
  /** Predicts the rating and writes, with a recurrent network (Li et al. 2017). */
  NRT("nrt", "NRT", true, false),
  /** Prompts of user and item before GPT-2 (Li et al. 2023). */
  PEPLER("pepler", "PEPLER", true, false);

  private final String id;
  private final String title;
  private final boolean predictsRating;
  private final boolean readsFeature;

  GeneratorModel(String id, String title, boolean predictsRating, boolean readsFeature) {
    this.id = id;
    this.title = title;
    this.predictsRating = predictsRating;
    this.readsFeature = readsFeature;
  }

  /** The name on the command line. */
  public String id() {
    return id;
  }

  /** The name in tables, as the papers print it. */
  public String title() {
    return title;
  }

  /** Whether it predicts the rating itself (multi-task). */
  public boolean predictsRating() {
    return predictsRating;
  }

  /** How a whole review becomes words for it. */
  ReviewWords words() {
    return this == ELIXIR || this == PEPLER ? ReviewWords.BETWEEN_BLANKS : ReviewWords.APART;
  }

  /** Whether it is told the feature to speak of. */
  public boolean readsFeature() {
    return readsFeature;
  }

  /**
   * Finds a generator.
   *
   * @param id its name on the command line
   * @return the generator
   * @throws InputException when there is none of that name
   */
  public static GeneratorModel of(String id) {
    return Arrays.stream(values())
        .filter(model -> model.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "model " + id + " writes no short explanations; these do: " + ids()));
  }

  /** Whether there is a generator of that name. */
  public static boolean known(String id) {
    return Arrays.stream(values()).anyMatch(model -> model.id.equals(id));
  }

  /** All names, for messages. */
  public static String ids() {
    return Arrays.stream(values()).map(GeneratorModel::id).collect(Collectors.joining(", "));
  }
}
