package explainrec.report;

import explainrec.metrics.RatingMetrics;
import explainrec.metrics.RowErrors;
import explainrec.metrics.Statistics;
import explainrec.run.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What one setting of a rating model does, all else alike. */
final class SweepTable {
  private static final int TESTS = 2; // overall and aspect RMSE

  private SweepTable() {}

  /**
   * Makes the table.
   *
   * @param sweep runs that differ in the setting only, titled by it
   * @param setting its key
   */
  static ResultTable of(List<RunResult> sweep, String setting) {
    if (sweep.isEmpty()) {
      return ResultTable.titled("What " + setting + " does")
          .column(Column.text(setting))
          .note("Not run here: no two runs differ in " + setting + " alone.")
          .build();
    }
    Study study = new Study(sweep);
    List<String> models = new ArrayList<>(study.models().keySet());
    models.sort(Comparator.comparing(model -> place(sweep, model)));
    String reference = reference(study, models);
    ResultTable.Builder table =
        ResultTable.titled("What " + setting + " does on " + study.dataset())
            .column(Column.text(setting))
            .column(Column.of("RMSE", Column.Kind.SEEDS, 3).lower().under("overall"))
            .column(Column.of("95%", Column.Kind.INTERVAL, 3).under("overall"))
            .column(Column.of("MAE", Column.Kind.SEEDS, 3).lower().under("overall"))
            .column(Column.of("p (Holm)", Column.Kind.PROBABILITY, 4).under("overall"))
            .column(Column.number("d_z", 2).under("overall"))
            .column(Column.of("RMSE", Column.Kind.SEEDS, 3).lower().under("aspects"))
            .column(Column.of("p (Holm)", Column.Kind.PROBABILITY, 4).under("aspects"))
            .column(Column.number("d_z", 2).under("aspects"))
            .column(Column.number("trained numbers", 0))
            .column(Column.number("seconds an epoch", 2));
    List<Optional<Comparison>> tests = new ArrayList<>();
    for (String model : models) {
      for (boolean overall : new boolean[] {true, false}) {
        tests.add(
            model.equals(reference)
                ? Optional.empty()
                : Comparison.of(study, model, reference, overall, RowErrors.SQUARED));
      }
    }
    double[] p =
        Statistics.holm(
            tests.stream()
                .mapToDouble(t -> t.map(c -> c.test().tP()).orElse(Double.NaN))
                .toArray());
    for (int m = 0; m < models.size(); m++) {
      table.row(row(study, models.get(m), tests, p, TESTS * m));
    }
    return table
        .note(study.origin())
        .note(
            "p and d_z: paired t-test of the rows' squared errors against "
                + study.title(reference)
                + ", on common seeds; negative where this row's value errs less. Holm over this"
                + " table. Runs differ in this one setting and in nothing else.")
        .build();
  }

  /** What the others are compared with: the model itself, else what leaves the paper least. */
  private static String reference(Study study, List<String> models) {
    return models.stream()
        .min(
            Comparator.<String, Boolean>comparing(model -> !Variants.tag(model).isEmpty())
                .thenComparing(model -> study.models().get(model).get(0).deviations().size()))
        .orElseThrow();
  }

  private static int place(List<RunResult> sweep, String model) {
    return sweep.stream().map(RunResult::model).toList().indexOf(model);
  }

  private static List<Cell> row(
      Study study, String model, List<Optional<Comparison>> tests, double[] p, int test) {
    return List.of(
        Cell.of(study.title(model)),
        seeds(study.each(model, run -> RatingMetrics.of(run.test()).rmse())),
        Cell.of(SeedErrors.interval(study.models().get(model), RowErrors.SQUARED, study, true)),
        seeds(study.each(model, run -> RatingMetrics.of(run.test()).mae())),
        Cell.of(p[test]),
        effect(tests.get(test)),
        seeds(study.each(model, run -> RatingMetrics.of(run.test()).aspectRmseMean())),
        Cell.of(p[test + 1]),
        effect(tests.get(test + 1)),
        Cell.of(Statistics.mean(study.each(model, run -> run.cost().parameters()))),
        Cell.of(Statistics.mean(study.each(model, run -> run.cost().secondsPerEpoch()))));
  }

  private static Cell seeds(double[] values) {
    return Cell.of(Statistics.mean(values), Statistics.sampleSd(values));
  }

  private static Cell effect(Optional<Comparison> test) {
    return Cell.of(test.map(c -> c.test().cohenDz()).orElse(Double.NaN));
  }
}
