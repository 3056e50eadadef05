package explainrec.report;

import explainrec.run.RunResult;
import java.util.List;

/**
 * The run of the generated world's own expected ratings: no model among models, but the floor that
 * tables and charts show below them.
 */
final class NoiseFloor {
  private static final String MODEL = "truth";

  private NoiseFloor() {}

  /** The runs of models. */
  static List<RunResult> without(List<RunResult> runs) {
    return runs.stream().filter(run -> !run.model().equals(MODEL)).toList();
  }

  /** The options, with the floor that is among the runs if they have none. */
  static RatingOptions of(List<RunResult> runs, RatingOptions options) {
    return options.floor() != null
        ? options
        : runs.stream()
            .filter(run -> run.model().equals(MODEL))
            .findFirst()
            .map(run -> options.withFloor(run.test()))
            .orElse(options);
  }
}
