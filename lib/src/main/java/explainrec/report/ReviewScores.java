package explainrec.report;

import explainrec.metrics.Statistics;
import explainrec.run.ReviewResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scores of written reviews, as the paper's Table 4, and the same without leaked rows. */
final class ReviewScores {
  private static final int DECIMALS = 2;
  private final ReviewRuns runs;
  private final ReviewOptions options;
  private final Optional<Papers.Beside> beside;

  /**
   * Prepares a table.
   *
   * @param runs of one data set
   * @param options what to show
   */
  ReviewScores(List<ReviewResult> runs, ReviewOptions options) {
    this.runs = new ReviewRuns(runs);
    this.options = options;
    this.beside = options.paper() ? Papers.ELIXIR.beside(this.runs.dataset()) : Optional.empty();
  }

  ResultTable table() {
    ResultTable.Builder table =
        ResultTable.titled("Written reviews on " + runs.dataset() + ": test scores, percent");
    table.column(Column.text("Model"));
    columns(table, options.interval());
    int[] all = runs.rows(false);
    for (SeedGroup<ReviewResult> group : runs.groups()) {
      List<Cell> cells = new ArrayList<>(List.of(Cell.of(group.title())));
      scores(cells, group, all, options.interval());
      table.row(cells);
    }
    beside.ifPresent(b -> paper(table, b.column()));
    notes(table, options.interval());
    beside.ifPresent(b -> table.note(b.note() + " (" + Papers.ELIXIR.source() + ", Table 4)"));
    if (options.paper() && options.paperOnly()) {
      table.note("Att2Seq's row is printed alike for both of the paper's data sets.");
    }
    return table.build();
  }

  /** A line for all rows and one for those that are not leaked, a model. */
  ResultTable variants() {
    ResultTable.Builder table =
        ResultTable.titled(
            "Written reviews on " + runs.dataset() + ": with and without leaked rows, percent");
    table.column(Column.text("Model")).column(Column.text("test rows"));
    table.column(Column.number("count", 0));
    columns(table, false);
    for (SeedGroup<ReviewResult> group : runs.groups()) {
      table.rule();
      for (boolean without : new boolean[] {false, true}) {
        int[] kept = runs.rows(without);
        List<Cell> cells = new ArrayList<>(List.of(Cell.of(group.title())));
        cells.add(Cell.of(without ? "without leaked" : "all"));
        cells.add(Cell.of(kept.length));
        scores(cells, group, kept, false);
        table.row(cells, false);
      }
    }
    notes(table, false);
    return table.note(ReviewNotes.leaks(runs)).build();
  }

  private static boolean withInterval(ReviewMetric metric) {
    return metric == ReviewMetric.METEOR || metric == ReviewMetric.BLEU;
  }

  private static void columns(ResultTable.Builder table, boolean intervals) {
    for (ReviewMetric metric : ReviewMetric.values()) {
      table.column(Column.of(metric.title(), Column.Kind.SEEDS, DECIMALS).higher());
      if (intervals && withInterval(metric)) {
        table.column(Column.of(metric.title() + " 95%", Column.Kind.INTERVAL, DECIMALS));
      }
    }
  }

  private void scores(
      List<Cell> cells, SeedGroup<ReviewResult> group, int[] kept, boolean intervals) {
    int[] counts = ReviewRuns.once(kept, runs.rows(false).length);
    for (ReviewMetric metric : ReviewMetric.values()) {
      cells.add(group.overSeeds(run -> metric.of(run, counts)));
      if (intervals && withInterval(metric)) {
        cells.add(Cell.of(group.interval(metric, kept)));
      }
    }
  }

  private void paper(ResultTable.Builder table, String column) {
    Map<String, List<Double>> published = Papers.ELIXIR.reviews().get(column);
    table.rule();
    for (Map.Entry<String, List<Double>> model : published.entrySet()) {
      boolean here =
          runs.groups().stream().anyMatch(g -> Variants.base(g.model()).equals(model.getKey()));
      if (!options.paperOnly() && !here) {
        continue;
      }
      String lm = Papers.ELIXIR.languageModels().get(model.getKey());
      String title = Papers.ELIXIR.titles().get(model.getKey()) + (lm == null ? "" : ", " + lm);
      List<Cell> cells = new ArrayList<>(List.of(Cell.of(title + " (paper, " + column + ")")));
      for (ReviewMetric metric : ReviewMetric.values()) {
        cells.add(Cell.of(model.getValue().get(metric.ordinal())));
        if (options.interval() && withInterval(metric)) {
          cells.add(Cell.MISSING);
        }
      }
      table.row(cells, false);
    }
  }

  private void notes(ResultTable.Builder table, boolean interval) {
    table.note(ReviewNotes.languageModels(runs.all()));
    table.note(runs.origin());
    String meaning =
        (runs.severalSeeds() ? "± is the standard deviation over seeds. " : "")
            + (interval
                ? "95%: bootstrap over test rows, "
                    + Statistics.RESAMPLES
                    + " resamples, BLEU of each as a corpus."
                : "");
    if (!meaning.isEmpty()) {
      table.note(meaning.strip());
    }
    table.note(ReviewNotes.family(runs.all()));
  }
}
