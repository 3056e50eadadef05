package explainrec.report;

import explainrec.data.InputException;
import explainrec.run.ExplanationResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Runs of explanation generators on one split, checked to be comparable. */
final class ExplanationRuns {
  private static final List<String> ALIGNED =
      List.of(ExplanationVariant.NONE, "rating", "feature", "both");

  private final List<Group> groups = new ArrayList<>();
  private final ExplanationResult first;

  /**
   * The seeds of one generator with one choice of settings.
   *
   * @param variant what was done to the generator
   * @param seeds its runs
   */
  record Group(ExplanationVariant variant, SeedGroup<ExplanationResult> seeds) {
    String model() {
      return seeds.model();
    }

    String title() {
      return seeds.title();
    }

    List<ExplanationResult> runs() {
      return seeds.runs();
    }

    /** Mean and deviation over seeds of a score of all test rows. */
    Cell cell(ExplanationScore score) {
      return seeds.overSeeds(score::of);
    }

    /** The same of a number by its name in the runs' files. */
    Cell cell(String metric, double factor) {
      return cell(run -> factor * run.metrics().getOrDefault(metric, Double.NaN));
    }

    Cell cell(ToDoubleFunction<ExplanationResult> number) {
      return seeds.overSeeds(number);
    }
  }

  /**
   * Groups runs by model and variant.
   *
   * @param runs at least one
   * @throws InputException when they were not made on the same data, split and explanations, or
   *     judged by different judges
   */
  ExplanationRuns(List<ExplanationResult> runs) {
    if (runs.isEmpty()) {
      throw new InputException(
          "a table of no explanation runs: run a generator first, ./kit run --help says how");
    }
    first = runs.get(0);
    Map<Long, ExplanationResult> judges = new TreeMap<>();
    for (ExplanationResult run : runs) {
      RunSets.checkData(first, run);
      boolean sameSplit =
          run.data().splitHash().equals(first.data().splitHash())
              && run.test().rating().length == first.test().rating().length;
      RunSets.check(sameSplit, "different splits", first, run);
      RunSets.check(
          run.explained().equals(first.explained()), "different explanations", first, run);
      ExplanationResult other = judges.putIfAbsent(run.seed(), run);
      RunSets.check(
          other == null || judge(other).equals(judge(run)), "different judges", other, run);
    }
    group(runs);
  }

  private static List<Object> judge(ExplanationResult run) {
    ExplanationResult.Estimator estimator = run.estimator();
    return List.of(estimator.judgeEncoder(), estimator.judgeSeed(), estimator.judgeRows());
  }

  private void group(List<ExplanationResult> runs) {
    Map<String, List<ExplanationResult>> byVariant = new LinkedHashMap<>();
    for (ExplanationResult run : runs) {
      byVariant.computeIfAbsent(run.model() + " " + run.variant(), v -> new ArrayList<>()).add(run);
    }
    Map<String, Long> alike =
        byVariant.values().stream()
            .collect(
                Collectors.groupingBy(seeds -> plainTitle(seeds.get(0)), Collectors.counting()));
    for (List<ExplanationResult> seeds : byVariant.values()) {
      seeds.sort(Comparator.comparingLong(ExplanationResult::seed));
      RunSets.checkSeeds(seeds);
      for (ExplanationResult run : seeds) {
        boolean same = run.settings().toString().equals(seeds.get(0).settings().toString());
        RunSets.check(same, "different settings", seeds.get(0), run);
      }
      ExplanationVariant variant = ExplanationVariant.of(seeds.get(0));
      String title = plainTitle(seeds.get(0));
      boolean apart = alike.get(title) > 1 && !variant.tag().isEmpty();
      groups.add(
          new Group(
              variant,
              new SeedGroup<>(
                  seeds.get(0).model(),
                  apart ? title + " (" + variant.tag() + ")" : title,
                  List.copyOf(seeds))));
    }
    groups.sort(
        Comparator.comparing(Group::model, ModelOrder.COMPARATOR)
            .thenComparingInt(group -> ALIGNED.indexOf(group.variant().align()))
            .thenComparing(group -> group.variant().changes().size())
            .thenComparing(Group::title));
  }

  private static String plainTitle(ExplanationResult run) {
    return run.title() + ExplanationVariant.of(run).words();
  }

  /**
   * Adds a row a generator, with a rule between models.
   *
   * @param table takes them
   * @param cells of a generator
   */
  void rows(ResultTable.Builder table, Function<Group, List<Cell>> cells) {
    String model = "";
    for (Group group : groups) {
      if (!group.model().equals(model)) {
        table.rule();
        model = group.model();
      }
      table.row(cells.apply(group));
    }
  }

  /** Generators in the tables' order, each with its backbone first. */
  List<Group> groups() {
    return groups;
  }

  /**
   * Finds a generator; of several that differ in what tables do not know, the one without a tag.
   *
   * @param model its key
   * @param align as in {@link ExplanationVariant}
   * @param changes as there
   */
  Optional<Group> find(String model, String align, List<String> changes) {
    return groups.stream()
        .filter(g -> g.model().equals(model) && g.variant().is(align, changes))
        .min(Comparator.comparing(group -> group.variant().tag()));
  }

  /** What a group's generator was before. */
  Optional<Group> backbone(Group group) {
    return find(group.model(), ExplanationVariant.NONE, List.of());
  }

  /** All runs. */
  List<ExplanationResult> all() {
    return groups.stream().flatMap(group -> group.runs().stream()).toList();
  }

  /** Whether a generated world knows what some of the texts say. */
  boolean haveTruth() {
    return all().stream().anyMatch(run -> run.test().polarity() != null);
  }

  /** The data set's name. */
  String dataset() {
    return first.data().name();
  }

  /** Number of test rows. */
  int rows() {
    return first.test().rating().length;
  }

  /** Whether any generator has more than one seed. */
  boolean severalSeeds() {
    return groups.stream().anyMatch(group -> group.runs().size() > 1);
  }

  /** The one line that all tables begin their notes with: data, profile, seeds, test rows. */
  String origin() {
    Map<String, List<ExplanationResult>> byTitle = new LinkedHashMap<>();
    groups.forEach(group -> byTitle.put(group.title(), group.runs()));
    return RunSets.origin(byTitle, rows()) + languageModels();
  }

  /** Where the kit's own language models come from, for tables whose numbers they made. */
  private String languageModels() {
    boolean mini =
        groups.stream()
            .flatMap(group -> group.runs().stream())
            .anyMatch(run -> "gpt2-mini".equals(run.settings().get("gpt")));
    return mini ? " gpt2-mini, trained by the kit on this data's train split." : "";
  }
}
