package explainrec.report;

import explainrec.metrics.Resampled;
import explainrec.metrics.Statistics;
import explainrec.metrics.Statistics.Interval;
import explainrec.run.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The seeds of one model with one choice of settings, all on the same test rows.
 *
 * @param model its key
 * @param title its name in tables, with what sets it apart
 * @param runs by seed, at least one
 * @param <R> kind of run
 */
record SeedGroup<R extends Result>(String model, String title, List<R> runs) {
  /** One number a seed. */
  double[] each(ToDoubleFunction<R> number) {
    return runs.stream().mapToDouble(number).toArray();
  }

  /** Mean and deviation over seeds. */
  Cell overSeeds(ToDoubleFunction<R> number) {
    double[] values = each(number);
    return Cell.of(Statistics.mean(values), Statistics.sampleSd(values));
  }

  /** The run of a seed. */
  Optional<R> run(long seed) {
    return runs.stream().filter(run -> run.seed() == seed).findFirst();
  }

  /** Mean over seeds of a score. */
  double mean(Score<R> score, int[] counts) {
    return Statistics.mean(each(run -> score.of(run, counts)));
  }

  /** Mean over seeds of a score of all rows. */
  double mean(Score<R> score) {
    return mean(score, once(score.size(runs.get(0))));
  }

  /** 95% interval over test rows of that mean, each draw of rows used for all seeds. */
  Interval interval(Score<R> score) {
    int rows = score.size(runs.get(0));
    if (score.countsRepeats() && rows > 1) {
      return Resampled.halves(rows, drawn -> mean(score, drawn), Statistics.RESAMPLES, 1)
          .interval();
    }
    int[] all = new int[rows];
    Arrays.setAll(all, n -> n);
    return interval(score, all);
  }

  /**
   * 95% bootstrap interval over some of the test rows.
   *
   * @param kept the rows to draw from
   */
  Interval interval(Score<R> score, int[] kept) {
    int rows = score.size(runs.get(0));
    if (Double.isNaN(mean(score))) {
      return new Interval(Double.NaN, Double.NaN);
    }
    return Statistics.bootstrap(
        kept.length, drawn -> mean(score, spread(drawn, kept, rows)), Statistics.RESAMPLES, 1);
  }

  /** Every row counted once. */
  static int[] once(int rows) {
    int[] counts = new int[rows];
    Arrays.fill(counts, 1);
    return counts;
  }

  private static int[] spread(int[] drawn, int[] kept, int rows) {
    if (kept.length == rows) {
      return drawn;
    }
    int[] counts = new int[rows];
    for (int k = 0; k < kept.length; k++) {
      counts[kept[k]] = drawn[k];
    }
    return counts;
  }
}
