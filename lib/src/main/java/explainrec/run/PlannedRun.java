package explainrec.run;

import explainrec.data.InputException;
import explainrec.data.Prepared;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private static final String ALIGN = "align";
  private static final String NONE = "none";

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
   * The names of the settings that its numbers depend on, those of the data among them.
   *
   * @param session its settings
   * @return names
   */
  Set<String> reads(Session session) {
    Session own = session.with(changes);
    ModelSettings models = own.settings().models();
    String lm = LanguageModels.shortName(own);
    return switch (kind) {
      case RATINGS -> models.of(RatingModel.of(model)).keySet();
      case REVIEWS -> models.of(ReviewModel.of(model), lm, TextEncoders.shortName(own)).keySet();
      case EXPLANATIONS -> models.of(GeneratorModel.of(model), lm).keySet();
    };
  }

  /**
   * What tells the models of a study apart: the model, for a fine-tuned generator what it was
   * aligned with, and the tag.
   */
  public String label() {
    String align = kind == Kind.EXPLANATIONS ? changes.getOrDefault(ALIGN, NONE) : NONE;
    return model + (align.equals(NONE) ? "" : "-mmi-" + align) + (tag.isEmpty() ? "" : "-" + tag);
  }

  /**
   * The run's folder.
   *
   * @param session its results
   * @return below {@code runs}, there or not
   */
  public Path folder(Session session) {
    return session.folder().resolve("runs").resolve(name(session) + "-seed" + seed);
  }

  private String name(Session session) {
    return switch (kind) {
      case RATINGS -> label();
      case REVIEWS -> label() + "-reviews";
      case EXPLANATIONS -> {
        String align = changes.getOrDefault(ALIGN, session.settings().mmi().align());
        String variant = align.equals(NONE) ? "backbone" : "mmi-" + align;
        yield model + "-" + (tag.isEmpty() ? variant : variant + "-" + tag);
      }
    };
  }

  /**
   * Looks at what stands in the run's folder; nothing is computed.
   *
   * @param session folders, settings and device
   * @param prepared the data
   * @return its state
   * @throws InputException for settings that cannot be
   */
  public RunState look(Session session, Prepared prepared) {
    RunFolder files = files(session, prepared);
    RunState state = files.look();
    if (state.kind() != RunState.Kind.ELSEWHERE && !state.keepable()) {
      return state;
    }
    Result there;
    try {
      there = result(session);
    } catch (InputException e) {
      return RunState.of(RunState.Kind.BROKEN, RunFolder.RESULT + " cannot be read");
    }
    return state.kind() == RunState.Kind.ELSEWHERE ? elsewhere(files.made(), there) : state;
  }

  /** Compares what a result itself tells; its code is not told, and its device does not matter. */
  private RunState elsewhere(RunKey here, Result there) {
    RunKey told =
        new RunKey(
            here.name(),
            there.seed(),
            there.profile(),
            RunKey.words(there.settings()),
            here.weights(),
            there instanceof ExplanationResult written
                ? written.explained()
                : there.data().splitHash(),
            here.device(),
            "");
    Set<RunState.Part> parts = here.differs(told);
    Set<RunState.Part> seen = EnumSet.copyOf(parts);
    seen.remove(RunState.Part.CODE);
    String words = "made elsewhere, it has no checkpoint/";
    return new RunState(
        RunState.Kind.ELSEWHERE,
        parts,
        seen.isEmpty() ? words : words + ", from " + here.against(told, seen));
  }

  /**
   * Reads the result that stands in the run's folder, whoever made it.
   *
   * @param session its results
   * @return as in its run.json
   * @throws InputException when it is missing or not whole
   */
  public Result result(Session session) {
    Path file = folder(session).resolve(RunFolder.RESULT);
    try {
      return switch (kind) {
        case RATINGS -> RunJson.mapper().readValue(file.toFile(), RunResult.class);
        case REVIEWS -> RunJson.mapper().readValue(file.toFile(), ReviewResult.class);
        case EXPLANATIONS -> RunJson.mapper().readValue(file.toFile(), ExplanationResult.class);
      };
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read, or is no run of " + kind.id, e);
    }
  }

  /**
   * The runs that this one makes first where they are missing.
   *
   * @param session its settings
   * @return the one it stands on, and so on
   */
  public List<PlannedRun> below(Session session) {
    Session own = session.with(changes);
    PlannedRun below = null;
    if (kind == Kind.REVIEWS) {
      RatingModel ratings = ReviewModel.of(model).ratings();
      if (ratings != null && !own.settings().reviews().training().equals("joint")) {
        String ratingTag = ReviewRun.ratingTag(session, own, ratings, tag);
        below = new PlannedRun(Kind.RATINGS, ratings.id(), ratingTag, changes, seed);
      }
    } else if (kind == Kind.EXPLANATIONS) {
      if (!own.settings().mmi().align().equals(NONE)) {
        String backbone = MmiRun.backboneTag(session, own, GeneratorModel.of(model), tag);
        Map<String, String> without = new TreeMap<>(changes);
        without.putAll(MmiRun.BACKBONE);
        below = new PlannedRun(kind, model, backbone, without, seed);
      } else if (GeneratorModel.of(model) == GeneratorModel.ELIXIR) {
        below = new PlannedRun(Kind.RATINGS, RatingModel.ELIXIR.id(), "", Map.of(), seed);
      }
    }
    List<PlannedRun> all = new ArrayList<>();
    if (below != null) {
      all.add(below);
      all.addAll(below.below(session));
    }
    return all;
  }

  /** The run's files. */
  RunFolder files(Session session, Prepared prepared) {
    return switch (kind) {
      case RATINGS -> ratings(session, prepared).files();
      case REVIEWS -> reviews(session, prepared).files();
      case EXPLANATIONS -> explanations(session, prepared).files();
    };
  }

  private RatingRun ratings(Session session, Prepared prepared) {
    return new RatingRun(session.with(changes), prepared, RatingModel.of(model), seed, tag);
  }

  private ReviewRun reviews(Session session, Prepared prepared) {
    return new ReviewRun(session.with(changes), prepared, ReviewModel.of(model), seed, tag)
        .over(session);
  }

  private MmiRun explanations(Session session, Prepared prepared) {
    return new MmiRun(session, prepared, GeneratorModel.of(model), seed, tag, changes);
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
      case RATINGS -> ratings(session, prepared).report(lines).run();
      case REVIEWS -> reviews(session, prepared).report(lines).run();
      case EXPLANATIONS -> explanations(session, prepared).report(lines).run();
    };
  }
}
