package explainrec.run;

import explainrec.run.PlannedRun.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The numbers that a study's table may show, by the names that run files give them. */
public enum StudyMetric {
  /** Root mean squared error of the overall rating; of explanations, clipped to 1..5. */
  RMSE("rmse", "RMSE", 3, Better.LOWER, 1, 1, 1),
  /** Mean absolute error of the overall rating; of explanations, clipped. */
  MAE("mae", "MAE", 3, Better.LOWER, 1, 1, 1),
  /** Predictions clipped to 1..5 first. */
  RMSE_CLIPPED("rmse.clipped", "RMSE, clipped", 3, Better.LOWER, 1, 1, 0),
  /** Predictions clipped to 1..5 first. */
  MAE_CLIPPED("mae.clipped", "MAE, clipped", 3, Better.LOWER, 1, 1, 0),
  /** Mean over aspects. */
  ASPECT_RMSE("aspect.rmse.mean", "aspects RMSE", 3, Better.LOWER, 1, 1, 0),
  /** Mean over aspects. */
  ASPECT_MAE("aspect.mae.mean", "aspects MAE", 3, Better.LOWER, 1, 1, 0),
  /** Percent. */
  METEOR("meteor", "METEOR", 2, Better.HIGHER, 0, 100, 0),
  /** Corpus BLEU-4 of whole reviews, percent. */
  BLEU("bleu", "BLEU", 2, Better.HIGHER, 0, 100, 0),
  /** Of explanations, PETER's. */
  BLEU_1("bleu1", "BLEU-1", 2, Better.HIGHER, 0, 0, 1),
  /** Of explanations, PETER's. */
  BLEU_4("bleu4", "BLEU-4", 2, Better.HIGHER, 0, 0, 1),
  /** Percent; of explanations by PETER's definition. */
  ROUGE_1("rouge1", "ROUGE-1", 2, Better.HIGHER, 0, 100, 1),
  /** Percent; of explanations by PETER's definition. */
  ROUGE_2("rouge2", "ROUGE-2", 2, Better.HIGHER, 0, 100, 1),
  /** Percent; of explanations by PETER's definition. */
  ROUGE_L("rougeL", "ROUGE-L", 2, Better.HIGHER, 0, 100, 1),
  /** BERTScore, percent. */
  BERT_PRECISION("bertPrecision", "BERTScore P", 2, Better.HIGHER, 0, 100, 0),
  /** BERTScore, percent. */
  BERT_RECALL("bertRecall", "BERTScore R", 2, Better.HIGHER, 0, 100, 0),
  /** BERTScore, percent. */
  BERT_F1("bertF1", "BERTScore F1", 2, Better.HIGHER, 0, 100, 0),
  /** Mean negative log-likelihood of the real reviews' tokens, nats. */
  LOSS("loss", "loss", 3, Better.LOWER, 0, 1, 0),
  /** Of written reviews. */
  MEAN_WORDS("meanWords", "words", 1, Better.NEITHER, 0, 1, 0),
  /** Different written sentences over all. */
  UNIQUE_SENTENCES("uniqueSentenceRatio", "USR", 3, Better.HIGHER, 0, 1, 0),
  /** On the generated world: polarity right where the aspect is, percent. */
  POLARITY("polarityAccuracy", "polarity right, %", 1, Better.HIGHER, 0, 100, 0),
  /** I(R;E) / H(R) by the judge. */
  MI_RATING_SHARE("miRatingShare", "I(R;E)/H(R)", 3, Better.HIGHER, 0, 0, 1),
  /** I(R;E) by the judge, nats. */
  MI_RATING("miRating", "I(R;E)", 3, Better.HIGHER, 0, 0, 1),
  /** I(F;E) by the judge, nats. */
  MI_FEATURE("miFeature", "I(F;E)", 3, Better.HIGHER, 0, 0, 1),
  /** The judge's classifier against the explained rating, percent. */
  SENTIMENT_5("sentiment5", "5-class accuracy, %", 1, Better.HIGHER, 0, 0, 100),
  /** The judge's classifier against the explained rating, percent. */
  SENTIMENT_2("sentiment2", "2-class accuracy, %", 1, Better.HIGHER, 0, 0, 100),
  /** Feature matching ratio, percent. */
  FMR("fmr", "FMR, %", 1, Better.HIGHER, 0, 0, 100),
  /** Feature coverage ratio. */
  FCR("fcr", "FCR", 3, Better.HIGHER, 0, 0, 1),
  /** Unique sentence ratio. */
  USR("usr", "USR", 3, Better.HIGHER, 0, 0, 1),
  /** Feature diversity. */
  DIV("div", "DIV", 3, Better.LOWER, 0, 0, 1),
  /** Of written explanations. */
  WORDS("words", "words", 1, Better.NEITHER, 0, 0, 1),
  /** Under the frozen backbone. */
  PERPLEXITY("perplexity", "perplexity", 2, Better.NEITHER, 0, 0, 1),
  /** Trained numbers. */
  PARAMETERS("parameters", "trained numbers", 0, Better.NEITHER, 1, 1, 1),
  /** Wall time of a run. */
  SECONDS("seconds", "seconds", 1, Better.NEITHER, 1, 1, 1),
  /** Wall time of an epoch, median. */
  EPOCH_SECONDS("secondsPerEpoch", "seconds an epoch", 2, Better.NEITHER, 1, 1, 1);

  /** Which numbers win. */
  public enum Better {
    /** None does. */
    NEITHER,
    /** Small ones, as errors. */
    LOWER,
    /** Large ones. */
    HIGHER
  }

  private final String key;
  private final String title;
  private final int decimals;
  private final Better better;
  private final double[] factors; // of each kind of run; 0 where it has no such number

  StudyMetric(String key, String title, int decimals, Better better, double... factors) {
    this.key = key;
    this.title = title;
    this.decimals = decimals;
    this.better = better;
    this.factors = factors;
  }

  /** Its name in a study's file and in run files. */
  public String key() {
    return key;
  }

  /** Its name in tables. */
  public String title() {
    return title;
  }

  /** Digits after the point. */
  public int decimals() {
    return decimals;
  }

  /** Which numbers win. */
  public Better better() {
    return better;
  }

  /**
   * From the run file's unit to the table's.
   *
   * @param kind of run
   * @return 0 when such runs have no such number
   */
  public double factor(Kind kind) {
    return factors[kind.ordinal()];
  }

  /**
   * The number of a run.
   *
   * @param kind the run's
   * @param result the run's
   * @return in the table's unit; NaN when it has none
   */
  public double of(Kind kind, Result result) {
    if (factor(kind) == 0) {
      return Double.NaN;
    }
    double value =
        switch (this) {
          case PARAMETERS -> cost(result)[0];
          case SECONDS -> cost(result)[1];
          case EPOCH_SECONDS -> cost(result)[2];
          default -> result.metrics().getOrDefault(key, Double.NaN);
        };
    return factor(kind) * value;
  }

  /** Trained numbers, seconds, seconds an epoch. */
  private static double[] cost(Result result) {
    if (result instanceof RunResult run) {
      RunResult.Cost cost = run.cost();
      return new double[] {cost.parameters(), cost.seconds(), cost.secondsPerEpoch()};
    }
    if (result instanceof ReviewResult run) {
      ReviewResult.Cost cost = run.cost();
      return new double[] {cost.trained(), cost.seconds(), cost.secondsPerEpoch()};
    }
    ExplanationResult.Cost cost = ((ExplanationResult) result).cost();
    return new double[] {cost.parameters(), cost.seconds(), cost.secondsPerEpoch()};
  }

  /** What a study shows that does not say: the first numbers of its kinds' tables in the papers. */
  static List<StudyMetric> usual(List<Kind> kinds) {
    return Arrays.stream(values())
        .filter(
            metric ->
                switch (metric) {
                  case RMSE, MAE -> kinds.contains(Kind.RATINGS);
                  case METEOR, BLEU, ROUGE_1, ROUGE_2, ROUGE_L -> kinds.contains(Kind.REVIEWS);
                  case BLEU_4, MI_RATING_SHARE, FMR, USR -> kinds.contains(Kind.EXPLANATIONS);
                  default -> false;
                })
        .toList();
  }

  /** The names of those that at least one of some kinds of runs has, for messages. */
  static String keys(List<Kind> kinds) {
    return Arrays.stream(values())
        .filter(metric -> metric.isOf(kinds))
        .map(StudyMetric::key)
        .collect(Collectors.joining(", "));
  }

  /** Whether at least one of some kinds of runs has it. */
  boolean isOf(List<Kind> kinds) {
    return kinds.stream().anyMatch(kind -> factor(kind) != 0);
  }
}
