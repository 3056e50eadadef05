package explainrec.report;

import explainrec.data.InputException;
import explainrec.run.Result;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What holds for runs of all kinds that stand in one table. */
final class RunSets {
  private RunSets() {}

  /** Refuses two runs that cannot stand in one table. */
  static void check(boolean fine, String what, Result a, Result b) {
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

  private static String name(Result run) {
    return run.data().name() + "/" + run.run();
  }

  /** Refuses two runs that learnt from different data. */
  static void checkData(Result a, Result b) {
    check(
        a.data().name().equals(b.data().name())
            && a.data().fingerprint().equals(b.data().fingerprint()),
        "different data",
        a,
        b);
  }

  /** Refuses a seed that stands twice among a model's runs, sorted by seed. */
  static void checkSeeds(List<? extends Result> seeds) {
    for (int s = 1; s < seeds.size(); s++) {
      Result a = seeds.get(s - 1);
      check(a.seed() != seeds.get(s).seed(), "the same seed twice", a, seeds.get(s));
    }
  }

  /**
   * What the numbers of a table were made from: data, profile, seeds, test rows; and how many seeds
   * each model has where they have different numbers of them.
   *
   * @param groups title to the seeds of a model, at least one
   * @param testRows number of them
   */
  static String origin(Map<String, ? extends List<? extends Result>> groups, int testRows) {
    Set<String> profiles = new TreeSet<>();
    Set<Long> seeds = new TreeSet<>();
    for (List<? extends Result> group : groups.values()) {
      group.forEach(run -> profiles.add(run.profile()));
      group.forEach(run -> seeds.add(run.seed()));
    }
    boolean uneven = groups.values().stream().anyMatch(group -> group.size() != seeds.size());
    String perModel =
        groups.entrySet().stream()
            .map(group -> group.getKey() + ": " + group.getValue().size())
            .collect(Collectors.joining("; ", " (", ")"));
    return "Data "
        + groups.values().iterator().next().get(0).data().name()
        + ", profile "
        + String.join(", ", profiles)
        + (profiles.size() > 1 ? " (mixed: not comparable)" : "")
        + (seeds.size() == 1 ? ", seed " : ", seeds ")
        + seeds.stream().map(String::valueOf).collect(Collectors.joining(", "))
        + (uneven ? perModel : "")
        + "; "
        + count(testRows, "test row")
        + ".";
  }

  /** A number with its noun. */
  static String count(int number, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
  }

  /** Where runs leave the paper: a row for each sentence, with the titles it concerns. */
  static ResultTable deviations(List<? extends Result> runs) {
    Map<String, Set<String>> models = new LinkedHashMap<>();
    for (Result run : runs) {
      for (String sentence : run.deviations()) {
        models.computeIfAbsent(sentence, s -> new LinkedHashSet<>()).add(run.title());
      }
    }
    return RunTables.deviations(models);
  }

  /** The devices that runs were made on. */
  static String devices(List<? extends Result> runs) {
    return runs.stream().map(Result::device).distinct().collect(Collectors.joining(", "));
  }
}
