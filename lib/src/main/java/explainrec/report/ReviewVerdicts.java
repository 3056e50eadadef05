package explainrec.report;

import explainrec.data.InputException;
import explainrec.metrics.Statistics;
import explainrec.run.ReviewResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which differences between the scores of reviews are more than chance. */
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
}
