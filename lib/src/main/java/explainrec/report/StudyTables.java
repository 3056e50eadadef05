package explainrec.report;

import explainrec.metrics.Statistics;
import explainrec.run.ExplanationResult;
import explainrec.run.Result;
import explainrec.run.RunFailure;
import explainrec.run.StudyMetric;
import explainrec.run.StudyModel;
import explainrec.run.StudyResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table that a study ends with: models against metrics. */
public final class StudyTables {
  private static final String ALIGN = "align"; // part of a generator's name
  private static final int MOST_SETTINGS = 3; // columns of their own

  private StudyTables() {}

  /**
   * Makes the table: a row a model, mean and deviation over seeds, the 95% interval over test rows,
   * what its settings are and how they were found, and a gap with its reason where runs failed.
   *
   * @param found a study's runs
   * @return the table
   * @throws explainrec.data.InputException when the runs were not made on the same data
   */
  public static ResultTable of(StudyResult found) {
    check(found);
    Set<String> varied = varied(found);
    boolean tuned = found.rows().stream().anyMatch(row -> !row.tuning().isEmpty());
    List<StudyMetric> metrics = found.study().metrics();
    ResultTable.Builder table =
        ResultTable.titled(found.study().title() + ": " + found.data())
            .column(Column.text("Model"));
    boolean wide = varied.size() > MOST_SETTINGS;
    (wide ? Set.of("settings") : varied).forEach(setting -> table.column(Column.text(setting)));
    table.column(Column.text("seeds"));
    if (tuned) {
      table.column(Column.text("tuned"));
    }
    for (StudyMetric metric : metrics) {
      table.column(column(metric));
      if (intervals(found, metric)) {
        table.column(Column.of(metric.title() + " 95%", Column.Kind.INTERVAL, metric.decimals()));
      }
    }
    for (StudyResult.Row row : found.rows()) {
      List<Cell> cells = new ArrayList<>();
      cells.add(Cell.of(title(row)));
      if (wide) {
        cells.add(Cell.of(settings(row)));
      } else {
        varied.forEach(setting -> cells.add(Cell.of(value(row, setting))));
      }
      cells.add(Cell.of(seeds(row)));
      if (tuned) {
        cells.add(Cell.of(row.tuning().isEmpty() ? "not tuned" : row.tuning()));
      }
      for (StudyMetric metric : metrics) {
        cells.add(StudyScores.overSeeds(metric, row));
        if (intervals(found, metric)) {
          cells.add(
              row.results().isEmpty() ? Cell.MISSING : Cell.of(StudyScores.interval(metric, row)));
        }
      }
      table.row(cells);
    }
    notes(found, tuned).forEach(table::note);
    return table.build();
  }

  /**
   * The tests of the model that the study names against each other one.
   *
   * @param found a study's runs
   * @return difference, interval, p-values and effect sizes, a line a metric and model
   * @throws explainrec.data.InputException when the study names no model to compare
   */
  public static ResultTable tests(StudyResult found) {
    check(found);
    return StudyComparisons.of(found);
  }

  private static void check(StudyResult found) {
    Result first = null;
    for (StudyResult.Row row : found.rows()) {
      RunSets.checkSeeds(row.results());
      for (Result run : row.results()) {
        first = first == null ? run : first;
        RunSets.checkData(first, run);
        RunSets.check(
            first.data().splitHash().equals(run.data().splitHash()),
            "different splits",
            first,
            run);
      }
    }
  }

  private static Column column(StudyMetric metric) {
    Column.Better better =
        switch (metric.better()) {
          case LOWER -> Column.Better.LOWER;
          case HIGHER -> Column.Better.HIGHER;
          case NEITHER -> Column.Better.NEITHER;
        };
    return new Column("", metric.title(), Column.Kind.SEEDS, metric.decimals(), better);
  }

  private static boolean intervals(StudyResult found, StudyMetric metric) {
    return found.rows().stream()
        .anyMatch(row -> StudyScores.known(metric, StudyScores.kind(metric, row)));
  }

  /** Settings in which the study's models differ by what it says. */
  private static Set<String> varied(StudyResult found) {
    Set<String> names = new LinkedHashSet<>();
    found.rows().forEach(row -> names.addAll(row.model().settings().keySet()));
    names.remove(ALIGN);
    return names;
  }

  /** What a model has of its own, in one cell; null where it has nothing. */
  private static String settings(StudyResult.Row row) {
    List<String> words = new ArrayList<>();
    for (String setting : row.model().settings().keySet()) {
      if (!setting.equals(ALIGN)) {
        words.add(setting + " " + value(row, setting));
      }
    }
    return words.isEmpty() ? null : String.join(", ", words);
  }

  private static String value(StudyResult.Row row, String setting) {
    if (row.results().isEmpty()) {
      String own = row.model().settings().get(setting);
      return own == null ? null : own.replaceFirst(".*[/\\\\]", ""); // a folder by its name
    }
    Object there = row.results().get(0).settings().get(setting);
    return there == null ? null : there.toString();
  }

  /** A model's name in tables, with what was done to it. */
  static String title(StudyResult.Row row) {
    StudyModel model = row.model();
    if (row.results().isEmpty()) {
      return model.label();
    }
    Result first = row.results().get(0);
    return first instanceof ExplanationResult run
        ? run.title() + ExplanationVariant.of(run).words()
        : first.title();
  }

  private static String seeds(StudyResult.Row row) {
    int all = row.model().seeds().size();
    int made = row.results().size();
    return made == all ? String.valueOf(all) : made + " of " + all;
  }

  private static List<String> notes(StudyResult found, boolean tuned) {
    List<String> notes = new ArrayList<>();
    Map<String, List<Result>> groups = new LinkedHashMap<>();
    for (StudyResult.Row row : found.rows()) {
      if (!row.results().isEmpty()) {
        groups.put(row.model().label() + row.model().settings(), row.results());
      }
    }
    if (!groups.isEmpty()) {
      Map<String, List<Result>> titled = new LinkedHashMap<>();
      groups.forEach((label, runs) -> titled.put(label.replaceFirst("\\{.*", ""), runs));
      notes.add(RunSets.origin(titled, groups.values().iterator().next().get(0).data().test()));
      notes.add(
          "± is the standard deviation over seeds. 95%: over test rows, "
              + Statistics.RESAMPLES
              + " resamples.");
    }
    if (tuned) {
      notes.add(
          "tuned: settings searched on validation before the runs, with what that took; the test"
              + " rows were not looked at."
              + (found.study().search().unequal() ? " Not all models were tuned alike." : ""));
    }
    for (StudyResult.Row row : found.rows()) {
      for (Map.Entry<Long, RunFailure> failure : row.failures().entrySet()) {
        notes.add(
            "Missing: "
                + row.model().label()
                + ", seed "
                + failure.getKey()
                + ": "
                + failure.getValue().why());
      }
    }
    if (found.kept() > 0) {
      notes.add(
          "Made elsewhere or by other code, with the same settings and data: "
              + RunSets.count(found.kept(), "run")
              + ".");
    }
    return notes;
  }
}
