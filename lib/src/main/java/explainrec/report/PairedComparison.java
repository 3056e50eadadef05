package explainrec.report;

import explainrec.metrics.PairedTest;
import explainrec.metrics.Resampled;
import explainrec.metrics.Statistics;
import explainrec.metrics.Statistics.Interval;
import explainrec.run.Result;
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
   * What is compared: a sum of scores, each with its weight; usually of one.
   *
   * @param terms at least one
   */
  record Side<R extends Result>(List<Term<R>> terms) {
    static <R extends Result> Side<R> of(double weight, SeedGroup<R> group, Score<R> score) {
      return new Side<>(List.of(new Term<>(weight, group, score)));
    }

    /** One model's score minus another's. */
    static <R extends Result> Side<R> gain(SeedGroup<R> of, SeedGroup<R> over, Score<R> score) {
      return new Side<>(List.of(new Term<>(1, of, score), new Term<>(-1, over, score)));
    }

    private boolean has(long seed) {
      return terms.stream().allMatch(term -> term.group().run(seed).isPresent());
    }

    private double of(long seed, int[] counts) {
      return terms.stream().mapToDouble(term -> term.of(seed, counts)).sum();
    }

    private double mean(List<Long> seeds, int[] counts) {
      return seeds.stream().mapToDouble(seed -> of(seed, counts)).average().orElseThrow();
    }

    /** A row's score, averaged over seeds, (N); null for scores without a value a row. */
    private double[] rows(List<Long> seeds) {
      double[] mean = null;
      for (Term<R> term : terms) {
        for (long seed : seeds) {
          double[] rows = term.score().rows(term.run(seed));
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

  /** One model's score in a side. */
  record Term<R extends Result>(double weight, SeedGroup<R> group, Score<R> score) {
    R run(long seed) {
      return group.run(seed).orElseThrow();
    }

    double of(long seed, int[] counts) {
      return weight * score.of(run(seed), counts);
    }

    int size() {
      return score.size(group.runs().get(0));
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
        : of(Side.of(1, left, score), Side.of(1, right, score));
  }

  /** Compares two sides; {@link #left} and {@link #right} are their values, weights included. */
  static <R extends Result> Optional<PairedComparison> of(Side<R> left, Side<R> right) {
    Term<R> first = left.terms().get(0);
    List<Long> seeds =
        first.group().runs().stream()
            .map(Result::seed)
            .filter(seed -> left.has(seed) && right.has(seed))
            .toList();
    if (seeds.isEmpty() || first.size() < 2) {
      return Optional.empty();
    }
    int[] once = SeedGroup.once(first.size());
    int leftBetter = 0;
    int rightBetter = 0;
    for (long seed : seeds) {
      double l = left.of(seed, once);
      double r = right.of(seed, once);
      leftBetter += l > r ? 1 : 0;
      rightBetter += r > l ? 1 : 0;
    }
    ToDoubleFunction<int[]> difference =
        counts -> left.mean(seeds, counts) - right.mean(seeds, counts);
    double[] lefts = left.rows(seeds);
    double[] rights = lefts == null ? null : right.rows(seeds);
    PairedTest test = rights == null ? null : PairedTest.of(lefts, rights);
    Resampled drawn =
        first.score().countsRepeats()
            ? Resampled.halves(once.length, difference, Statistics.RESAMPLES, 1)
            : Resampled.bootstrap(once.length, difference, Statistics.RESAMPLES, 1);
    return Optional.of(
        new PairedComparison(
            left.mean(seeds, once),
            right.mean(seeds, once),
            seeds.size(),
            leftBetter,
            rightBetter,
            drawn.interval(),
            test != null ? test.tP() : first.score().inTails() ? drawn.tail() : drawn.p(),
            test != null ? test.cohenDz() : Double.NaN));
  }

  /** The p-values of comparisons, corrected by Holm; NaN where there is none. */
  static double[] holm(List<Optional<PairedComparison>> comparisons) {
    return Statistics.holm(
        comparisons.stream()
            .mapToDouble(c -> c.map(PairedComparison::p).orElse(Double.NaN))
            .toArray());
  }
}
