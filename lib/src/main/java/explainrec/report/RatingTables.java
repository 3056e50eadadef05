package explainrec.report;

import explainrec.metrics.RatingMetrics;
import explainrec.metrics.RatingPredictions;
import explainrec.metrics.RowErrors;
import explainrec.metrics.Statistics;
import explainrec.run.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The tables of rating errors, as the paper's Tables 2 and 3. */
final class RatingTables {
  private static final String FLOOR = "Noise floor (truth)";
  private final Study study;
  private final RatingOptions options;
  private final boolean overall;
  private final Optional<Papers.Beside> beside;

  /**
   * Prepares a table.
   *
   * @param runs of one data set
   * @param options what to show
   * @param overall whether it is about the overall rating (Table 2) or the aspects (Table 3)
   */
  RatingTables(List<RunResult> runs, RatingOptions options, boolean overall) {
    this.study = new Study(runs);
    this.options = options;
    this.overall = overall;
    this.beside = options.paper() ? Papers.ELIXIR.beside(study.dataset()) : Optional.empty();
  }

  ResultTable table() {
    ResultTable.Builder table =
        ResultTable.titled(
            (overall ? "Overall rating" : "Aspect ratings") + ": test error on " + study.dataset());
    columns(table);
    for (String model : study.models().keySet()) {
      if (overall || study.models().get(model).get(0).test().aspects().length > 0) {
        table.row(row(model));
      }
    }
    if (options.floor() != null) {
      table.rule().row(floor(), false);
    }
    if (options.paperOnly() && beside.isPresent()) {
      paperOnly(table);
    }
    notes(table);
    return table.build();
  }

  private void columns(ResultTable.Builder table) {
    table.column(Column.text("Model"));
    for (String metric : List.of("RMSE", "MAE")) {
      table.column(main(metric, "all test rows"));
      if (seedColumn()) {
        table.column(Column.number("± seeds", 3).under("all test rows"));
      }
      if (options.interval()) {
        table.column(Column.of(metric + " 95%", Column.Kind.INTERVAL, 3).under("all test rows"));
      }
    }
    variant(table, options.withoutLeaked(), "without leaked");
    variant(table, options.clipped(), "clipped to 1–5");
    if (beside.isPresent()) {
      Column.Kind kind = overall ? Column.Kind.NUMBER : Column.Kind.ASPECTS;
      String heading = "paper, " + beside.get().column();
      table.column(Column.of("RMSE", kind, 3).lower().under(heading));
      table.column(Column.of("MAE", kind, 3).lower().under(heading));
    }
  }

  private void variant(ResultTable.Builder table, boolean shown, String heading) {
    if (shown) {
      table.column(main("RMSE", heading));
      table.column(main("MAE", heading));
    }
  }

  private Column main(String metric, String heading) {
    Column.Kind kind = overall ? Column.Kind.SEEDS : Column.Kind.ASPECTS;
    return Column.of(metric, kind, 3).lower().under(heading);
  }

  /** Table 3 prints the deviation over aspects in its cells, so the seeds' stands beside them. */
  private boolean seedColumn() {
    return !overall && severalSeeds();
  }

  private boolean severalSeeds() {
    return study.models().values().stream().anyMatch(runs -> runs.size() > 1);
  }

  private List<Cell> row(String model) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(study.title(model)));
    for (RowErrors kind : RowErrors.values()) {
      cells.add(error(model, kind, run -> RatingMetrics.of(run.test())));
      if (seedColumn()) {
        cells.add(
            Cell.of(
                Statistics.sampleSd(
                    study.each(model, run -> RatingMetrics.of(run.test()).error(overall, kind)))));
      }
      if (options.interval()) {
        cells.add(Cell.of(SeedErrors.interval(study.models().get(model), kind, study, overall)));
      }
    }
    if (options.withoutLeaked()) {
      both(cells, model, run -> RatingMetrics.of(kept(run)));
    }
    if (options.clipped()) {
      both(cells, model, run -> RatingMetrics.of(run.test(), true));
    }
    if (beside.isPresent()) {
      paper(cells, model);
    }
    return cells;
  }

  private static RatingPredictions kept(RunResult run) {
    return RatingMetrics.where(run.test(), RatingMetrics.not(run.leaked()));
  }

  private static double sdOverAspects(RatingMetrics metrics, RowErrors kind) {
    return kind == RowErrors.SQUARED ? metrics.aspectRmseSd() : metrics.aspectMaeSd();
  }

  private void both(List<Cell> cells, String model, Function<RunResult, RatingMetrics> metrics) {
    cells.add(error(model, RowErrors.SQUARED, metrics));
    cells.add(error(model, RowErrors.ABSOLUTE, metrics));
  }

  /** Mean over seeds, with the deviation over seeds (Table 2) or over aspects (Table 3). */
  private Cell error(String model, RowErrors kind, Function<RunResult, RatingMetrics> metrics) {
    double[] means = study.each(model, run -> metrics.apply(run).error(overall, kind));
    double deviation =
        overall
            ? Statistics.sampleSd(means)
            : Statistics.mean(study.each(model, run -> sdOverAspects(metrics.apply(run), kind)));
    return Cell.of(Statistics.mean(means), deviation);
  }

  private void paper(List<Cell> cells, String model) {
    List<Double> values =
        (overall
                ? Papers.ELIXIR.overall(study.dataset(), model)
                : Papers.ELIXIR.aspects(study.dataset(), model))
            .orElse(null);
    if (values == null) {
      cells.add(Cell.MISSING);
      cells.add(Cell.MISSING);
    } else if (overall) {
      cells.add(Cell.of(values.get(0)));
      cells.add(Cell.of(values.get(1)));
    } else {
      cells.add(Cell.of(values.get(0), values.get(1)));
      cells.add(Cell.of(values.get(2), values.get(3)));
    }
  }

  private List<Cell> floor() {
    RatingMetrics floor = RatingMetrics.of(options.floor());
    List<Cell> cells = new ArrayList<>(List.of(Cell.of(FLOOR)));
    for (RowErrors kind : RowErrors.values()) {
      double deviation = overall ? Double.NaN : sdOverAspects(floor, kind);
      cells.add(Cell.of(floor.error(overall, kind), deviation));
      pad(cells, cells.size() + (seedColumn() ? 1 : 0) + (options.interval() ? 1 : 0));
    }
    pad(cells, ownColumns() + (beside.isPresent() ? 2 : 0));
    return cells;
  }

  private void paperOnly(ResultTable.Builder table) {
    Map<String, List<Double>> published =
        (overall ? Papers.ELIXIR.overall() : Papers.ELIXIR.aspects()).get(beside.get().column());
    table.rule();
    for (String model : published.keySet()) {
      if (!study.models().containsKey(model)) {
        List<Cell> cells = new ArrayList<>(List.of(Cell.of(Papers.ELIXIR.titles().get(model))));
        pad(cells, ownColumns());
        paper(cells, model);
        table.row(cells);
      }
    }
  }

  /** Number of columns before the paper's. */
  private int ownColumns() {
    int all = 1 + (seedColumn() ? 1 : 0) + (options.interval() ? 1 : 0);
    return 1 + 2 * (all + (options.withoutLeaked() ? 1 : 0) + (options.clipped() ? 1 : 0));
  }

  private static void pad(List<Cell> cells, int width) {
    while (cells.size() < width) {
      cells.add(Cell.MISSING);
    }
  }

  private void notes(ResultTable.Builder table) {
    table.note(study.origin());
    String seeds = severalSeeds() ? "± is the standard deviation over seeds. " : "";
    String aspects = overall ? "" : "Mean over aspects, in brackets the deviation over aspects. ";
    String interval =
        options.interval()
            ? "95%: bootstrap over test rows, " + Statistics.RESAMPLES + " resamples. "
            : "";
    table.note(
        aspects
            + seeds
            + interval
            + "Predictions are not clipped"
            + (options.clipped() ? " unless the heading says so." : "."));
    if (options.withoutLeaked()) {
      table.note(study.leaks());
    }
    if (options.paperOnly() && beside.isPresent()) {
      table.note("Below the rule: the paper's models without a run of ratings here.");
    }
    if (options.floor() != null) {
      table.note("Noise floor: the error of the generator's own noise-free ratings.");
    }
    beside.ifPresent(b -> table.note(b.note() + " (" + Papers.ELIXIR.source() + ")"));
  }
}
