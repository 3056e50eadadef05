package explainrec.report;

import explainrec.metrics.RatingPredictions;
import explainrec.run.Result;
import explainrec.run.ReviewResult;
import explainrec.run.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Models and their variants by settings. A variant's run is named by its model with a tag behind
 * it, as {@code elixir-eta-5}; what sets it apart is read from its settings, never from the tag.
 */
public final class Variants {
  /** Short names of settings that the papers have letters for. */
  private static final Map<String, String> LETTERS =
      Map.of("promptTokens", "eta", "width", "d", "overallWeight", "alpha");

  private static final int SHOWN = 3;
  private static final Set<String> OTHERS = Set.of("truth", "peter-plus", "apref2seq");

  private Variants() {}

  /**
   * The model that a run's name begins with.
   *
   * @param model a run's model, tag included
   * @return the longest known model that it is, or is with a tag behind; itself when it is none
   */
  static String base(String model) {
    Set<String> known = new LinkedHashSet<>(Papers.ELIXIR.titles().keySet());
    known.addAll(OTHERS);
    if (known.contains(model)) {
      return model;
    }
    return known.stream()
        .filter(name -> model.startsWith(name + "-"))
        .max(Comparator.comparingInt(String::length))
        .orElse(model);
  }

  /** What stands behind the model in a run's name; empty for the model itself. */
  static String tag(String model) {
    String base = base(model);
    return base.equals(model) ? "" : model.substring(base.length() + 1);
  }

  /**
   * Two models' runs that a claim about the models may compare: those of the models themselves, or
   * where one of them did not run, those of variants with the same tag and the same settings.
   *
   * @param groups runs by model
   * @param left the first model
   * @param right the second model
   * @return both, or nothing
   */
  static <R extends Result> List<SeedGroup<R>> comparable(
      List<SeedGroup<R>> groups, String left, String right) {
    for (SeedGroup<R> one : inOrderOfTags(groups, left)) {
      for (SeedGroup<R> other : inOrderOfTags(groups, right)) {
        boolean same = tag(one.model()).equals(tag(other.model()));
        if (same && (tag(one.model()).isEmpty() || alike(one, other))) {
          return List.of(one, other);
        }
      }
    }
    return List.of();
  }

  private static <R extends Result> List<SeedGroup<R>> inOrderOfTags(
      List<SeedGroup<R>> groups, String model) {
    return groups.stream()
        .filter(group -> base(group.model()).equals(model))
        .sorted(Comparator.comparing(group -> tag(group.model())))
        .toList();
  }

  /** Whether what two models have in common is set alike. */
  private static <R extends Result> boolean alike(SeedGroup<R> one, SeedGroup<R> other) {
    Map<String, Object> settings = other.runs().get(0).settings();
    return one.runs().get(0).settings().entrySet().stream()
        .filter(entry -> settings.containsKey(entry.getKey()))
        .filter(entry -> !entry.getKey().equals("variant"))
        .allMatch(entry -> same(entry.getValue(), settings.get(entry.getKey())));
  }

  private static boolean same(Object a, Object b) {
    return Objects.toString(a).equals(Objects.toString(b));
  }

  /**
   * The runs of models themselves.
   *
   * @param runs any
   * @param <R> kind of run
   * @return those without a tag
   */
  public static <R extends Result> List<R> plain(List<R> runs) {
    return runs.stream().filter(Variants::plain).toList();
  }

  private static boolean plain(Result run) {
    return base(run.model()).equals(run.model());
  }

  /**
   * The models that have variants, with all of their variants, each titled by the settings that set
   * it apart.
   *
   * @param runs any
   * @return empty when there are no variants
   */
  public static List<RunResult> ofRatings(List<RunResult> runs) {
    return of(runs, Variants::titled);
  }

  /**
   * The same of runs that write reviews.
   *
   * @param runs any
   * @return empty when there are no variants
   */
  public static List<ReviewResult> ofReviews(List<ReviewResult> runs) {
    return of(runs, Variants::titled);
  }

  /** Gives a run another title. */
  @FunctionalInterface
  private interface Titler<R> {
    R title(R run, String title);
  }

  private static <R extends Result> List<R> of(List<R> runs, Titler<R> titler) {
    Set<String> bases =
        runs.stream()
            .filter(run -> !plain(run))
            .map(run -> base(run.model()))
            .collect(Collectors.toSet());
    List<R> shown = new ArrayList<>();
    for (R run : runs) {
      if (plain(run) && bases.contains(run.model())) {
        shown.add(run);
      } else if (!plain(run)) {
        shown.add(titler.title(run, apart(run, runs)));
      }
    }
    return shown;
  }

  /** A variant's title: its model's, and the settings that it has otherwise. */
  private static <R extends Result> String apart(R run, List<R> runs) {
    Optional<R> whole =
        runs.stream().filter(other -> other.model().equals(base(run.model()))).findFirst();
    if (whole.isEmpty()) {
      return run.title();
    }
    List<String> differences = new ArrayList<>();
    run.settings()
        .forEach(
            (key, value) -> {
              Object usual = whole.get().settings().get(key);
              if (!same(value, usual)) {
                differences.add(name(key, value));
              }
            });
    if (differences.isEmpty()) {
      return run.title();
    }
    List<String> first = differences.subList(0, Math.min(SHOWN, differences.size()));
    int more = differences.size() - first.size();
    return whole.get().title()
        + ", "
        + String.join(", ", first)
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String name(String key, Object value) {
    return LETTERS.getOrDefault(key, key) + " = " + value;
  }

  /**
   * Runs of one model that differ in one setting and in nothing else, titled by its value: they go
   * into tables and charts as models do.
   *
   * @param runs any
   * @param model whose, for instance {@code elixir}
   * @param setting its key, for instance {@code width}
   * @return by value, then seed; empty when no two runs differ in this setting alone
   */
  public static List<RunResult> sweepRatings(List<RunResult> runs, String model, String setting) {
    return sweep(runs, model, setting, Variants::titled);
  }

  /**
   * The same of runs that write reviews.
   *
   * @param runs any
   * @param model whose, for instance {@code elixir}
   * @param setting its key, for instance {@code promptTokens}
   * @return by value, then seed; empty when no two runs differ in this setting alone
   */
  public static List<ReviewResult> sweepReviews(
      List<ReviewResult> runs, String model, String setting) {
    return sweep(runs, model, setting, Variants::titled);
  }

  /**
   * Finds the largest set of a model's runs that are alike but for one setting. Where two names
   * stand for one value, the model's own runs count.
   */
  private static <R extends Result> List<R> sweep(
      List<R> runs, String model, String setting, Titler<R> titler) {
    Map<String, Map<String, Map<String, List<R>>>> alike = new LinkedHashMap<>();
    for (R run : runs) {
      if (base(run.model()).equals(model) && run.settings().containsKey(setting)) {
        Map<String, Object> rest = new TreeMap<>(run.settings());
        String value = String.valueOf(rest.remove(setting));
        alike
            .computeIfAbsent(run.profile() + rest, r -> new TreeMap<>(Variants::byValue))
            .computeIfAbsent(value, v -> new TreeMap<>(ModelOrder.COMPARATOR))
            .computeIfAbsent(run.model(), m -> new ArrayList<>())
            .add(run);
      }
    }
    List<R> found = new ArrayList<>();
    alike.values().stream()
        .filter(values -> values.size() > 1)
        .max(
            Comparator.<Map<String, Map<String, List<R>>>>comparingInt(Map::size)
                .thenComparing(
                    values -> values.values().stream().anyMatch(n -> n.containsKey(model))))
        .ifPresent(
            values ->
                values.forEach(
                    (value, names) ->
                        names
                            .values()
                            .iterator()
                            .next()
                            .forEach(run -> found.add(titler.title(run, name(setting, value))))));
    return found;
  }

  private static int byValue(String a, String b) {
    try {
      return Double.compare(Double.parseDouble(a), Double.parseDouble(b));
    } catch (NumberFormatException e) {
      return a.compareTo(b); // such as "auto", or words
    }
  }

  /**
   * The settings in which runs of a model differ, one at a time.
   *
   * @param runs any
   * @param model whose
   * @return keys for which a sweep is not empty, in the settings' order
   */
  static <R extends Result> List<String> swept(List<R> runs, String model) {
    Set<String> keys = new LinkedHashSet<>();
    runs.stream()
        .filter(run -> base(run.model()).equals(model))
        .forEach(run -> keys.addAll(run.settings().keySet()));
    return keys.stream()
        .filter(key -> !sweep(runs, model, key, (run, title) -> run).isEmpty())
        .toList();
  }

  static RunResult titled(RunResult run, String title) {
    return copy(run, title, run.test());
  }

  /** A run with other predictions, for instance of some of its test rows. */
  static RunResult tested(RunResult run, RatingPredictions test) {
    return copy(run, run.title(), test);
  }

  private static RunResult copy(RunResult run, String title, RatingPredictions test) {
    return new RunResult(
        run.format(),
        run.model(),
        title,
        run.profile(),
        run.seed(),
        run.settings(),
        run.deviations(),
        run.data(),
        run.versions(),
        run.device(),
        run.cost(),
        run.epochs(),
        run.bestEpoch(),
        test,
        run.leaked(),
        run.coldUser(),
        run.coldItem(),
        run.metrics());
  }

  static ReviewResult titled(ReviewResult run, String title) {
    return new ReviewResult(
        run.kind(),
        run.format(),
        run.model(),
        title,
        run.profile(),
        run.seed(),
        run.settings(),
        run.deviations(),
        run.data(),
        run.lm(),
        run.versions(),
        run.device(),
        run.cost(),
        run.epochs(),
        run.bestEpoch(),
        run.test(),
        run.ratings(),
        run.leaked(),
        run.coldUser(),
        run.coldItem(),
        run.metrics());
  }
}
