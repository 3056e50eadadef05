package explainrec.run;

import java.util.List;
import java.util.Map;

/**
 * What a study has found: its rows with their runs, and the runs that failed.
 *
 * @param study what was asked for
 * @param data the data set's name
 * @param rows one a model, in the study's order
 * @param kept how many runs were taken that other code or another machine made
 */
public record StudyResult(StudyFile study, String data, List<Row> rows, int kept) {
  /** Copies the rows. */
  public StudyResult {
    rows = List.copyOf(rows);
  }

  /**
   * One model of a study.
   *
   * @param model with the settings that its runs had
   * @param tuning how its settings were found, for instance {@code 4 trials, 93 s}; empty where the
   *     study searches for none
   * @param results of the runs that there are, in the order of seeds
   * @param failures why others are not there, by seed
   */
  public record Row(
      StudyModel model, String tuning, List<Result> results, Map<Long, RunFailure> failures) {
    /** Copies the results. */
    public Row {
      results = List.copyOf(results);
    }
  }

  /** How many runs failed. */
  public int failed() {
    return rows.stream().mapToInt(row -> row.failures().size()).sum();
  }

  /** The rating runs, by model, then seed: for the tables and charts of ratings. */
  public List<RunResult> ratings() {
    return of(RunResult.class);
  }

  /** The runs that write reviews, by model, then seed. */
  public List<ReviewResult> reviews() {
    return of(ReviewResult.class);
  }

  /** The runs that write explanations, by model, then seed. */
  public List<ExplanationResult> explanations() {
    return of(ExplanationResult.class);
  }

  private <R extends Result> List<R> of(Class<R> type) {
    return rows.stream()
        .flatMap(row -> row.results().stream())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
