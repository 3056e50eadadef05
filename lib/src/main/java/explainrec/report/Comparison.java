package explainrec.report;

import explainrec.metrics.PairedTest;
import explainrec.metrics.RatingMetrics;
import explainrec.metrics.RowErrors;
import explainrec.metrics.Statistics;
import explainrec.metrics.Statistics.Interval;
import explainrec.run.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Two models on the same test rows: RMSE or MAE of each, and paired tests of their row errors.
 *
 * <p>Only seeds that both models have are used. The tests take one number a row: the error averaged
 * over the seeds that tested the row (for aspects: over aspects too), squared for the RMSE,
 * absolute for the MAE.
 *
 * @param left the first model's RMSE or MAE, mean over seeds
 * @param right the second model's
 * @param seeds number of seeds that both have
 * @param leftBetter in how many of them the first model's error is the smaller one
 * @param rightBetter in how many of them the second model's error is the smaller one
 * @param test differences first minus second
 * @param interval 95% bootstrap interval over test rows of first minus second
 */
record Comparison(
    double left,
    double right,
    int seeds,
    int leftBetter,
    int rightBetter,
    PairedTest test,
    Interval interval) {

  /**
   * Compares two models of a study.
   *
   * @param study the runs
   * @param left the first model's key
   * @param right the second model's key
   * @param overall the overall rating, or the aspects
   * @param kind squared for RMSE, absolute for MAE
   * @return empty when a model or a common seed is missing, or one predicts no aspects
   */
  static Optional<Comparison> of(
      Study study, String left, String right, boolean overall, RowErrors kind) {
    List<RunResult> lefts = new ArrayList<>();
    List<RunResult> rights = new ArrayList<>();
    for (RunResult a : study.models().getOrDefault(left, List.of())) {
      for (RunResult b : study.models().getOrDefault(right, List.of())) {
        boolean aspects = a.test().aspects().length > 0 && b.test().aspects().length > 0;
        if (a.seed() == b.seed() && a.test().rows().length > 1 && (overall || aspects)) {
          lefts.add(a);
          rights.add(b);
        }
      }
    }
    if (lefts.isEmpty()) {
      return Optional.empty();
    }
    double[] leftNumbers = numbers(lefts, overall, kind);
    double[] rightNumbers = numbers(rights, overall, kind);
    int leftBetter = 0;
    int rightBetter = 0;
    for (int s = 0; s < leftNumbers.length; s++) {
      leftBetter += leftNumbers[s] < rightNumbers[s] ? 1 : 0;
      rightBetter += rightNumbers[s] < leftNumbers[s] ? 1 : 0;
    }
    Function<RunResult, double[]> errors =
        run -> overall ? kind.overall(run.test(), false) : kind.aspects(run.test(), false);
    return Optional.of(
        new Comparison(
            Statistics.mean(leftNumbers),
            Statistics.mean(rightNumbers),
            lefts.size(),
            leftBetter,
            rightBetter,
            PairedTest.of(
                new SeedErrors(lefts, errors).meanOverSeeds(),
                new SeedErrors(rights, errors).meanOverSeeds()),
            SeedErrors.difference(
                SeedErrors.parts(lefts, kind, study, overall),
                SeedErrors.parts(rights, kind, study, overall),
                kind == RowErrors.SQUARED)));
  }

  private static double[] numbers(List<RunResult> runs, boolean overall, RowErrors kind) {
    return runs.stream()
        .map(run -> RatingMetrics.of(run.test()))
        .mapToDouble(metrics -> metrics.error(overall, kind))
        .toArray();
  }

  /** The error's name in tables. */
  static String name(boolean overall, RowErrors kind) {
    return (overall ? "overall " : "aspect ") + (kind == RowErrors.SQUARED ? "RMSE" : "MAE");
  }
}
