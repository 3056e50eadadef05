package explainrec.report;

import explainrec.metrics.Statistics;
import explainrec.metrics.Statistics.Interval;
import explainrec.run.AspectResult;
import explainrec.run.AspectResult.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What rating modules make of aspects, as tables from their {@code aspects.json} files. */
public final class AspectTables {
  private AspectTables() {}

  /**
   * The paper's Table 6: what one test pair's user and item attend to, beside the ratings.
   *
   * @param run with attention
   * @param pair which of its pairs, from 0
   * @return a row an aspect, and one for the overall rating
   */
  public static ResultTable pair(AspectResult run, int pair) {
    AspectResult.Pair one = run.pairs().get(pair);
    boolean known = one.importance() != null;
    ResultTable.Builder table =
        ResultTable.titled(
                "What "
                    + run.title()
                    + " attends to: test row "
                    + one.row()
                    + " of "
                    + run.data().name())
            .column(Column.text("Aspect"))
            .column(Column.number("user", 2).under("attention"))
            .column(Column.number("item", 2).under("attention"));
    if (known) {
      table.column(Column.number("user", 2).under("true importance"));
    }
    table
        .column(Column.number("predicted", 1).under("stars"))
        .column(Column.number("real", 1).under("stars"));
    for (int a = 0; a < run.data().aspects().size(); a++) {
      List<Cell> cells = new ArrayList<>(List.of(Cell.of(run.data().aspects().get(a))));
      cells.add(weight(one.userAttention(), a));
      cells.add(weight(one.itemAttention(), a));
      if (known) {
        cells.add(weight(one.importance(), a));
      }
      cells.add(Cell.of(one.aspects()[a]));
      cells.add(Cell.of(one.aspectTruth()[a]));
      table.row(cells);
    }
    List<Cell> overall = new ArrayList<>(List.of(Cell.of("overall")));
    for (int k = 0; k < (known ? 3 : 2); k++) {
      overall.add(Cell.MISSING);
    }
    overall.add(Cell.of(one.overall()));
    overall.add(Cell.of(one.overallTruth()));
    return table.rule().row(overall).note(origin(List.of(run))).build();
  }

  private static Cell weight(float[] weights, int aspect) {
    return weights == null ? Cell.MISSING : Cell.of(weights[aspect]);
  }

  /**
   * Learnt attention against what is true in the generated world: rank correlations within each
   * user and item, and over all of them.
   *
   * @param runs any; those without attention are left out
   * @return a row a run and side; the truth's columns are gaps on other data
   */
  public static ResultTable importance(List<AspectResult> runs) {
    String where = runs.isEmpty() ? "" : " on " + runs.get(0).data().name();
    ResultTable.Builder table =
        ResultTable.titled("Does attention find what is true?" + where)
            .column(Column.text("Model"))
            .column(Column.number("seed", 0))
            .column(Column.text("of"))
            .column(Column.text("against"))
            .column(Column.number("entropy, of 1", 2))
            .column(Column.number("mean", 2).under("ρ within each"))
            .column(Column.of("95%", Column.Kind.INTERVAL, 2).under("ρ within each"))
            .column(Column.number("ρ over all", 2))
            .column(Column.number("number", 0));
    for (AspectResult run : runs) {
      if (run.users() != null) {
        table.rule().row(side(run, run.users(), "users")).row(side(run, run.items(), "items"));
      }
    }
    if (!runs.isEmpty()) {
      table.note(origin(runs));
    }
    return table
        .note(
            "ρ: Spearman's rank correlation of attention with the truth; within each: of one user's"
                + " (item's) aspects, mean over users (items); over all: of all weights together."
                + " 0 is chance. 95%: bootstrap over users (items). Entropy: 1 when all aspects"
                + " weigh alike, 0 when one takes all.")
        .note(
            "An item of the world has no importance of its own; what its attention is set against"
                + " is how far its quality in an aspect is from the average.")
        .build();
  }

  private static List<Cell> side(AspectResult run, Side side, String whose) {
    double[][] weights = AspectCharts.doubles(side.attention());
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(run.title()));
    cells.add(Cell.of((double) run.seed()));
    cells.add(Cell.of(whose));
    cells.add(side.truth() == null ? Cell.MISSING : Cell.of(side.truthName()));
    cells.add(
        Cell.of(
            Arrays.stream(weights)
                .mapToDouble(AspectTables::entropy)
                .average()
                .orElse(Double.NaN)));
    if (side.truth() == null) {
      cells.addAll(List.of(Cell.MISSING, Cell.MISSING, Cell.MISSING));
    } else {
      double[][] truth = AspectCharts.doubles(side.truth());
      double[] within = within(weights, truth);
      Interval interval = Statistics.bootstrapMean(within, 1);
      cells.add(Cell.of(Statistics.mean(within)));
      cells.add(Cell.of(interval));
      cells.add(Cell.of(Statistics.spearman(flat(weights), flat(truth))));
    }
    cells.add(Cell.of((double) weights.length));
    return cells;
  }

  /** Rank correlation of each row; rows in which one side is constant have none. */
  static double[] within(double[][] weights, double[][] truth) {
    double[] found = new double[weights.length];
    for (int n = 0; n < found.length; n++) {
      found[n] = Statistics.spearman(weights[n], truth[n]);
    }
    return Arrays.stream(found).filter(Double::isFinite).toArray();
  }

  private static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  /** A row's entropy as a share of the largest that it could have. */
  static double entropy(double[] weights) {
    double sum = Arrays.stream(weights).map(w -> w > 0 ? -w * Math.log(w) : 0).sum();
    return weights.length < 2 ? 1 : sum / Math.log(weights.length);
  }

  private static String origin(List<AspectResult> runs) {
    AspectResult first = runs.get(0);
    return String.format(
        Locale.ROOT,
        "Data %s, profile %s, seed%s %s.",
        first.data().name(),
        first.profile(),
        runs.stream().map(AspectResult::seed).distinct().count() == 1 ? "" : "s",
        String.join(", ", runs.stream().map(run -> "" + run.seed()).distinct().toList()));
  }
}
