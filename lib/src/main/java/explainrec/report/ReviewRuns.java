package explainrec.report;

import explainrec.data.InputException;
import explainrec.run.ReviewResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Review runs of several models and seeds on one split, checked to be comparable. */
final class ReviewRuns {
  /** Settings that make two runs of one model two lines of a table, with their short names. */
  private static final Map<String, String> VARIED = varied();

  private final List<SeedGroup<ReviewResult>> groups = new ArrayList<>();
  private final ReviewResult first;

  /**
   * Groups runs.
   *
   * @param runs at least one
   * @throws InputException when they were not made on the same data and split
   */
  ReviewRuns(List<ReviewResult> runs) {
    if (runs.isEmpty()) {
      throw new InputException(
          "a table of no review runs: run a review model first, ./kit run --help says how");
    }
    first = runs.get(0);
    Map<String, ReviewResult> encoders = new LinkedHashMap<>();
    for (ReviewResult run : runs) {
      RunSets.checkData(first, run);
      boolean sameSplit =
          run.data().splitHash().equals(first.data().splitHash())
              && run.leaked().length == first.leaked().length;
      RunSets.check(sameSplit, "different splits", first, run);
      if (run.test().bertEncoder() != null) {
        encoders.putIfAbsent(run.test().bertEncoder(), run);
      }
    }
    List<ReviewResult> different = List.copyOf(encoders.values());
    if (different.size() > 1) {
      RunSets.check(false, "different encoders for BERTScore", different.get(0), different.get(1));
    }
    group(runs);
  }

  private void group(List<ReviewResult> runs) {
    Map<List<String>, List<ReviewResult>> byTitle = new LinkedHashMap<>();
    runs.stream()
        .sorted(
            Comparator.comparing(ReviewResult::model, ModelOrder.COMPARATOR)
                .thenComparingLong(ReviewResult::seed))
        .forEach(
            run ->
                byTitle
                    .computeIfAbsent(
                        List.of(run.model(), title(run, apart(run, runs))), t -> new ArrayList<>())
                    .add(run));
    byTitle.forEach(
        (title, seeds) -> {
          RunSets.checkSeeds(seeds);
          groups.add(new SeedGroup<>(seeds.get(0).model(), title.get(1), List.copyOf(seeds)));
        });
    groups.sort(Comparator.comparing(SeedGroup::model, ModelOrder.COMPARATOR));
  }

  /** The settings in which runs of this run's model differ; variants are titled by theirs. */
  private static List<String> apart(ReviewResult run, List<ReviewResult> runs) {
    return VARIED.keySet().stream()
        .filter(
            key ->
                runs.stream()
                        .filter(other -> other.model().equals(run.model()))
                        .map(other -> setting(other, key))
                        .distinct()
                        .count()
                    > 1)
        .toList();
  }

  private static Map<String, String> varied() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("psi", "psi ");
    names.put("promptTokens", "eta ");
    names.put("lmTraining", "language model ");
    names.put("training", "training ");
    names.put("lossMean", "loss over ");
    return names;
  }

  private static String setting(ReviewResult run, String key) {
    return String.valueOf(run.settings().get(key));
  }

  private static String title(ReviewResult run, List<String> apart) {
    StringBuilder title = new StringBuilder(run.title());
    if (run.lm() != null) {
      title.append(", ").append(run.lm().name());
    }
    for (String key : apart) {
      if (!run.settings().containsKey(key)) {
        continue; // a generator has no psi
      }
      title.append(", ").append(VARIED.get(key)).append(setting(run, key));
    }
    return title.toString();
  }

  /** Models in the tables' order. */
  List<SeedGroup<ReviewResult>> groups() {
    return groups;
  }

  /** All runs. */
  List<ReviewResult> all() {
    return groups.stream().flatMap(group -> group.runs().stream()).toList();
  }

  /** The first group of a model. */
  SeedGroup<ReviewResult> group(String model) {
    return groups.stream().filter(group -> group.model().equals(model)).findFirst().orElse(null);
  }

  /** The model that others are compared with: the paper's where it ran, else the first. */
  String reference() {
    return group("elixir") != null ? "elixir" : groups.get(0).model();
  }

  /** The data set's name. */
  String dataset() {
    return first.data().name();
  }

  /** Whether any model has more than one seed. */
  boolean severalSeeds() {
    return groups.stream().anyMatch(group -> group.runs().size() > 1);
  }

  /** Numbers of all test rows, or of those that are not leaked. */
  int[] rows(boolean withoutLeaked) {
    boolean[] leaked = first.leaked();
    return IntStream.range(0, leaked.length).filter(n -> !withoutLeaked || !leaked[n]).toArray();
  }

  /** How often each row counts when some rows count once, (N). */
  static int[] once(int[] kept, int rows) {
    int[] counts = new int[rows];
    for (int n : kept) {
      counts[n] = 1;
    }
    return counts;
  }

  /** The one line that all tables begin their notes with: data, profile, seeds, test rows. */
  String origin() {
    Map<String, List<ReviewResult>> byTitle = new LinkedHashMap<>();
    groups.forEach(group -> byTitle.put(group.title(), group.runs()));
    return RunSets.origin(byTitle, first.leaked().length);
  }
}
