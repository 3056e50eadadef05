package explainrec.report;

import explainrec.metrics.RatingPredictions;
import explainrec.run.ReviewResult;
import explainrec.run.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Models that predict ratings beside the reviews that they write, as rating models. */
final class WriterRatings {
  private WriterRatings() {}

  /**
   * Puts writers among rating models.
   *
   * @param runs of rating models
   * @param reviews runs that write reviews; those without predicted ratings, variants, and models
   *     that are among {@code runs} are left out
   * @return all of {@code runs}, then the writers
   */
  static List<RunResult> joined(List<RunResult> runs, List<ReviewResult> reviews) {
    Set<String> models = runs.stream().map(RunResult::model).collect(Collectors.toSet());
    List<RunResult> all = new ArrayList<>(runs);
    Variants.plain(reviews).stream()
        .filter(run -> run.ratings() != null && !models.contains(run.model()))
        .map(WriterRatings::of)
        .forEach(all::add);
    return List.copyOf(all);
  }

  /** The ratings of a run that holds some. */
  static RunResult of(ReviewResult run) {
    RatingPredictions predicted = run.ratings();
    return new RunResult(
        run.format(),
        run.model(),
        run.title(),
        run.profile(),
        run.seed(),
        run.settings(),
        run.deviations(),
        run.data(),
        run.versions(),
        run.device(),
        new RunResult.Cost(
            run.cost().trained(),
            run.cost().seconds(),
            run.cost().secondsPerEpoch(),
            run.cost().reviewsPerSecond(),
            run.cost().peakMemoryMiB()),
        List.of(),
        run.bestEpoch(),
        predicted,
        run.leaked(),
        run.coldUser(),
        run.coldItem(),
        run.metrics());
  }
}
