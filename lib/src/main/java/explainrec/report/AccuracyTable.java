package explainrec.report;

import explainrec.mmi.RatingClasses;
import explainrec.run.ExplanationResult;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What accuracy by five classes is worth. Most ratings are alike, so texts that ignore them are
 * right as often as the commonest class is common; and mutual information does not ask which text
 * goes with which rating, accuracy does.
 */
final class AccuracyTable {
  private AccuracyTable() {}

  static ResultTable of(List<ExplanationResult> all) {
    ExplanationRuns runs = new ExplanationRuns(all);
    ResultTable.Builder table =
        ResultTable.titled("Explanations of " + runs.dataset() + ": what accuracy is worth")
            .column(Column.text("Generator"))
            .column(ExplanationScore.MI_RATING.column())
            .column(Column.of("5-class accuracy", Column.Kind.SEEDS, 1).under("%").higher())
            .column(Column.of("always the commonest", Column.Kind.SEEDS, 1).under("%"))
            .column(Column.of("balanced accuracy", Column.Kind.SEEDS, 1).under("%").higher())
            .column(Column.of("read as their commonest", Column.Kind.SEEDS, 1).under("%"));
    runs.rows(
        table,
        group ->
            List.of(
                Cell.of(group.title()),
                group.cell(ExplanationScore.MI_RATING),
                group.cell(ExplanationScore.SENTIMENT_5),
                group.cell(run -> 100 * commonest(run.test().rating())),
                group.cell(run -> 100 * balanced(run.test().rating(), run.test().sentiment())),
                group.cell(run -> 100 * commonest(run.test().sentiment()))));
    return table
        .note(runs.origin())
        .note(
            AlignmentTables.seeds(runs)
                + "Always the commonest: the accuracy of texts that all say the explained ratings'"
                + " commonest class. Balanced accuracy: mean over the classes that occur, of the"
                + " share of their rows whose text is read as that class; texts that say nothing of"
                + " the rating have one over the number of classes.")
        .note(AlignmentTables.judge(runs))
        .build();
  }

  /**
   * The share of the commonest class.
   *
   * @param classes 0..4, (N)
   * @return 0..1
   */
  static double commonest(int[] classes) {
    return IntStream.range(0, RatingClasses.COUNT)
            .mapToLong(c -> Arrays.stream(classes).filter(one -> one == c).count())
            .max()
            .orElseThrow()
        / (double) classes.length;
  }

  /**
   * Accuracy by class, averaged over the classes that occur.
   *
   * @param rating the right classes, 0..4, (N)
   * @param read what the texts are read as, (N)
   * @return 0..1
   */
  static double balanced(int[] rating, int[] read) {
    return IntStream.range(0, RatingClasses.COUNT)
        .mapToObj(
            c -> IntStream.range(0, rating.length).filter(n -> rating[n] == c).boxed().toList())
        .filter(rows -> !rows.isEmpty())
        .mapToDouble(
            rows -> rows.stream().filter(n -> read[n] == rating[n]).count() / (double) rows.size())
        .average()
        .orElseThrow();
  }
}
