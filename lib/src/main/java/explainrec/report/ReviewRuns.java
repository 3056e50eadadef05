package explainrec.report;

import explainrec.data.InputException;
import explainrec.metrics.Statistics;
import explainrec.metrics.Statistics.Interval;
import explainrec.run.ReviewResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Review runs of several models and seeds on one split, checked to be comparable. */
final class ReviewRuns {
  /** Settings that make two runs of one model two lines of a table, with their short names. */
  private static final Map<String, String> VARIED = varied();

  private final List<Group> groups = new ArrayList<>();
  private final ReviewResult first;

  /**
   * The seeds of one model with one choice of settings.
   *
   * @param model its key
   * @param title its name in tables, with the language model and what sets it apart
   * @param runs by seed
   */
  record Group(String model, String title, List<ReviewResult> runs) {
    /** One number a seed. */
    double[] each(ToDoubleFunction<ReviewResult> number) {
      return runs.stream().mapToDouble(number).toArray();
    }

    /** Mean and deviation over seeds. */
    Cell overSeeds(ToDoubleFunction<ReviewResult> number) {
      double[] values = each(number);
      return Cell.of(Statistics.mean(values), Statistics.sampleSd(values));
    }

    /** Mean over seeds of a metric in percent. */
    double percent(ReviewMetric metric, int[] counts) {
      return Statistics.mean(each(run -> metric.percent(run, counts)));
    }

    /**
     * 95% bootstrap interval over test rows of that mean, each resample used for all seeds.
     *
     * @param kept the rows to draw from
     */
    Interval interval(ReviewMetric metric, int[] kept) {
      if (metric.mean() && runs.stream().anyMatch(run -> metric.rows(run) == null)) {
        return new Interval(Double.NaN, Double.NaN);
      }
      int rows = runs.get(0).leaked().length;
      return Statistics.bootstrap(
          kept.length,
          drawn -> percent(metric, spread(drawn, kept, rows)),
          Statistics.RESAMPLES,
          1);
    }
  }

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
      boolean sameData =
          run.data().name().equals(first.data().name())
              && run.data().fingerprint().equals(first.data().fingerprint());
      check(sameData, "different data", first, run);
      boolean sameSplit =
          run.data().splitHash().equals(first.data().splitHash())
              && run.leaked().length == first.leaked().length;
      check(sameSplit, "different splits", first, run);
      if (run.test().bertEncoder() != null) {
        encoders.putIfAbsent(run.test().bertEncoder(), run);
      }
    }
    List<ReviewResult> different = List.copyOf(encoders.values());
    if (different.size() > 1) {
      check(false, "different encoders for BERTScore", different.get(0), different.get(1));
    }
    group(runs);
  }

  private void group(List<ReviewResult> runs) {
    List<String> apart =
        VARIED.keySet().stream()
            .filter(key -> runs.stream().map(run -> setting(run, key)).distinct().count() > 1)
            .toList();
    Map<String, List<ReviewResult>> byTitle = new LinkedHashMap<>();
    runs.stream()
        .sorted(
            Comparator.comparing(ReviewResult::model, ModelOrder.COMPARATOR)
                .thenComparingLong(ReviewResult::seed))
        .forEach(
            run -> byTitle.computeIfAbsent(title(run, apart), t -> new ArrayList<>()).add(run));
    byTitle.forEach(
        (title, seeds) -> {
          for (int s = 1; s < seeds.size(); s++) {
            check(
                seeds.get(s).seed() != seeds.get(s - 1).seed(),
                "the same seed twice",
                seeds.get(s - 1),
                seeds.get(s));
          }
          groups.add(new Group(seeds.get(0).model(), title, List.copyOf(seeds)));
        });
    groups.sort(Comparator.comparing(Group::model, ModelOrder.COMPARATOR));
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
      title.append(", ").append(VARIED.get(key)).append(setting(run, key));
    }
    return title.toString();
  }

  private static void check(boolean fine, String what, ReviewResult a, ReviewResult b) {
    if (!fine) {
      throw new InputException(
          "runs that cannot stand in one table: "
              + name(a)
              + " and "
              + name(b)
              + " have "
              + what
              + "; run them again with the same data settings");
    }
  }

  private static String name(ReviewResult run) {
    return run.data().name() + "/" + run.model() + "-reviews-seed" + run.seed();
  }

  /** Models in the tables' order. */
  List<Group> groups() {
    return groups;
  }

  /** All runs. */
  List<ReviewResult> all() {
    return groups.stream().flatMap(group -> group.runs().stream()).toList();
  }

  /** The first group of a model. */
  Group group(String model) {
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

  private static int[] spread(int[] drawn, int[] kept, int rows) {
    if (kept.length == rows) {
      return drawn;
    }
    int[] counts = new int[rows];
    for (int k = 0; k < kept.length; k++) {
      counts[kept[k]] = drawn[k];
    }
    return counts;
  }

  /** The one line that all tables begin their notes with: data, profile, seeds, test rows. */
  String origin() {
    return ReviewNotes.origin(this);
  }
}
