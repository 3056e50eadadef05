package explainrec.report;

import explainrec.data.InputException;
import explainrec.run.RunResult;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Runs of several models and seeds on one data set, checked to be comparable. */
final class Study {
  private final Map<String, List<RunResult>> models = new TreeMap<>(ModelOrder.COMPARATOR);
  private final RunResult first;

  /**
   * Groups runs by model.
   *
   * @param runs at least one
   * @throws InputException when they were not made on the same data and splits
   */
  Study(List<RunResult> runs) {
    if (runs.isEmpty()) {
      throw new InputException("a table of no runs: run a model first, ./kit run --help says how");
    }
    first = runs.get(0);
    Map<Long, RunResult> bySeed = new TreeMap<>();
    for (RunResult run : runs) {
      check(
          run.data().name().equals(first.data().name())
              && run.data().fingerprint().equals(first.data().fingerprint()),
          "different data",
          first,
          run);
      RunResult sameSeed = bySeed.putIfAbsent(run.seed(), run);
      if (sameSeed != null) {
        check(
            sameSeed.data().splitHash().equals(run.data().splitHash())
                && Arrays.equals(sameSeed.test().rows(), run.test().rows()),
            "different splits",
            sameSeed,
            run);
      }
      models.computeIfAbsent(run.model(), m -> new java.util.ArrayList<>()).add(run);
    }
    for (List<RunResult> seeds : models.values()) {
      seeds.sort(Comparator.comparingLong(RunResult::seed));
      for (int s = 1; s < seeds.size(); s++) {
        check(
            seeds.get(s).seed() != seeds.get(s - 1).seed(),
            "the same seed twice",
            seeds.get(s - 1),
            seeds.get(s));
      }
    }
  }

  private static void check(boolean fine, String what, RunResult a, RunResult b) {
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

  private static String name(RunResult run) {
    return run.data().name() + "/" + run.model() + "-seed" + run.seed();
  }

  /** Runs by model in the tables' order, each list by seed. */
  Map<String, List<RunResult>> models() {
    return models;
  }

  /** The data set's name. */
  String dataset() {
    return first.data().name();
  }

  /** The aspects' names. */
  List<String> aspects() {
    return first.data().aspects();
  }

  /** A model's name in tables. */
  String title(String model) {
    return models.get(model).get(0).title();
  }

  /** One number a seed, in the order of seeds. */
  double[] each(String model, ToDoubleFunction<RunResult> number) {
    return models.get(model).stream().mapToDouble(number).toArray();
  }

  /** What the numbers of a table were made from: data, profile, seeds, test rows. */
  String origin() {
    List<RunResult> all = models.values().stream().flatMap(List::stream).toList();
    String profiles =
        all.stream().map(RunResult::profile).distinct().sorted().collect(Collectors.joining(", "));
    TreeSet<Long> seeds = new TreeSet<>();
    all.forEach(run -> seeds.add(run.seed()));
    boolean uneven = models.values().stream().anyMatch(runs -> runs.size() != seeds.size());
    String perModel =
        uneven
            ? " ("
                + models.values().stream()
                    .map(runs -> runs.get(0).title() + ": " + runs.size())
                    .collect(Collectors.joining(", "))
                + ")"
            : "";
    return "Data "
        + dataset()
        + ", profile "
        + profiles
        + (profiles.contains(",") ? " (mixed: not comparable)" : "")
        + (seeds.size() == 1 ? ", seed " : ", seeds ")
        + seeds.stream().map(String::valueOf).collect(Collectors.joining(", "))
        + perModel
        + "; "
        + count(first.data().test(), "test row")
        + ".";
  }

  /** How many of the test rows were found in train. */
  String leaks() {
    int leaked = 0;
    for (boolean row : first.leaked()) {
      leaked += row ? 1 : 0;
    }
    return "Leaked: the review's text or a near-duplicate of it stands in train; "
        + String.format(
            java.util.Locale.ROOT, "%,d of %,d test rows.", leaked, first.leaked().length);
  }

  static String count(int number, String what) {
    return String.format(java.util.Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
  }
}
