package explainrec.backbones;

import explainrec.data.Check;
import explainrec.nn.Optimization;

/**
 * Settings of {@link Nrt}; {@link #paper()} gives those of Li et al. (2017).
 *
 * @param nrtFactors k, values of a latent factor of users, items and words, 1..4096
 * @param nrtHidden H, width of the hidden layers and of the GRU's state, 1..8192
 * @param nrtRatingLayers hidden layers of the rating's MLP, 1..16
 * @param nrtContextLayers hidden layers of the context's MLP, 1..16
 * @param nrtDropout share of the words' values dropped while training, 0..0.9
 * @param nrtTextWeight weight of the text's loss, 0..1000
 * @param nrtContextWeight weight of the context's loss, 0..1000
 * @param nrtRatingWeight weight of the rating's loss, 0..1000
 * @param nrtL2 weight of the squares of all parameters, 0..1000; 0 leaves them out
 * @param nrtVocabulary words known at most, besides the marks, 1..1000000
 * @param nrtOptimizer {@code adam}, {@code sgd} or {@code rmsprop}
 * @param nrtLearningRate step size, above 0 up to 10
 * @param nrtClip largest length of the gradient, 0 for no limit
 * @param nrtBatchSize explanations a step, 1..65536
 * @param nrtEpochs epochs at most, 1..10000
 * @param nrtPatience epochs without a better validation before training stops; 0 never stops early
 */
public record NrtSettings(
    int nrtFactors,
    int nrtHidden,
    int nrtRatingLayers,
    int nrtContextLayers,
    double nrtDropout,
    double nrtTextWeight,
    double nrtContextWeight,
    double nrtRatingWeight,
    double nrtL2,
    int nrtVocabulary,
    String nrtOptimizer,
    double nrtLearningRate,
    double nrtClip,
    int nrtBatchSize,
    int nrtEpochs,
    int nrtPatience) {

  /** Checks every range. */
  public NrtSettings {
    Check.range("nrtFactors", nrtFactors, 1, 4096);
    Check.range("nrtHidden", nrtHidden, 1, 8192);
    Check.range("nrtRatingLayers", nrtRatingLayers, 1, 16);
    Check.range("nrtContextLayers", nrtContextLayers, 1, 16);
    Check.range("nrtDropout", nrtDropout, 0, 0.9);
    Check.range("nrtTextWeight", nrtTextWeight, 0, 1000);
    Check.range("nrtContextWeight", nrtContextWeight, 0, 1000);
    Check.range("nrtRatingWeight", nrtRatingWeight, 0, 1000);
    Check.range("nrtL2", nrtL2, 0, 1000);
    Check.range("nrtVocabulary", nrtVocabulary, 1, 1_000_000);
    Check.oneOf("nrtOptimizer", nrtOptimizer, "adam", "sgd", "rmsprop");
    Check.range("nrtLearningRate", nrtLearningRate, 1e-9, 10);
    Check.range("nrtClip", nrtClip, 0, 1e9);
    Check.range("nrtBatchSize", nrtBatchSize, 1, 65536);
    Check.range("nrtEpochs", nrtEpochs, 1, 10000);
    Check.range("nrtPatience", nrtPatience, 0, 10000);
  }

  /**
   * The paper's settings.
   *
   * @return factors of 300, hidden layers of 400, 4 of them for the rating and one for the context,
   *     all weights 1 and 1e-4 for the squares, batches of 200; no dropout, Adam 1e-3 in place of
   *     Adadelta, clip 5, 20,000 words, 100 epochs, patience 5 (inferred)
   */
  public static NrtSettings paper() {
    return new NrtSettings(300, 400, 4, 1, 0, 1, 1, 1, 1e-4, 20_000, "adam", 1e-3, 5, 200, 100, 5);
  }

  /** How it is trained. */
  public Optimization optimization() {
    return new Optimization(nrtOptimizer, nrtLearningRate, nrtClip, 1);
  }
}
