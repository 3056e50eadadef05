package explainrec.report;

import explainrec.data.InputException;
import explainrec.metrics.RatingPredictions;
import explainrec.metrics.RowErrors;
import explainrec.metrics.Statistics;
import explainrec.run.ExplanationResult;
import explainrec.run.PlannedRun.Kind;
import explainrec.run.Result;
import explainrec.run.ReviewResult;
import explainrec.run.RunResult;
import explainrec.run.StudyMetric;
import explainrec.run.StudyResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tests of a study: one model against each other one, on the same test rows and seeds. */
final class StudyComparisons {
  private StudyComparisons() {}

  /** One line of the table. */
  private record Entry(StudyMetric metric, StudyResult.Row row, Optional<PairedComparison> found) {}

  /**
   * Tests a study's models against the one it names.
   *
   * @param found its runs
   * @return a line for each model and metric with a value a row or a corpus to draw from
   * @throws InputException when the study names none
   */
  static ResultTable of(StudyResult found) {
    String label = found.study().compare();
    int place = found.study().models().stream().map(m -> m.label()).toList().indexOf(label);
    if (place < 0) {
      throw new InputException(found.study().name() + ": compare names no model to test against");
    }
    StudyResult.Row reference = found.rows().get(place);
    List<Entry> entries = new ArrayList<>();
    for (StudyMetric metric : found.study().metrics()) {
      for (StudyResult.Row row : found.rows()) {
        if (row != reference) {
          Entry entry = new Entry(metric, row, compare(metric, reference, row));
          if (entry.found().isPresent()) {
            entries.add(entry);
          }
        }
      }
    }
    return table(found, reference, entries);
  }

  private static Optional<PairedComparison> compare(
      StudyMetric metric, StudyResult.Row left, StudyResult.Row right) {
    if (left.results().isEmpty() || right.results().isEmpty()) {
      return Optional.empty();
    }
    Kind kind = StudyScores.kind(metric, left);
    if (kind != StudyScores.kind(metric, right) || !StudyScores.known(metric, kind)) {
      return Optional.empty();
    }
    return switch (kind) {
      case RATINGS ->
          compare(new Errors(metric), StudyScores.rated(left), StudyScores.rated(right));
      case REVIEWS ->
          compare(
              StudyScores.review(metric),
              StudyScores.of(left, ReviewResult.class),
              StudyScores.of(right, ReviewResult.class));
      case EXPLANATIONS ->
          compare(
              StudyScores.explanation(metric),
              StudyScores.of(left, ExplanationResult.class),
              StudyScores.of(right, ExplanationResult.class));
    };
  }

  private static <R extends Result> Optional<PairedComparison> compare(
      Score<R> score, List<R> ours, List<R> theirs) {
    boolean given =
        Double.isNaN(score.of(ours.get(0), SeedGroup.once(score.size(ours.get(0)))))
            || Double.isNaN(score.of(theirs.get(0), SeedGroup.once(score.size(theirs.get(0)))));
    return given
        ? Optional.empty()
        : PairedComparison.of(
            new SeedGroup<>(ours.get(0).model(), "", ours),
            new SeedGroup<>(theirs.get(0).model(), "", theirs),
            score);
  }

  private static ResultTable table(
      StudyResult found, StudyResult.Row reference, List<Entry> entries) {
    String title = StudyTables.title(reference);
    ResultTable.Builder table =
        ResultTable.titled(found.study().title() + ", " + title + " against: " + found.data())
            .column(Column.text("Metric"))
            .column(Column.text("against"))
            .column(Column.number(title, 3))
            .column(Column.number("other", 3))
            .column(Column.of("difference 95%", Column.Kind.INTERVAL, 3))
            .column(Column.text("seeds won"))
            .column(Column.of("p", Column.Kind.PROBABILITY, 4))
            .column(Column.of("p (Holm)", Column.Kind.PROBABILITY, 4))
            .column(Column.number("d_z", 2))
            .column(Column.text(title + " is better"));
    double[] holm = PairedComparison.holm(entries.stream().map(Entry::found).toList());
    for (int n = 0; n < entries.size(); n++) {
      Entry entry = entries.get(n);
      PairedComparison c = entry.found().orElseThrow();
      boolean lower = entry.metric().better() == StudyMetric.Better.LOWER;
      int won = lower ? c.rightBetter() : c.leftBetter();
      int lost = lower ? c.leftBetter() : c.rightBetter();
      double gain = lower ? c.right() - c.left() : c.left() - c.right();
      boolean judged = entry.metric().better() != StudyMetric.Better.NEITHER;
      table.row(
          List.of(
              Cell.of(entry.metric().title()),
              Cell.of(StudyTables.title(entry.row())),
              Cell.of(c.left()),
              Cell.of(c.right()),
              Cell.of(c.interval()),
              Cell.of(judged ? won + " of " + c.seeds() : null),
              Cell.of(c.p()),
              Cell.of(holm[n]),
              Cell.of(c.effect()),
              Cell.of(judged ? Verdict.of(gain, c.seeds(), won, lost, holm[n]) : null)));
    }
    return table
        .note(
            "Paired t-test over test rows, each averaged over seeds; where rows have no value of"
                + " their own (BLEU), a paired bootstrap with "
                + Statistics.RESAMPLES
                + " resamples. p (Holm): corrected for all lines of this table. d_z: Cohen's effect"
                + " size of the rows' differences.")
        .build();
  }

  /** An error of predicted ratings as a score. */
  private record Errors(StudyMetric metric) implements Score<RunResult> {
    private RowErrors kind() {
      return StudyScores.root(metric) ? RowErrors.SQUARED : RowErrors.ABSOLUTE;
    }

    private boolean aspects() {
      return StudyScores.aspects(metric);
    }

    @Override
    public String title() {
      return metric.title();
    }

    @Override
    public int size(RunResult run) {
      return run.test().rows().length;
    }

    @Override
    public double of(RunResult run, int[] counts) {
      RatingPredictions test = run.test();
      if (!aspects()) {
        return error(kind().overall(test, StudyScores.clipped(metric)), counts);
      }
      double sum = 0;
      for (int a = 0; a < test.aspects().length; a++) {
        sum += error(kind().aspect(test, a, false), counts);
      }
      return sum / test.aspects().length;
    }

    private double error(double[] errors, int[] counts) {
      double mean = Statistics.weightedMean(errors, counts);
      return kind() == RowErrors.SQUARED ? Math.sqrt(mean) : mean;
    }

    @Override
    public double[] rows(RunResult run) {
      return aspects()
          ? kind().aspects(run.test(), false)
          : kind().overall(run.test(), StudyScores.clipped(metric));
    }
  }
}
