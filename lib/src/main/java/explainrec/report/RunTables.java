package explainrec.report;

import explainrec.metrics.RatingMetrics;
import explainrec.metrics.Statistics;
import explainrec.run.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Tables about runs: one run's errors, errors by aspect, cost, settings, deviations. */
final class RunTables {
  private RunTables() {}

  static ResultTable ratings(RunResult run) {
    RatingMetrics plain = RatingMetrics.of(run.test());
    RatingMetrics clipped = RatingMetrics.of(run.test(), true);
    ResultTable.Builder table =
        ResultTable.titled(run.title() + ": test error on " + run.data().name())
            .column(Column.text("Rating"));
    for (String group : List.of("as predicted", "clipped to 1–5")) {
      table.column(Column.of("RMSE", Column.Kind.ASPECTS, 3).under(group));
      table.column(Column.of("MAE", Column.Kind.ASPECTS, 3).under(group));
    }
    table.row(
        List.of(
            Cell.of("overall"),
            Cell.of(plain.rmse()),
            Cell.of(plain.mae()),
            Cell.of(clipped.rmse()),
            Cell.of(clipped.mae())));
    int aspects = plain.aspectRmse().length;
    if (aspects > 0) {
      aspects(table.rule(), run.data().aspects(), plain, clipped);
    }
    return table
        .note(
            "Seed "
                + run.seed()
                + ", profile "
                + run.profile()
                + "; "
                + RunSets.count(plain.rows(), "test row")
                + (run.bestEpoch() > 0
                    ? "; epoch " + run.bestEpoch() + " of " + run.epochs().size() + " was kept."
                    : "."))
        .build();
  }

  private static void aspects(
      ResultTable.Builder table, List<String> names, RatingMetrics plain, RatingMetrics clipped) {
    for (int a = 0; a < plain.aspectRmse().length; a++) {
      table.row(
          List.of(
              Cell.of(names.get(a)),
              Cell.of(plain.aspectRmse()[a]),
              Cell.of(plain.aspectMae()[a]),
              Cell.of(clipped.aspectRmse()[a]),
              Cell.of(clipped.aspectMae()[a])));
    }
    table
        .rule()
        .row(
            List.of(
                Cell.of("mean over aspects (sd)"),
                Cell.of(plain.aspectRmseMean(), plain.aspectRmseSd()),
                Cell.of(plain.aspectMaeMean(), plain.aspectMaeSd()),
                Cell.of(clipped.aspectRmseMean(), clipped.aspectRmseSd()),
                Cell.of(clipped.aspectMaeMean(), clipped.aspectMaeSd())));
  }

  static ResultTable perAspect(List<RunResult> runs) {
    Study study = new Study(runs);
    List<String> models =
        study.models().keySet().stream()
            .filter(m -> study.models().get(m).get(0).test().aspects().length > 0)
            .toList();
    ResultTable.Builder table =
        ResultTable.titled("RMSE of each aspect rating on " + study.dataset())
            .column(Column.text("Model"));
    for (String aspect : study.aspects()) {
      table.column(Column.of(aspect, Column.Kind.SEEDS, 3).lower());
    }
    for (String model : models) {
      List<Cell> cells = new ArrayList<>(List.of(Cell.of(study.title(model))));
      for (int a = 0; a < study.aspects().size(); a++) {
        int aspect = a;
        cells.add(overSeeds(study, model, r -> RatingMetrics.of(r.test()).aspectRmse()[aspect]));
      }
      table.row(cells);
    }
    return table.note(study.origin()).note("± is the standard deviation over seeds.").build();
  }

  private static Cell overSeeds(Study study, String model, ToDoubleFunction<RunResult> number) {
    double[] values = study.each(model, number);
    return Cell.of(Statistics.mean(values), Statistics.sampleSd(values));
  }

  static ResultTable cost(List<RunResult> runs) {
    Study study = new Study(runs);
    ResultTable.Builder table =
        ResultTable.titled("What each model costs on " + study.dataset())
            .column(Column.text("Model"))
            .column(Column.number("trained parameters", 0))
            .column(Column.number("epochs", 0))
            .column(Column.number("best epoch", 0))
            .column(Column.of("seconds an epoch", Column.Kind.SEEDS, 2))
            .column(Column.of("examples a second", Column.Kind.SEEDS, 0))
            .column(Column.of("seconds in all", Column.Kind.SEEDS, 1))
            .column(Column.number("peak memory, MiB", 0))
            .column(Column.text("device"));
    for (String model : study.models().keySet()) {
      boolean trained = !study.models().get(model).get(0).epochs().isEmpty();
      List<Cell> cells = new ArrayList<>(List.of(Cell.of(study.title(model))));
      cells.add(overSeeds(study, model, r -> r.cost().parameters()));
      cells.add(trained ? overSeeds(study, model, r -> r.epochs().size()) : Cell.MISSING);
      cells.add(trained ? overSeeds(study, model, RunResult::bestEpoch) : Cell.MISSING);
      cells.add(trained ? overSeeds(study, model, r -> r.cost().secondsPerEpoch()) : Cell.MISSING);
      cells.add(
          trained ? overSeeds(study, model, r -> r.cost().examplesPerSecond()) : Cell.MISSING);
      cells.add(overSeeds(study, model, r -> r.cost().seconds()));
      cells.add(overSeeds(study, model, r -> r.cost().peakMemoryMiB()));
      Set<String> devices = new LinkedHashSet<>();
      study.models().get(model).forEach(r -> devices.add(r.device()));
      cells.add(Cell.of(String.join(", ", devices)));
      table.row(cells);
    }
    return table
        .note(study.origin())
        .note("Means over seeds; memory is the highest resident memory of the whole process.")
        .build();
  }

  static ResultTable settings(RunResult run) {
    return settings(run.title() + ", profile " + run.profile(), run.settings(), run.deviations());
  }

  /**
   * Lists settings and where they leave the paper.
   *
   * @param of whose settings, for the title
   * @param settings by name
   * @param deviations sentences that begin with the setting's name
   */
  static ResultTable settings(String of, Map<String, Object> settings, List<String> deviations) {
    ResultTable.Builder table =
        ResultTable.titled("Settings of " + of)
            .column(Column.text("setting"))
            .column(Column.text("value"))
            .column(Column.text("where it leaves the paper"));
    Set<String> shown = new LinkedHashSet<>();
    for (Map.Entry<String, Object> setting : settings.entrySet()) {
      String deviation = null;
      for (String sentence : deviations) {
        if (sentence.startsWith(setting.getKey() + " =")) {
          deviation = sentence;
          shown.add(sentence);
        }
      }
      table.row(
          List.of(
              Cell.of(setting.getKey()),
              Cell.of(String.valueOf(setting.getValue())),
              deviation == null ? Cell.of("") : Cell.of(deviation)));
    }
    for (String sentence : deviations) {
      if (!shown.contains(sentence)) {
        table.row(List.of(Cell.MISSING, Cell.MISSING, Cell.of(sentence)));
      }
    }
    return table.build();
  }

  /** A line for each sentence, with the titles of the models it concerns. */
  static ResultTable deviations(Map<String, Set<String>> models) {
    ResultTable.Builder table =
        ResultTable.titled("Where these runs leave the paper")
            .column(Column.text("deviation"))
            .column(Column.text("models"));
    models.forEach(
        (sentence, titles) ->
            table.row(List.of(Cell.of(sentence), Cell.of(String.join(", ", titles)))));
    if (models.isEmpty()) {
      table.note("Nowhere.");
    }
    return table.build();
  }
}
