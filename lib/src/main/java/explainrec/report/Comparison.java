package explainrec.report;

import explainrec.metrics.PairedTest;
import explainrec.metrics.RowErrors;
import explainrec.metrics.Statistics;
import explainrec.metrics.Statistics.Interval;
import explainrec.run.RunResult;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Two models' errors on the same test rows, over the seeds that both have.
 *
 * @param other the model that the reference is held against
 * @param overall whether of the overall rating; else the mean over aspects
 * @param seeds number of seeds that both have; 0, and all else empty, too when there are no two
 *     test rows
 * @param won seeds in which the reference has the lower RMSE
 * @param reference the reference's RMSE, mean over seeds
 * @param rival the other's RMSE, mean over seeds
 * @param rmse 95% bootstrap interval of reference minus other, RMSE
 * @param maeDifference reference minus other, MAE
 * @param mae 95% bootstrap interval of that difference
 * @param squared paired test on squared errors
 * @param absolute paired test on absolute errors
 */
record Comparison(
    String other,
    boolean overall,
    int seeds,
    int won,
    double reference,
    double rival,
    Interval rmse,
    double maeDifference,
    Interval mae,
    PairedTest squared,
    PairedTest absolute) {

  /** Reference minus other, RMSE: below 0 the reference errs less. */
  double rmseDifference() {
    return reference - rival;
  }

  /**
   * Compares two models.
   *
   * @param study with both models
   * @param reference model key
   * @param other model key
   * @param overall whether on the overall rating or on the aspects
   */
  static Comparison of(Study study, String reference, String other, boolean overall) {
    List<RunResult> ours = shared(study, reference, other);
    List<RunResult> theirs = shared(study, other, reference);
    if (ours.isEmpty() || ours.get(0).test().rows().length < 2) {
      Interval none = new Interval(Double.NaN, Double.NaN);
      return new Comparison(
          other, overall, 0, 0, Double.NaN, Double.NaN, none, Double.NaN, none, null, null);
    }
    List<SeedErrors> ourSquares = SeedErrors.parts(ours, RowErrors.SQUARED, study, overall);
    List<SeedErrors> theirSquares = SeedErrors.parts(theirs, RowErrors.SQUARED, study, overall);
    List<SeedErrors> ourSizes = SeedErrors.parts(ours, RowErrors.ABSOLUTE, study, overall);
    List<SeedErrors> theirSizes = SeedErrors.parts(theirs, RowErrors.ABSOLUTE, study, overall);
    double[] reached = SeedErrors.bySeed(ourSquares, true);
    double[] rival = SeedErrors.bySeed(theirSquares, true);
    int won = 0;
    for (int s = 0; s < reached.length; s++) {
      won += reached[s] < rival[s] ? 1 : 0;
    }
    return new Comparison(
        other,
        overall,
        ours.size(),
        won,
        Statistics.mean(reached),
        Statistics.mean(rival),
        SeedErrors.difference(ourSquares, theirSquares, true),
        Statistics.mean(SeedErrors.bySeed(ourSizes, false))
            - Statistics.mean(SeedErrors.bySeed(theirSizes, false)),
        SeedErrors.difference(ourSizes, theirSizes, false),
        PairedTest.of(SeedErrors.rowMeans(ourSquares), SeedErrors.rowMeans(theirSquares)),
        PairedTest.of(SeedErrors.rowMeans(ourSizes), SeedErrors.rowMeans(theirSizes)));
  }

  private static List<RunResult> shared(Study study, String model, String other) {
    Set<Long> seeds =
        study.models().get(other).stream().map(RunResult::seed).collect(Collectors.toSet());
    return study.models().get(model).stream().filter(run -> seeds.contains(run.seed())).toList();
  }
}
