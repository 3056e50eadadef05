package explainrec.report;

import explainrec.metrics.RatingMetrics;
import explainrec.metrics.RatingPredictions;
import explainrec.metrics.Statistics;
import explainrec.run.RunResult;
import java.util.ArrayList;
import java.util.List;

/** How near rating models come to the generated world's own expected ratings. */
final class FloorTable {
  private static final String AVERAGE = "average";

  private FloorTable() {}

  static ResultTable of(List<RunResult> runs) {
    RatingPredictions floor = NoiseFloor.of(runs, RatingOptions.DEFAULT).floor();
    Study study = new Study(NoiseFloor.without(runs));
    ResultTable.Builder table =
        ResultTable.titled("How near the noise floor? Test error on " + study.dataset())
            .column(Column.text("Model"));
    for (String rating : List.of("overall", "aspects")) {
      table
          .column(Column.of("RMSE", Column.Kind.SEEDS, 3).lower().under(rating))
          .column(Column.number("above the floor", 3).lower().under(rating))
          .column(Column.number("explained, %", 0).higher().under(rating));
    }
    for (String model : study.models().keySet()) {
      List<Cell> cells = new ArrayList<>(List.of(Cell.of(study.title(model))));
      cells.addAll(cells(study, model, floor, true));
      cells.addAll(cells(study, model, floor, false));
      table.row(cells);
    }
    table.note(study.origin());
    return floor == null
        ? table
            .note("No run of truth here: the floor is known of the generated world only.")
            .build()
        : table
            .note(
                "The floor is the error of somebody who knows the generator's laws. Explained: of"
                    + " the squared error between Average and the floor, the share that a model"
                    + " takes away; above 100 is chance in these test rows.")
            .build();
  }

  private static List<Cell> cells(
      Study study, String model, RatingPredictions floor, boolean overall) {
    boolean aspects =
        study.models().get(model).stream().allMatch(run -> run.test().aspects().length > 0);
    if (!overall && !aspects) {
      return List.of(Cell.MISSING, Cell.MISSING, Cell.MISSING);
    }
    double[] errors = study.each(model, run -> rmse(run.test(), overall));
    double mean = Statistics.mean(errors);
    double least = floor == null ? Double.NaN : rmse(floor, overall);
    double nothing =
        study.models().containsKey(AVERAGE)
            ? Statistics.mean(study.each(AVERAGE, run -> rmse(run.test(), overall)))
            : Double.NaN;
    double explained = (nothing * nothing - mean * mean) / (nothing * nothing - least * least);
    return List.of(
        Cell.of(mean, Statistics.sampleSd(errors)),
        Cell.of(mean - least),
        Cell.of(100 * explained));
  }

  private static double rmse(RatingPredictions test, boolean overall) {
    RatingMetrics metrics = RatingMetrics.of(test);
    return overall ? metrics.rmse() : metrics.aspectRmseMean();
  }
}
