package explainrec.report;

import explainrec.data.InputException;
import explainrec.metrics.RatingMetrics;
import explainrec.metrics.RowErrors;
import explainrec.metrics.Statistics;
import explainrec.run.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tables that decide: which differences are more than chance, and which claims hold. */
final class ComparisonTables {
  private ComparisonTables() {}

  /** One comparison with its place in a table. */
  private record Entry(
      String left, String right, boolean overall, RowErrors kind, Optional<Comparison> found) {}

  static ResultTable significance(List<RunResult> runs, String reference) {
    Study study = new Study(runs);
    if (!study.models().containsKey(reference)) {
      throw new InputException(
          "no run of " + reference + " among " + String.join(", ", study.models().keySet()));
    }
    List<Entry> entries = new ArrayList<>();
    List<String> others = new ArrayList<>(study.models().keySet());
    others.remove(reference);
    for (boolean overall : new boolean[] {true, false}) {
      for (RowErrors kind : RowErrors.values()) {
        for (String other : others) {
          Entry entry = compare(study, reference, other, overall, kind);
          if (entry.found().isPresent()) {
            entries.add(entry);
          }
        }
      }
    }
    return significance(study, reference, entries);
  }

  private static Entry compare(
      Study study, String left, String right, boolean overall, RowErrors kind) {
    return new Entry(left, right, overall, kind, Comparison.of(study, left, right, overall, kind));
  }

  private static ResultTable significance(Study study, String reference, List<Entry> entries) {
    int n = entries.size();
    double[] p = new double[2 * n];
    for (int i = 0; i < n; i++) {
      p[i] = entries.get(i).found().orElseThrow().test().tP();
      p[n + i] = entries.get(i).found().orElseThrow().test().wilcoxonP();
    }
    double[] corrected = Statistics.holm(p);
    String title = study.title(reference);
    ResultTable.Builder table =
        ResultTable.titled(title + " against each other model on " + study.dataset())
            .column(Column.text("Error"))
            .column(Column.text("against"))
            .column(Column.number(title, 3))
            .column(Column.number("other", 3))
            .column(Column.number("difference", 3))
            .column(Column.of("95%", Column.Kind.INTERVAL, 3))
            .column(Column.text("seeds won"))
            .column(Column.of("p (Holm)", Column.Kind.PROBABILITY, 4).under("paired t"))
            .column(Column.number("d_z", 2).under("paired t"))
            .column(Column.of("p (Holm)", Column.Kind.PROBABILITY, 4).under("Wilcoxon"))
            .column(Column.number("rank-biserial", 2).under("Wilcoxon"));
    String error = "";
    for (int i = 0; i < n; i++) {
      Entry entry = entries.get(i);
      Comparison c = entry.found().orElseThrow();
      String name = Comparison.name(entry.overall(), entry.kind());
      if (!name.equals(error)) {
        table.rule();
        error = name;
      }
      table.row(
          List.of(
              Cell.of(name),
              Cell.of(study.title(entry.right())),
              Cell.of(c.left()),
              Cell.of(c.right()),
              Cell.of(c.left() - c.right()),
              Cell.of(c.interval()),
              Cell.of(c.leftBetter() + " of " + c.seeds()),
              Cell.of(corrected[i]),
              Cell.of(c.test().cohenDz()),
              Cell.of(corrected[n + i]),
              Cell.of(c.test().rankBiserial())));
    }
    return table
        .note(study.origin())
        .note(
            "Negative differences and effects: "
                + title
                + " errs less. Two-sided tests on one error a test row, averaged over seeds:"
                + " squared for RMSE, absolute for MAE, for aspects averaged over aspects too.")
        .note(
            "95%: interval of the difference, bootstrap over test rows, "
                + Statistics.RESAMPLES
                + " resamples. The tests cover the choice of test rows; seeds won, that of seeds.")
        .note("Holm's correction over all " + 2 * n + " p-values of this table.")
        .build();
  }

  static ResultTable claims(List<RunResult> runs, boolean withoutLeaked) {
    Study study = new Study(withoutLeaked ? kept(runs) : runs);
    List<Entry> entries = new ArrayList<>();
    for (boolean overall : new boolean[] {true, false}) {
      for (RowErrors kind : RowErrors.values()) {
        for (Papers.Claim claim : Papers.ELIXIR.claims()) {
          Entry entry = compare(study, claim.better(), claim.worse(), overall, kind);
          // Most baselines predict no aspects, neither in the paper nor here: nothing to claim.
          if (overall || entry.found().isPresent() || published(study.dataset(), entry)) {
            entries.add(entry);
          }
        }
      }
    }
    double[] corrected =
        Statistics.holm(
            entries.stream()
                .mapToDouble(e -> e.found().map(c -> c.test().tP()).orElse(Double.NaN))
                .toArray());
    String where = study.dataset() + (withoutLeaked ? " without leaked rows" : "");
    ResultTable.Builder table =
        ClaimTable.titled(
            "Claims about ratings, judged on " + where, ClaimTable.paper(study.dataset()));
    for (int i = 0; i < entries.size(); i++) {
      boolean first = i == 0 || !error(entries.get(i)).equals(error(entries.get(i - 1)));
      table = first ? table.rule() : table;
      table.row(claim(study, entries.get(i), corrected[i]));
    }
    table.note(study.origin()).note(rule()).note(question());
    return withoutLeaked ? table.note(new Study(runs).leaks()).build() : table.build();
  }

  private static List<RunResult> kept(List<RunResult> runs) {
    return runs.stream()
        .map(
            run ->
                Variants.tested(
                    run, RatingMetrics.where(run.test(), RatingMetrics.not(run.leaked()))))
        .toList();
  }

  private static String error(Entry entry) {
    return Comparison.name(entry.overall(), entry.kind());
  }

  private static String rule() {
    return "A claim holds when the mean error differs in its favour with p < 0.05 (paired t over"
        + " test rows, Holm over this table) and every seed agrees; it does not hold when the same"
        + " is true the other way round; else it is not decided. d_z: Cohen's, negative where the"
        + " first model errs less.";
  }

  private static String question() {
    return "A dash under the paper's numbers marks a question of this kit that the paper does not"
        + " ask.";
  }

  private static List<Cell> claim(Study study, Entry entry, double p) {
    String claim =
        title(study, entry.left()) + " beats " + title(study, entry.right()) + ", " + error(entry);
    Cell paper = paper(study.dataset(), entry);
    Comparison c = entry.found().orElse(null);
    return c == null
        ? ClaimTable.missing(claim, paper)
        : List.of(
            Cell.of(claim),
            paper,
            Cell.of(Verdict.against(c.left(), c.right(), 3)),
            Cell.of(ClaimTable.difference(c.left() - c.right(), c.interval(), 3)),
            Cell.of(c.leftBetter() + " of " + c.seeds()),
            Cell.of(p),
            Cell.of(c.test().cohenDz()),
            Cell.of(verdict(c, p)));
  }

  private static String title(Study study, String model) {
    return study.models().containsKey(model)
        ? study.title(model)
        : Papers.ELIXIR.titles().getOrDefault(model, model);
  }

  /**
   * Judges a claim.
   *
   * @param c the comparison, or null when a run is missing
   * @param p the corrected p-value
   */
  static String verdict(Comparison c, double p) {
    if (c == null) {
      return ClaimTable.UNDECIDED;
    }
    return Verdict.of(-c.test().meanDifference(), c.seeds(), c.leftBetter(), c.rightBetter(), p);
  }

  private static Cell paper(String dataset, Entry entry) {
    Optional<List<Double>> left = published(dataset, entry, entry.left());
    Optional<List<Double>> right = published(dataset, entry, entry.right());
    if (left.isEmpty() || right.isEmpty()) {
      return Cell.MISSING;
    }
    int place = entry.kind() == RowErrors.SQUARED ? 0 : entry.overall() ? 1 : 2;
    return Cell.of(Verdict.against(left.get().get(place), right.get().get(place), 3));
  }

  private static boolean published(String dataset, Entry entry) {
    return !paper(dataset, entry).missing();
  }

  private static Optional<List<Double>> published(String dataset, Entry entry, String model) {
    return entry.overall()
        ? Papers.ELIXIR.overall(dataset, model)
        : Papers.ELIXIR.aspects(dataset, model);
  }
}
