package explainrec.run;

import explainrec.data.InputException;
import explainrec.data.Prepared;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One run of a study: all that a process, here or elsewhere, needs to know to make it, beside the
 * data and the session.
 *
 * @param kind what is measured
 * @param model the model's name on the command line, one of that kind
 * @param tag tells a variant by settings from the model itself, a word; empty for none
 * @param changes settings by name that this run has other than the session
 * @param seed of everything random in it
 */
public record PlannedRun(
    Kind kind, String model, String tag, Map<String, String> changes, long seed)
    implements Serializable {

  /** What a run measures. */
  public enum Kind {
    /** Predicted ratings: {@link RatingRun}, {@link RunResult}. */
    RATINGS("ratings"),
    /** Whole reviews: {@link ReviewRun}, {@link ReviewResult}. */
    REVIEWS("reviews"),
    /** Short explanations: {@link MmiRun}, {@link ExplanationResult}. */
    EXPLANATIONS("explanations");

    private final String id;

    Kind(String id) {
      this.id = id;
    }

    /** The name in a study's file. */
    public String id() {
      return id;
    }

    /**
     * Finds a kind.
     *
     * @param id its name in a study's file
     * @return the kind
     * @throws InputException when there is none of that name
     */
    public static Kind of(String id) {
      return Arrays.stream(values())
          .filter(kind -> kind.id.equals(id))
          .findFirst()
          .orElseThrow(
              () ->
                  InputException.setting(
                      "kind",
                      id,
                      Arrays.stream(values()).map(Kind::id).collect(Collectors.joining(" | "))));
    }
  }

  /** Checks model and tag, and sorts the changes by name. */
  public PlannedRun {
    switch (kind) {
      case RATINGS -> RatingModel.of(model);
      case REVIEWS -> ReviewModel.of(model);
      case EXPLANATIONS -> GeneratorModel.of(model);
    }
    ReviewRun.requireTag(tag);
    changes = new TreeMap<>(changes);
  }

  /**
   * Makes the run, or hands back what an earlier call with the same key left.
   *
   * @param session folders, settings and device; its own seed is not used
   * @param prepared the data
   * @param lines hear how far it is
   * @return its result
   * @throws InputException when it fails
   */
  public Result make(Session session, Prepared prepared, Consumer<String> lines) {
    return switch (kind) {
      case RATINGS ->
          new RatingRun(session.with(changes), prepared, RatingModel.of(model), seed, tag)
              .report(lines)
              .run();
      case REVIEWS ->
          new ReviewRun(session.with(changes), prepared, ReviewModel.of(model), seed, tag)
              .report(lines)
              .run();
      case EXPLANATIONS ->
          new MmiRun(session, prepared, GeneratorModel.of(model), seed, tag, changes)
              .report(lines)
              .run();
    };
  }
}
