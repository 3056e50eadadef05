package explainrec.backbones;

import explainrec.data.Check;
import explainrec.nn.Optimization;
import explainrec.nn.TrainingPlan;

/**
 * Settings of ANR.
 *
 * @param anrAspects K, aspects it finds (not those that the data have ratings of), 1..100
 * @param anrWidth h1, size of an aspect's representation, 1..1024
 * @param anrImportanceWidth h2, hidden size of the aspect importance, 1..1024
 * @param anrWindow c, words that a word's attention reads, itself in the middle: 1, 3, 5, 7 or 9
 * @param anrWords words of a user's or item's document at most, 1..10000
 * @param anrVocabulary words at most, the most frequent of train, 10..1000000
 * @param anrWordVectors {@code google-news} (paper: frozen vectors of the Google News word2vec,
 *     which the kit does not have), {@code trained} (random, trained with the model) or {@code
 *     random} (random and frozen)
 * @param anrWordWidth d, size of a word vector, 1..1024
 * @param anrDropout share of representations dropped while training, 0..0.9
 * @param anrBiasDecay weight of the squared user and item biases, 0..1
 * @param anrGlobalStart where the global bias starts: {@code zero} (the authors' code) or {@code
 *     mean}, the mean rating of train
 * @param anrPretraining {@code simplified} (paper: the reading layers start from those of a simpler
 *     model) or {@code none}
 * @param anrPretrainingEpochs epochs of the simpler model at most, 1..10000
 * @param anrFineTuning what the learning rate of pretrained layers is multiplied by; 0 freezes
 *     them, 0..1
 * @param anrLearningRate Adam's step size, above 0 up to 1
 * @param anrBatchSize interactions a step, 1..65536
 * @param anrEpochs epochs at most, 1..10000
 * @param anrPatience epochs without a better validation RMSE before training stops; 0 never
 */
public record AnrSettings(
    int anrAspects,
    int anrWidth,
    int anrImportanceWidth,
    int anrWindow,
    int anrWords,
    int anrVocabulary,
    String anrWordVectors,
    int anrWordWidth,
    double anrDropout,
    double anrBiasDecay,
    String anrGlobalStart,
    String anrPretraining,
    int anrPretrainingEpochs,
    double anrFineTuning,
    double anrLearningRate,
    int anrBatchSize,
    int anrEpochs,
    int anrPatience) {
  /** Checks every range. */
  public AnrSettings {
    Check.range("anrAspects", anrAspects, 1, 100);
    Check.range("anrWidth", anrWidth, 1, 1024);
    Check.range("anrImportanceWidth", anrImportanceWidth, 1, 1024);
    Check.oneOf("anrWindow", Integer.toString(anrWindow), "1", "3", "5", "7", "9");
    Check.range("anrWords", anrWords, 1, 10000);
    Check.range("anrVocabulary", anrVocabulary, 10, 1000000);
    Check.oneOf("anrWordVectors", anrWordVectors, "google-news", "trained", "random");
    Check.range("anrWordWidth", anrWordWidth, 1, 1024);
    Check.range("anrDropout", anrDropout, 0, 0.9);
    Check.range("anrBiasDecay", anrBiasDecay, 0, 1);
    Check.oneOf("anrGlobalStart", anrGlobalStart, "zero", "mean");
    Check.oneOf("anrPretraining", anrPretraining, "simplified", "none");
    Check.range("anrPretrainingEpochs", anrPretrainingEpochs, 1, 10000);
    Check.range("anrFineTuning", anrFineTuning, 0, 1);
    Check.range("anrLearningRate", anrLearningRate, 1e-9, 1);
    Check.range("anrBatchSize", anrBatchSize, 1, 65536);
    Check.range("anrEpochs", anrEpochs, 1, 10000);
    Check.range("anrPatience", anrPatience, 0, 10000);
  }

  /**
   * The paper's settings: 5 aspects, h1 10, h2 50, windows of 3 words, documents of 500 words,
   * 50,000 words, dropout 0.5, Adam 2e-3, batch 128. How long the parts are trained, the decay and
   * the rate of fine-tuning are those of the authors' code.
   *
   * @return those; the kit has no Google News vectors, so one of the other kinds has to be set
   */
  public static AnrSettings paper() {
    return new AnrSettings(
        5,
        10,
        50,
        3,
        500,
        50000,
        "google-news",
        300,
        0.5,
        1e-6,
        "zero",
        "simplified",
        10,
        0.01,
        2e-3,
        128,
        15,
        0);
  }

  /** Whether the reading layers come from the simpler model. */
  boolean pretrained() {
    return anrPretraining.equals("simplified");
  }

  /**
   * How it is trained.
   *
   * @return Adam, epochs, patience
   */
  public TrainingPlan plan() {
    return new TrainingPlan(Optimization.adam(anrLearningRate), anrEpochs, anrPatience);
  }

  /**
   * How the simpler model is trained.
   *
   * @return Adam, epochs, patience
   */
  public TrainingPlan pretrainingPlan() {
    return new TrainingPlan(Optimization.adam(anrLearningRate), anrPretrainingEpochs, anrPatience);
  }
}
