package explainrec.report;

import explainrec.metrics.Statistics;
import explainrec.run.ExplanationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Backbones against what MMI made of them: which differences are more than chance. */
final class ExplanationVerdicts {
  /** Which tests decide. */
  static final String TESTS =
      "Tests are paired over test rows, scores averaged over seeds. Accuracy, FMR and rating errors"
          + " have a value a row: paired t-test, with Cohen's d_z. Bounds, BLEU and perplexity"
          + " have none: bootstrap over rows; USR and DIV count repetitions: random halves of the"
          + " rows; "
          + Statistics.RESAMPLES
          + " draws each. Where all draws agree in their sign, p is the tail of a normal"
          + " distribution with their mean and deviation.";

  private ExplanationVerdicts() {}

  private record Entry(
      ExplanationRuns.Group after,
      ExplanationRuns.Group before,
      ExplanationScore score,
      Optional<PairedComparison> found) {}

  /** A row for each score of each fine-tuned generator. */
  static ResultTable significance(List<ExplanationResult> all) {
    ExplanationRuns runs = new ExplanationRuns(all);
    List<Entry> entries = new ArrayList<>();
    for (ExplanationRuns.Group after : runs.groups()) {
      ExplanationRuns.Group before = runs.backbone(after).orElse(null);
      if (after.variant().backbone() || before == null) {
        continue;
      }
      for (ExplanationScore score : scores(after)) {
        Optional<PairedComparison> found =
            PairedComparison.of(after.seeds(), before.seeds(), score);
        if (found.isPresent() && !Double.isNaN(found.get().left())) {
          entries.add(new Entry(after, before, score, found));
        }
      }
    }
    return table(runs, entries);
  }

  private static List<ExplanationScore> scores(ExplanationRuns.Group after) {
    List<ExplanationScore> scores = new ArrayList<>();
    if (after.runs().stream().noneMatch(ExplanationScore::ratingGiven)) {
      scores.add(ExplanationScore.RMSE);
    }
    if (after.variant().alignsRating()) {
      scores.add(ExplanationScore.MI_RATING);
      scores.add(ExplanationScore.SENTIMENT_5);
      scores.add(ExplanationScore.SENTIMENT_2);
      scores.add(ExplanationScore.TRUE_MI_RATING);
    }
    if (after.variant().alignsFeature()) {
      scores.add(ExplanationScore.MI_FEATURE);
      scores.add(ExplanationScore.FMR);
    }
    scores.add(ExplanationScore.BLEU_4);
    scores.add(ExplanationScore.USR);
    scores.add(ExplanationScore.DIV);
    return scores;
  }

  /** Bounds may be around 0, where shares of them say nothing. */
  private static boolean bound(ExplanationScore score) {
    return score == ExplanationScore.MI_RATING
        || score == ExplanationScore.MI_FEATURE
        || score == ExplanationScore.TRUE_MI_RATING;
  }

  private static ResultTable table(ExplanationRuns runs, List<Entry> entries) {
    double[] corrected = PairedComparison.holm(entries.stream().map(Entry::found).toList());
    ResultTable.Builder table =
        ResultTable.titled("MMI against its backbone on " + runs.dataset())
            .column(Column.text("Generator"))
            .column(Column.text("score"))
            .column(Column.number("backbone", 3))
            .column(Column.number("with MMI", 3))
            .column(Column.number("difference", 3))
            .column(Column.of("95%", Column.Kind.INTERVAL, 3))
            .column(Column.number("change, %", 1))
            .column(Column.text("seeds up"))
            .column(Column.of("p (Holm)", Column.Kind.PROBABILITY, 4))
            .column(Column.number("d_z", 2));
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      PairedComparison c = entry.found().orElseThrow();
      if (i > 0 && entry.after() != entries.get(i - 1).after()) {
        table.rule();
      }
      double difference = c.left() - c.right();
      table.row(
          List.of(
              Cell.of(entry.after().title()),
              Cell.of(entry.score().title()),
              Cell.of(c.right()),
              Cell.of(c.left()),
              Cell.of(difference),
              Cell.of(c.interval()),
              bound(entry.score()) ? Cell.MISSING : Cell.of(100 * difference / c.right()),
              Cell.of(c.leftBetter() + " of " + c.seeds()),
              Cell.of(corrected[i]),
              Cell.of(c.effect())));
    }
    return table
        .note(runs.origin())
        .note(TESTS)
        .note(
            "95%: interval of the difference over test rows. The tests cover the choice of test"
                + " rows; seeds up, that of seeds. Holm's correction over all "
                + entries.size()
                + " p-values of this table.")
        .note(AlignmentTables.judge(runs))
        .build();
  }
}
