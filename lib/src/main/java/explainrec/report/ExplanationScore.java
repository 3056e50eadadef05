package explainrec.report;

import explainrec.metrics.ExplanationMetric;
import explainrec.run.ExplanationResult;
import explainrec.run.GeneratorModel;
import java.util.Arrays;

/** The numbers in tables of explanations: how they are called, printed, and which of them win. */
enum ExplanationScore implements Score<ExplanationResult> {
  /** Of the rating that goes with the explanation, clipped. */
  RMSE("RMSE", ExplanationMetric.RMSE, 1, 3, Column.Better.LOWER),
  /** The same. */
  MAE("MAE", ExplanationMetric.MAE, 1, 3, Column.Better.LOWER),
  /** By the judge. */
  MI_RATING("I(R;E)/H(R)", ExplanationMetric.MI_RATING_SHARE, 1, 3, Column.Better.HIGHER),
  /** By the reward model. */
  MI_RATING_REWARD(
      "I(R;E)/H(R), reward model",
      ExplanationMetric.MI_RATING_SHARE_REWARD,
      1,
      3,
      Column.Better.HIGHER),
  /** By the judge's classifier. */
  SENTIMENT_5("5-class accuracy, %", ExplanationMetric.SENTIMENT_5, 100, 1, Column.Better.HIGHER),
  /** By the judge's classifier. */
  SENTIMENT_2("2-class accuracy, %", ExplanationMetric.SENTIMENT_2, 100, 1, Column.Better.HIGHER),
  /** By the judge. */
  MI_FEATURE("I(F;E)", ExplanationMetric.MI_FEATURE, 1, 3, Column.Better.HIGHER),
  /** By the reward model. */
  MI_FEATURE_REWARD(
      "I(F;E), reward model", ExplanationMetric.MI_FEATURE_REWARD, 1, 3, Column.Better.HIGHER),
  /** Feature matching ratio. */
  FMR("FMR, %", ExplanationMetric.FMR, 100, 1, Column.Better.HIGHER),
  /** Times 100. */
  BLEU_1("BLEU-1", ExplanationMetric.BLEU_1, 1, 2, Column.Better.HIGHER),
  /** Times 100. */
  BLEU_4("BLEU-4", ExplanationMetric.BLEU_4, 1, 2, Column.Better.HIGHER),
  /** Times 100. */
  ROUGE_1("ROUGE-1", ExplanationMetric.ROUGE_1, 1, 2, Column.Better.HIGHER),
  /** Times 100. */
  ROUGE_2("ROUGE-2", ExplanationMetric.ROUGE_2, 1, 2, Column.Better.HIGHER),
  /** Times 100. */
  ROUGE_L("ROUGE-L", ExplanationMetric.ROUGE_L, 1, 2, Column.Better.HIGHER),
  /** Unique sentence ratio. */
  USR("USR", ExplanationMetric.USR, 1, 3, Column.Better.HIGHER),
  /** Feature diversity. */
  DIV("DIV", ExplanationMetric.DIV, 1, 3, Column.Better.LOWER),
  /** Mean number of them. */
  WORDS("words", ExplanationMetric.WORDS, 1, 1, Column.Better.NEITHER),
  /** Under the frozen backbone. */
  PERPLEXITY("perplexity", ExplanationMetric.PERPLEXITY, 1, 2, Column.Better.NEITHER),
  /** By counting, on the generated world. */
  TRUE_MI_RATING("I(R; polarity)", ExplanationMetric.TRUE_MI_RATING, 1, 3, Column.Better.HIGHER);

  private final String title;
  private final ExplanationMetric metric;
  private final double factor;
  private final int decimals;
  private final Column.Better better;

  ExplanationScore(
      String title, ExplanationMetric metric, double factor, int decimals, Column.Better better) {
    this.title = title;
    this.metric = metric;
    this.factor = factor;
    this.decimals = decimals;
    this.better = better;
  }

  /**
   * Finds a score by the name that run files give it.
   *
   * @param key for instance {@code miRatingShare}
   * @return the score
   */
  static ExplanationScore of(String key) {
    return Arrays.stream(values())
        .filter(score -> score.metric.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no score " + key));
  }

  @Override
  public String title() {
    return title;
  }

  /** The name that run files give it. */
  String key() {
    return metric.key();
  }

  /** Digits after the point. */
  int decimals() {
    return decimals;
  }

  /** Whether larger numbers are better; false also where none is. */
  boolean higher() {
    return better == Column.Better.HIGHER;
  }

  /** Whether it is a lower bound of mutual information, which may itself be negative. */
  boolean isBound() {
    return switch (this) {
      case MI_RATING, MI_RATING_REWARD, MI_FEATURE, MI_FEATURE_REWARD -> true;
      default -> false;
    };
  }

  /** Its column, mean and deviation over seeds. */
  Column column() {
    return new Column("", title, Column.Kind.SEEDS, decimals, better);
  }

  @Override
  public int size(ExplanationResult run) {
    return run.test().rating().length;
  }

  @Override
  public double of(ExplanationResult run, int[] counts) {
    return factor * metric.of(run.test(), counts);
  }

  /** The score of all test rows; NaN where the run's rating was given, not predicted. */
  double of(ExplanationResult run) {
    return (this == RMSE || this == MAE) && ratingGiven(run)
        ? Double.NaN
        : of(run, SeedGroup.once(size(run)));
  }

  /** Whether explanations go with given ratings: the generator does not predict any. */
  static boolean ratingGiven(ExplanationResult run) {
    return GeneratorModel.known(run.model())
        ? !GeneratorModel.of(run.model()).predictsRating()
        : Arrays.equals(run.test().real(), run.test().predicted());
  }

  @Override
  public double[] rows(ExplanationResult run) {
    return metric.rows(run.test());
  }

  @Override
  public boolean inTails() {
    return true;
  }

  @Override
  public boolean countsRepeats() {
    return metric.draw() == ExplanationMetric.Draw.HALVES;
  }
}
