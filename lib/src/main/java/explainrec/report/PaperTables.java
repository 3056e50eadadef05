package explainrec.report;

import explainrec.run.ExplanationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The appendix's tables, ours beside theirs. */
final class PaperTables {
  private PaperTables() {}

  /**
   * One of the appendix's tables.
   *
   * @param all runs of one data set
   * @param name {@code Table 10} or {@code Table 11}
   */
  static ResultTable of(List<ExplanationResult> all, String name) {
    ExplanationRuns runs = new ExplanationRuns(all);
    MmiPaper.Published published = MmiPaper.MMI.tables().get(name);
    List<ExplanationScore> scores = published.columns().stream().map(ExplanationScore::of).toList();
    ResultTable.Builder table =
        ResultTable.titled(
                "The appendix's " + name + " on " + runs.dataset() + ": " + published.title())
            .column(Column.text("Generator"));
    String here = "here, " + runs.dataset();
    String there = "paper, " + MmiPaper.MMI.column();
    scores.forEach(score -> table.column(score.column().under(here)));
    for (ExplanationScore score : scores) {
      table.column(Column.number(score.title(), 4 - leading(score)).under(there));
    }
    for (MmiPaper.Row row : published.rows()) {
      Optional<ExplanationRuns.Group> group = runs.find(row.model(), row.align(), row.changes());
      List<Cell> cells = new ArrayList<>();
      cells.add(
          Cell.of(group.map(ExplanationRuns.Group::title).orElse(title(row) + " (not run here)")));
      for (ExplanationScore score : scores) {
        cells.add(group.map(found -> found.cell(score)).orElse(Cell.MISSING));
      }
      row.values().forEach(value -> cells.add(Cell.of(value)));
      table.row(cells);
    }
    return table
        .note(runs.origin())
        .note(AlignmentTables.seeds(runs) + AlignmentTables.judge(runs))
        .note(MmiPaper.MMI.note() + " (" + MmiPaper.MMI.source() + ", appendix)")
        .build();
  }

  /** The paper prints errors with four digits, the rest with two. */
  private static int leading(ExplanationScore score) {
    return score == ExplanationScore.RMSE || score == ExplanationScore.MAE ? 0 : 2;
  }

  private static String title(MmiPaper.Row row) {
    return MmiPaper.MMI.titles().get(row.model())
        + new ExplanationVariant(row.align(), row.changes(), "").words();
  }

  /** Whether any of a table's fine-tuned generators ran. */
  static boolean ran(ExplanationRuns runs, String name) {
    return MmiPaper.MMI.tables().get(name).rows().stream()
        .filter(row -> !row.align().equals(ExplanationVariant.NONE))
        .anyMatch(row -> runs.find(row.model(), row.align(), row.changes()).isPresent());
  }
}
