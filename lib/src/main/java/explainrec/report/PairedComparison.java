package explainrec.report;

import explainrec.metrics.HalfSamples;
import explainrec.metrics.PairedTest;
import explainrec.metrics.Statistics;
import explainrec.metrics.Statistics.Interval;
import explainrec.run.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Two models on the same test rows and seeds.
 *
 * <p>Scores that are means over rows are compared by a paired t-test, each row's score averaged
 * over seeds first. Other scores have no value a row: there the rows are drawn again and again for
 * both models at once, and p counts how often the difference changes its sign.
 *
 * @param left the first model's score, mean over seeds
 * @param right the second model's
 * @param seeds number of seeds that both have
 * @param leftBetter in how many of them the first model scores higher
 * @param rightBetter in how many of them the second model does
 * @param interval 95% interval over test rows of first minus second
 * @param p of the paired test
 * @param effect Cohen's d_z of the rows' differences; NaN for scores without a value a row
 */
record PairedComparison(
    double left,
    double right,
    int seeds,
    int leftBetter,
    int rightBetter,
    Interval interval,
    double p,
    double effect) {

  /**
   * What is compared: a sum of scores of several models, each with its weight; usually of one.
   *
   * @param terms at least one
   */
  record Side<R extends Result>(List<Term<R>> terms) {
    static <R extends Result> Side<R> of(SeedGroup<R> group) {
      return of(1, group);
    }

    static <R extends Result> Side<R> of(double weight, SeedGroup<R> group) {
      return new Side<>(List.of(new Term<>(weight, group)));
    }

    /** One model's score minus another's. */
    static <R extends Result> Side<R> gain(SeedGroup<R> of, SeedGroup<R> over) {
      return new Side<>(List.of(new Term<>(1, of), new Term<>(-1, over)));
    }

    private boolean has(long seed) {
      return terms.stream().allMatch(term -> term.group().run(seed).isPresent());
    }

    private double of(Score<R> score, long seed, int[] counts) {
      return terms.stream().mapToDouble(t -> t.weight() * score.of(t.run(seed), counts)).sum();
    }

    private double mean(Score<R> score, List<Long> seeds, int[] counts) {
      return seeds.stream().mapToDouble(seed -> of(score, seed, counts)).average().orElseThrow();
    }

    /** A row's score, averaged over seeds, (N); null for scores without a value a row. */
    private double[] rows(Score<R> score, List<Long> seeds) {
      double[] mean = null;
      for (Term<R> term : terms) {
        for (long seed : seeds) {
          double[] rows = score.rows(term.run(seed));
          if (rows == null) {
            return null;
          }
          mean = mean == null ? new double[rows.length] : mean;
          for (int n = 0; n < mean.length; n++) {
            mean[n] += term.weight() * rows[n] / seeds.size();
          }
        }
      }
      return mean;
    }
  }

  /** One model's part in a side. */
  record Term<R extends Result>(double weight, SeedGroup<R> group) {
    R run(long seed) {
      return group.run(seed).orElseThrow();
    }
  }

  /**
   * Compares two models.
   *
   * @param left the first, or null when it did not run
   * @param right the second, or null when it did not run
   * @param score the score
   * @return empty when a model or a common seed is missing, or there are fewer than two rows
   */
  static <R extends Result> Optional<PairedComparison> of(
      SeedGroup<R> left, SeedGroup<R> right, Score<R> score) {
    return left == null || right == null
        ? Optional.empty()
        : of(Side.of(left), Side.of(right), score);
  }

  /** Compares two sides; {@link #left} and {@link #right} are their values, weights included. */
  static <R extends Result> Optional<PairedComparison> of(
      Side<R> left, Side<R> right, Score<R> score) {
    List<Long> seeds = new ArrayList<>();
    R any = null;
    for (R run : left.terms().get(0).group().runs()) {
      if (left.has(run.seed()) && right.has(run.seed())) {
        seeds.add(run.seed());
        any = run;
      }
    }
    if (any == null || score.size(any) < 2) {
      return Optional.empty();
    }
    int[] once = SeedGroup.once(score.size(any));
    int leftBetter = 0;
    int rightBetter = 0;
    for (long seed : seeds) {
      double l = left.of(score, seed, once);
      double r = right.of(score, seed, once);
      leftBetter += l > r ? 1 : 0;
      rightBetter += r > l ? 1 : 0;
    }
    ToDoubleFunction<int[]> difference =
        counts -> left.mean(score, seeds, counts) - right.mean(score, seeds, counts);
    double[] lefts = left.rows(score, seeds);
    PairedTest test = lefts == null ? null : PairedTest.of(lefts, right.rows(score, seeds));
    HalfSamples halves =
        score.countsRepeats()
            ? HalfSamples.of(once.length, difference, Statistics.RESAMPLES, 1)
            : null;
    return Optional.of(
        new PairedComparison(
            left.mean(score, seeds, once),
            right.mean(score, seeds, once),
            seeds.size(),
            leftBetter,
            rightBetter,
            halves != null
                ? halves.interval()
                : Statistics.bootstrap(once.length, difference, Statistics.RESAMPLES, 1),
            test != null ? test.tP() : p(halves, once.length, difference),
            test != null ? test.cohenDz() : Double.NaN));
  }

  private static double p(HalfSamples halves, int rows, ToDoubleFunction<int[]> difference) {
    return halves != null
        ? halves.p()
        : Statistics.pairedBootstrap(rows, difference, Statistics.RESAMPLES, 1);
  }

  /** The p-values of comparisons, corrected by Holm; NaN where there is none. */
  static double[] holm(List<Optional<PairedComparison>> comparisons) {
    return Statistics.holm(
        comparisons.stream()
            .mapToDouble(c -> c.map(PairedComparison::p).orElse(Double.NaN))
            .toArray());
  }
}
