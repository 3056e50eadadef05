package explainrec.report;

import explainrec.data.InputException;
import explainrec.metrics.Statistics;
import explainrec.run.ReviewResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tables that decide about reviews: which differences are more than chance, which claims hold. */
final class ReviewVerdicts {
  private static final List<ReviewMetric> JUDGED = List.of(ReviewMetric.METEOR, ReviewMetric.BLEU);
  private static final String TESTS =
      "METEOR: paired t-test on one score a test row, averaged over seeds, with Cohen's d_z. BLEU"
          + " has no score a row: paired bootstrap over test rows, "
          + Statistics.RESAMPLES
          + " resamples, so that p is 0.002 at least.";

  private ReviewVerdicts() {}

  /** One comparison with its place in a table. */
  private record Entry(
      String left, String right, ReviewMetric metric, Optional<PairedComparison> found) {}

  static ResultTable significance(List<ReviewResult> all, String reference) {
    ReviewRuns runs = new ReviewRuns(all);
    SeedGroup<ReviewResult> ours = runs.group(reference);
    if (ours == null) {
      List<String> models = runs.groups().stream().map(SeedGroup::model).distinct().toList();
      throw new InputException(
          "no review run of " + reference + " among " + String.join(", ", models));
    }
    List<Entry> entries = new ArrayList<>();
    for (ReviewMetric metric : JUDGED) {
      for (SeedGroup<ReviewResult> other : runs.groups()) {
        Optional<PairedComparison> found =
            other == ours ? Optional.empty() : PairedComparison.of(ours, other, metric);
        if (found.isPresent()) {
          entries.add(new Entry(ours.title(), other.title(), metric, found));
        }
      }
    }
    return significance(runs, ours.title(), entries);
  }

  private static ResultTable significance(ReviewRuns runs, String ours, List<Entry> entries) {
    ResultTable.Builder table =
        ResultTable.titled("Reviews of " + ours + " against each other model on " + runs.dataset())
            .column(Column.text("Score"))
            .column(Column.text("against"))
            .column(Column.number(ours, 2))
            .column(Column.number("other", 2))
            .column(Column.number("difference", 2))
            .column(Column.of("95%", Column.Kind.INTERVAL, 2))
            .column(Column.text("seeds won"))
            .column(Column.of("p (Holm)", Column.Kind.PROBABILITY, 4))
            .column(Column.number("d_z", 2));
    double[] corrected = corrected(entries);
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      PairedComparison c = entry.found().orElseThrow();
      if (i > 0 && entry.metric() != entries.get(i - 1).metric()) {
        table.rule();
      }
      table.row(
          List.of(
              Cell.of(entry.metric().title()),
              Cell.of(entry.right()),
              Cell.of(c.left()),
              Cell.of(c.right()),
              Cell.of(c.left() - c.right()),
              Cell.of(c.interval()),
              Cell.of(c.leftBetter() + " of " + c.seeds()),
              Cell.of(corrected[i]),
              Cell.of(c.effect())));
    }
    return table
        .note(ReviewNotes.languageModels(runs.all()))
        .note(runs.origin())
        .note("Percent; positive differences and effects: " + ours + " scores higher. " + TESTS)
        .note(
            "95%: interval of the difference, bootstrap over test rows. The tests cover the choice"
                + " of test rows; seeds won, that of seeds. Holm's correction over all "
                + entries.size()
                + " p-values of this table.")
        .build();
  }

  private static double[] corrected(List<Entry> entries) {
    return PairedComparison.holm(entries.stream().map(Entry::found).toList());
  }

  static ResultTable claims(List<ReviewResult> all) {
    ReviewRuns runs = new ReviewRuns(all);
    List<Entry> entries = new ArrayList<>();
    for (ReviewMetric metric : JUDGED) {
      for (Papers.Claim claim : Papers.ELIXIR.reviewClaims()) {
        Optional<PairedComparison> found =
            PairedComparison.of(runs.group(claim.better()), runs.group(claim.worse()), metric);
        entries.add(new Entry(claim.better(), claim.worse(), metric, found));
      }
    }
    double[] corrected = corrected(entries);
    String column = Papers.ELIXIR.beside(runs.dataset()).map(Papers.Beside::column).orElse("");
    ResultTable.Builder table =
        ResultTable.titled("Claims about reviews, judged on " + runs.dataset())
            .column(Column.text("Claim"))
            .column(Column.text(("paper " + column).trim()))
            .column(Column.text("here"))
            .column(Column.text("seeds"))
            .column(Column.of("p (Holm)", Column.Kind.PROBABILITY, 4))
            .column(Column.text("verdict"));
    for (int i = 0; i < entries.size(); i++) {
      if (i > 0 && entries.get(i).metric() != entries.get(i - 1).metric()) {
        table.rule();
      }
      table.row(claim(runs, entries.get(i), corrected[i]));
    }
    return table
        .note(ReviewNotes.languageModels(runs.all()))
        .note(runs.origin())
        .note(
            "A claim holds when the mean score differs in its favour with p < 0.05 (Holm over this"
                + " table) and every seed agrees; it does not hold when the same is true the other"
                + " way round; else it is not decided.")
        .note(TESTS)
        .build();
  }

  private static List<Cell> claim(ReviewRuns runs, Entry entry, double p) {
    PairedComparison c = entry.found().orElse(null);
    return List.of(
        Cell.of(
            Papers.ELIXIR.titles().get(entry.left())
                + " beats "
                + Papers.ELIXIR.titles().get(entry.right())
                + ", "
                + entry.metric().title()),
        paper(runs.dataset(), entry),
        c == null ? Cell.of("not run") : Cell.of(Verdict.against(c.left(), c.right(), 2)),
        c == null ? Cell.MISSING : Cell.of(c.leftBetter() + " of " + c.seeds()),
        Cell.of(p),
        Cell.of(verdict(c, p)));
  }

  /**
   * Judges a claim.
   *
   * @param c the comparison, or null when a run is missing
   * @param p the corrected p-value
   */
  static String verdict(PairedComparison c, double p) {
    if (c == null) {
      return "not decided: not run";
    }
    return Verdict.of(c.left() - c.right(), c.seeds(), c.leftBetter(), c.rightBetter(), p);
  }

  private static Cell paper(String dataset, Entry entry) {
    int place = entry.metric().ordinal();
    Optional<List<Double>> left = Papers.ELIXIR.reviews(dataset, entry.left());
    Optional<List<Double>> right = Papers.ELIXIR.reviews(dataset, entry.right());
    return left.isEmpty() || right.isEmpty()
        ? Cell.MISSING
        : Cell.of(Verdict.against(left.get().get(place), right.get().get(place), 2));
  }
}
