package explainrec.backbones;

import explainrec.data.Check;
import explainrec.data.InputException;
import explainrec.nn.Optimization;

/**
 * Settings of {@link Peter}; {@link #paper()} gives those of Li et al. (2021).
 *
 * @param peterWidth d, width of embeddings and of the Transformer, even, 2..8192
 * @param peterHeads heads of each attention, a divisor of the width
 * @param peterHidden width of the feed-forward layers, 1..65536
 * @param peterLayers Transformer layers, 1..48
 * @param peterDropout share of values dropped while training, 0..0.9
 * @param peterTextWeight weight of the text's loss, 0..1000
 * @param peterContextWeight weight of the context's loss, 0..1000
 * @param peterRatingWeight weight of the rating's loss, 0..1000
 * @param peterLearningRate step size of stochastic gradient descent at the start, above 0
 * @param peterClip largest length of the gradient, 0 for no limit
 * @param peterDecay what the learning rate is multiplied by after each epoch that was not the best
 *     so far, above 0 up to 1
 * @param peterBatchSize explanations a step, 1..65536
 * @param peterEpochs epochs at most, 1..10000
 * @param peterPatience epochs without a better validation score before training stops; 0 never
 *     stops early. The authors' code counts all such epochs, the kit those in a row
 * @param peterVocabulary words kept, the most frequent ones, besides the four marks, 1..10000000
 * @param peterWords most words of an explanation, 1..1000
 */
public record PeterSettings(
    int peterWidth,
    int peterHeads,
    int peterHidden,
    int peterLayers,
    double peterDropout,
    double peterTextWeight,
    double peterContextWeight,
    double peterRatingWeight,
    double peterLearningRate,
    double peterClip,
    double peterDecay,
    int peterBatchSize,
    int peterEpochs,
    int peterPatience,
    int peterVocabulary,
    int peterWords) {

  /** Checks every range. */
  public PeterSettings {
    Check.range("peterWidth", peterWidth, 2, 8192);
    Check.range("peterHeads", peterHeads, 1, peterWidth);
    if (peterWidth % 2 != 0) { // sines and cosines alternate
      throw InputException.setting("peterWidth", String.valueOf(peterWidth), "an even number");
    }
    if (peterWidth % peterHeads != 0) {
      throw InputException.setting(
          "peterHeads", String.valueOf(peterHeads), "a divisor of peterWidth=" + peterWidth);
    }
    Check.range("peterHidden", peterHidden, 1, 65536);
    Check.range("peterLayers", peterLayers, 1, 48);
    Check.range("peterDropout", peterDropout, 0, 0.9);
    Check.range("peterTextWeight", peterTextWeight, 0, 1000);
    Check.range("peterContextWeight", peterContextWeight, 0, 1000);
    Check.range("peterRatingWeight", peterRatingWeight, 0, 1000);
    Check.range("peterLearningRate", peterLearningRate, 1e-9, 100);
    Check.range("peterClip", peterClip, 0, 1e9);
    Check.range("peterDecay", peterDecay, 1e-6, 1);
    Check.range("peterBatchSize", peterBatchSize, 1, 65536);
    Check.range("peterEpochs", peterEpochs, 1, 10000);
    Check.range("peterPatience", peterPatience, 0, 10000);
    Check.range("peterVocabulary", peterVocabulary, 1, 10_000_000);
    Check.range("peterWords", peterWords, 1, 1000);
  }

  /**
   * The paper's settings.
   *
   * @return 2 layers, d 512, 2 heads, feed-forward 2048, dropout 0.2, weights 1, 1 and 0.1, SGD
   *     with rate 1 that falls to a quarter, clip 1, batch 128, at most 100 epochs, patience 5,
   *     20,000 words, 15 words an explanation
   */
  public static PeterSettings paper() {
    return new PeterSettings(512, 2, 2048, 2, 0.2, 1, 1, 0.1, 1, 1, 0.25, 128, 100, 5, 20_000, 15);
  }

  /** How the gradient becomes updates. */
  public Optimization optimization() {
    return new Optimization("sgd", peterLearningRate, peterClip, peterDecay);
  }
}
