package explainrec.report;

import explainrec.data.InputException;
import explainrec.run.RunResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

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
      RunSets.checkData(first, run);
      RunResult sameSeed = bySeed.putIfAbsent(run.seed(), run);
      if (sameSeed != null) {
        RunSets.check(
            sameSeed.data().splitHash().equals(run.data().splitHash())
                && Arrays.equals(sameSeed.test().rows(), run.test().rows()),
            "different splits",
            sameSeed,
            run);
      }
      models.computeIfAbsent(run.model(), m -> new ArrayList<>()).add(run);
    }
    for (List<RunResult> seeds : models.values()) {
      seeds.sort(Comparator.comparingLong(RunResult::seed));
      RunSets.checkSeeds(seeds);
    }
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
    Map<String, List<RunResult>> byTitle = new LinkedHashMap<>();
    models.forEach((model, runs) -> byTitle.put(title(model), runs));
    return RunSets.origin(byTitle, first.data().test());
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
}
