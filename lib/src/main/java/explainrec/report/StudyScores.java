package explainrec.report;

import explainrec.metrics.RowErrors;
import explainrec.metrics.Statistics;
import explainrec.metrics.Statistics.Interval;
import explainrec.run.ExplanationResult;
import explainrec.run.PlannedRun.Kind;
import explainrec.run.Result;
import explainrec.run.ReviewResult;
import explainrec.run.RunResult;
import explainrec.run.StudyMetric;
import explainrec.run.StudyResult.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The 95% intervals over test rows of a study's numbers, where runs keep what each row scored. */
final class StudyScores {
  private static final Interval NONE = new Interval(Double.NaN, Double.NaN);

  private StudyScores() {}

  /**
   * The interval of a metric's mean over seeds.
   *
   * @param metric which
   * @param row a model's runs, at least one
   * @return NaN at both ends where runs keep no value of each row
   */
  static Interval interval(StudyMetric metric, Row row) {
    return switch (kind(metric, row)) {
      case RATINGS -> ratings(metric, rated(row));
      case REVIEWS -> reviews(metric, of(row, ReviewResult.class));
      case EXPLANATIONS -> explanations(metric, of(row, ExplanationResult.class));
    };
  }

  /** What a row's runs are for a metric: writers that keep predicted ratings are rated as such. */
  static Kind kind(StudyMetric metric, Row row) {
    Kind kind = row.model().kind();
    boolean rated =
        kind == Kind.REVIEWS
            && known(metric, Kind.RATINGS)
            && of(row, ReviewResult.class).stream().allMatch(run -> run.ratings() != null);
    return rated ? Kind.RATINGS : kind;
  }

  /** The runs of a row that {@link #kind} calls ratings. */
  static List<RunResult> rated(Row row) {
    return row.model().kind() == Kind.RATINGS
        ? of(row, RunResult.class)
        : of(row, ReviewResult.class).stream().map(WriterRatings::of).toList();
  }

  /** Whether any interval of a metric can be given for runs of a kind. */
  static boolean known(StudyMetric metric, Kind kind) {
    return switch (kind) {
      case RATINGS ->
          switch (metric) {
            case RMSE, MAE, RMSE_CLIPPED, MAE_CLIPPED, ASPECT_RMSE, ASPECT_MAE -> true;
            default -> false;
          };
      case REVIEWS -> review(metric) != null;
      case EXPLANATIONS -> explanation(metric) != null;
    };
  }

  /** Whether an error of ratings is the root of a mean. */
  static boolean root(StudyMetric metric) {
    return switch (metric) {
      case RMSE, RMSE_CLIPPED, ASPECT_RMSE -> true;
      default -> false;
    };
  }

  /** Whether predictions are clipped first. */
  static boolean clipped(StudyMetric metric) {
    return metric == StudyMetric.RMSE_CLIPPED || metric == StudyMetric.MAE_CLIPPED;
  }

  /** Whether it is the mean over aspects. */
  static boolean aspects(StudyMetric metric) {
    return metric == StudyMetric.ASPECT_RMSE || metric == StudyMetric.ASPECT_MAE;
  }

  /** A row's runs. */
  static <R extends Result> List<R> of(Row row, Class<R> type) {
    return row.results().stream().map(type::cast).toList();
  }

  private static Interval ratings(StudyMetric metric, List<RunResult> runs) {
    if (!known(metric, Kind.RATINGS)) {
      return NONE;
    }
    boolean root = root(metric);
    RowErrors kind = root ? RowErrors.SQUARED : RowErrors.ABSOLUTE;
    boolean clip = clipped(metric);
    List<SeedErrors> parts = new ArrayList<>();
    if (aspects(metric)) {
      int aspects = runs.get(0).test().aspects().length;
      for (int a = 0; a < aspects; a++) {
        int aspect = a;
        parts.add(new SeedErrors(runs, run -> kind.aspect(run.test(), aspect, false)));
      }
    } else {
      parts.add(new SeedErrors(runs, run -> kind.overall(run.test(), clip)));
    }
    return parts.isEmpty() ? NONE : SeedErrors.interval(parts, root);
  }

  private static Interval reviews(StudyMetric metric, List<ReviewResult> runs) {
    Score<ReviewResult> score = review(metric);
    return score == null ? NONE : group(runs).interval(score);
  }

  private static Interval explanations(StudyMetric metric, List<ExplanationResult> runs) {
    Score<ExplanationResult> score = explanation(metric);
    return score == null ? NONE : group(runs).interval(score);
  }

  private static <R extends Result> SeedGroup<R> group(List<R> runs) {
    return new SeedGroup<>(runs.get(0).model(), runs.get(0).title(), runs);
  }

  /** How a metric is computed from a review run's rows; null when it is not. */
  static Score<ReviewResult> review(StudyMetric metric) {
    return switch (metric) {
      case METEOR -> ReviewMetric.METEOR;
      case BLEU -> ReviewMetric.BLEU;
      case ROUGE_1 -> ReviewMetric.ROUGE_1;
      case ROUGE_2 -> ReviewMetric.ROUGE_2;
      case ROUGE_L -> ReviewMetric.ROUGE_L;
      case BERT_PRECISION -> ReviewMetric.BERT_PRECISION;
      case BERT_RECALL -> ReviewMetric.BERT_RECALL;
      case BERT_F1 -> ReviewMetric.BERT_F1;
      case LOSS -> new Mean<>(metric.title(), run -> run.test().loss());
      case MEAN_WORDS ->
          new Mean<>(
              metric.title(), run -> Arrays.stream(run.test().words()).asDoubleStream().toArray());
      default -> null;
    };
  }

  /** The same of an explanation run. */
  static Score<ExplanationResult> explanation(StudyMetric metric) {
    return Arrays.stream(ExplanationScore.values())
        .filter(score -> score.key().equals(metric.key()))
        .findFirst()
        .orElse(null);
  }

  /** A number that is the mean of one value a row. */
  private record Mean<R extends Result>(String title, Function<R, double[]> column)
      implements Score<R> {
    @Override
    public int size(R run) {
      return column.apply(run).length;
    }

    @Override
    public double of(R run, int[] counts) {
      return Statistics.weightedMean(column.apply(run), counts);
    }

    @Override
    public double[] rows(R run) {
      return column.apply(run);
    }
  }

  /** Mean and deviation over seeds. */
  static Cell overSeeds(StudyMetric metric, Row row) {
    ToDoubleFunction<Result> number = run -> metric.of(row.model().kind(), run);
    double[] values = row.results().stream().mapToDouble(number).toArray();
    return values.length == 0
        ? Cell.MISSING
        : Cell.of(Statistics.mean(values), Statistics.sampleSd(values));
  }
}
