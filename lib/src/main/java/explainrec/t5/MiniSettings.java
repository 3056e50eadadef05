package explainrec.t5;

import explainrec.data.Check;
import explainrec.data.InputException;

/**
 * Settings of {@code t5-mini}, the small T5 that the kit pre-trains itself on the train split's
 * reviews: first to restore masked spans, then as a language model.
 *
 * @param miniVocabulary pieces of words at most, 256..32000
 * @param miniWidth d, of the residual stream, 8..1024
 * @param miniHeads heads of each attention, 1..64; they share the width evenly
 * @param miniHidden width of the feed-forward layers, 8..8192
 * @param miniLayers blocks of the encoder, and of the decoder, 1..24
 * @param miniTokens longest text in pieces, its end included; longer ones are cut, 8..4096
 * @param miniObjective what the language model writes reviews from: {@code keywords} (a random
 *     share of the review's words, from none to all, in any order) or {@code prefix} (the decoder
 *     goes on from the review's first words, of any number)
 * @param miniSpanEpochs passes over the reviews with masked spans, 0..1000
 * @param miniLmEpochs passes as a language model, 0..1000
 * @param miniBatchSize reviews a step, 1..4096
 * @param miniLearningRate Adam's step size, above 0 up to 1
 */
public record MiniSettings(
    int miniVocabulary,
    int miniWidth,
    int miniHeads,
    int miniHidden,
    int miniLayers,
    int miniTokens,
    String miniObjective,
    int miniSpanEpochs,
    int miniLmEpochs,
    int miniBatchSize,
    double miniLearningRate) {

  /** Checks every range. */
  public MiniSettings {
    Check.range("miniVocabulary", miniVocabulary, 256, 32_000);
    Check.range("miniWidth", miniWidth, 8, 1024);
    Check.range("miniHeads", miniHeads, 1, 64);
    if (miniWidth % miniHeads != 0) {
      throw InputException.setting(
          "miniHeads", miniHeads, "a divisor of miniWidth, which is " + miniWidth);
    }
    Check.range("miniHidden", miniHidden, 8, 8192);
    Check.range("miniLayers", miniLayers, 1, 24);
    Check.range("miniTokens", miniTokens, 8, 4096);
    Check.oneOf("miniObjective", miniObjective, "keywords", "prefix");
    Check.range("miniSpanEpochs", miniSpanEpochs, 0, 1000);
    Check.range("miniLmEpochs", miniLmEpochs, 0, 1000);
    Check.range("miniBatchSize", miniBatchSize, 1, 4096);
    Check.range("miniLearningRate", miniLearningRate, 1e-9, 1);
  }

  /**
   * A size that two cores train in minutes on ten thousand reviews.
   *
   * @return 4,000 pieces, d 128, 4 heads, 512 hidden, 2 + 2 blocks
   */
  public static MiniSettings defaults() {
    return new MiniSettings(4000, 128, 4, 512, 2, 128, "keywords", 1, 3, 8, 1e-3);
  }
}
