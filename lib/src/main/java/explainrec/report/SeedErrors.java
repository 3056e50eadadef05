package explainrec.report;

import explainrec.metrics.RowErrors;
import explainrec.metrics.Statistics;
import explainrec.metrics.Statistics.Interval;
import explainrec.run.RunResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * One error for each test row and seed of a model. Seeds may differ in their test rows: a row that
 * a seed did not test is NaN there.
 */
final class SeedErrors {
  private final int[] rows; // (N), ascending row numbers of the data set
  private final double[][] bySeed; // (S, N)

  /**
   * Lines errors up by row.
   *
   * @param runs the seeds of one model
   * @param errors one error for each of a run's test rows
   */
  SeedErrors(List<RunResult> runs, Function<RunResult, double[]> errors) {
    rows =
        runs.stream()
            .flatMapToInt(run -> Arrays.stream(run.test().rows()))
            .sorted()
            .distinct()
            .toArray();
    bySeed = new double[runs.size()][];
    for (int s = 0; s < bySeed.length; s++) {
      bySeed[s] = aligned(runs.get(s).test().rows(), errors.apply(runs.get(s)));
    }
  }

  private double[] aligned(int[] tested, double[] errors) {
    double[] all = new double[rows.length];
    Arrays.fill(all, Double.NaN);
    for (int n = 0; n < tested.length; n++) {
      all[Arrays.binarySearch(rows, tested[n])] = errors[n];
    }
    return all;
  }

  /** The error of each row, averaged over the seeds that tested it, (N). */
  double[] meanOverSeeds() {
    double[] mean = new double[rows.length];
    for (int n = 0; n < mean.length; n++) {
      int seeds = 0;
      for (double[] seed : bySeed) {
        if (!Double.isNaN(seed[n])) {
          mean[n] += seed[n];
          seeds++;
        }
      }
      mean[n] /= seeds;
    }
    return mean;
  }

  /**
   * 95% bootstrap interval of a model's RMSE or MAE.
   *
   * @param runs the seeds of one model
   * @param kind squared errors for the RMSE, absolute ones for the MAE
   * @param study names the aspects
   * @param overall whether of the overall rating or of the mean over aspects
   */
  static Interval interval(List<RunResult> runs, RowErrors kind, Study study, boolean overall) {
    return interval(parts(runs, kind, study, overall), kind == RowErrors.SQUARED);
  }

  /**
   * A model's errors on the overall rating, or on each aspect.
   *
   * @param runs the seeds of one model
   * @param kind squared or absolute errors
   * @param study names the aspects
   * @param overall whether one part for the overall rating, or one an aspect
   */
  static List<SeedErrors> parts(
      List<RunResult> runs, RowErrors kind, Study study, boolean overall) {
    List<SeedErrors> parts = new ArrayList<>();
    if (overall) {
      parts.add(new SeedErrors(runs, run -> kind.overall(run.test(), false)));
    } else {
      for (int a = 0; a < study.aspects().size(); a++) {
        int aspect = a;
        parts.add(new SeedErrors(runs, run -> kind.aspect(run.test(), aspect, false)));
      }
    }
    return parts;
  }

  /**
   * 95% bootstrap interval over test rows of one model's error minus another's, each resample used
   * for both.
   *
   * @param ours of one model
   * @param theirs of the other: the same seeds, rows and parts
   * @param root whether RMSE or MAE
   */
  static Interval difference(List<SeedErrors> ours, List<SeedErrors> theirs, boolean root) {
    return Statistics.bootstrap(
        ours.get(0).rows.length,
        counts -> mean(ours, counts, root) - mean(theirs, counts, root),
        Statistics.RESAMPLES,
        1);
  }

  private static double mean(List<SeedErrors> parts, int[] counts, boolean root) {
    return parts.stream().mapToDouble(p -> p.statistic(counts, root)).average().orElseThrow();
  }

  /**
   * 95% bootstrap interval over test rows of an error's mean over seeds and parts, each resample
   * used for all of them alike.
   *
   * @param parts errors of the same rows: one for the overall rating, or one an aspect
   * @param root whether the number is a root mean, as the RMSE of squared errors
   */
  static Interval interval(List<SeedErrors> parts, boolean root) {
    return Statistics.bootstrap(
        parts.get(0).rows.length, counts -> mean(parts, counts, root), Statistics.RESAMPLES, 1);
  }

  private double statistic(int[] counts, boolean root) {
    double sum = 0;
    for (double[] seed : bySeed) {
      double errors = 0;
      long drawn = 0;
      for (int n = 0; n < seed.length; n++) {
        if (!Double.isNaN(seed[n])) {
          errors += counts[n] * seed[n];
          drawn += counts[n];
        }
      }
      sum += root ? Math.sqrt(errors / drawn) : errors / drawn;
    }
    return sum / bySeed.length;
  }
}
