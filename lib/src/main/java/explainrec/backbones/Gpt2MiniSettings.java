package explainrec.backbones;

import explainrec.data.Check;
import explainrec.data.InputException;

/**
 * Settings of {@code gpt2-mini}, the small GPT-2 that the kit trains itself on the train split's
 * reviews.
 *
 * @param gptVocabulary pieces of words at most, 256..32000
 * @param gptWidth d, 8..1024
 * @param gptHeads heads of each attention, 1..64; they share the width evenly
 * @param gptLayers blocks, 1..24
 * @param gptTokens longest text in pieces, its end included; longer ones are cut, 8..2048. It has
 *     twice as many positions
 * @param gptObjective what stands before the start mark of a text while it learns: {@code keywords}
 *     (a random share of the text's words, from none to all, in any order, so that it learns to
 *     listen to what stands there, as to PEPLER's prompts later) or {@code text} (nothing, as GPT-2
 *     itself)
 * @param gptEpochs passes over the reviews at most, 0..1000
 * @param gptBatchSize reviews a step, 1..4096
 * @param gptLearningRate Adam's step size, above 0 up to 1
 */
public record Gpt2MiniSettings(
    int gptVocabulary,
    int gptWidth,
    int gptHeads,
    int gptLayers,
    int gptTokens,
    String gptObjective,
    int gptEpochs,
    int gptBatchSize,
    double gptLearningRate) {

  /** Checks every range. */
  public Gpt2MiniSettings {
    Check.range("gptVocabulary", gptVocabulary, 256, 32_000);
    Check.range("gptWidth", gptWidth, 8, 1024);
    Check.range("gptHeads", gptHeads, 1, 64);
    if (gptWidth % gptHeads != 0) {
      throw InputException.setting(
          "gptHeads", gptHeads, "a divisor of gptWidth, which is " + gptWidth);
    }
    Check.range("gptLayers", gptLayers, 1, 24);
    Check.range("gptTokens", gptTokens, 8, 2048);
    Check.oneOf("gptObjective", gptObjective, "keywords", "text");
    Check.range("gptEpochs", gptEpochs, 0, 1000);
    Check.range("gptBatchSize", gptBatchSize, 1, 4096);
    Check.range("gptLearningRate", gptLearningRate, 1e-9, 1);
  }

  /**
   * A size that two cores train in a minute or two on ten thousand reviews.
   *
   * @return 3,000 pieces, d 128, 4 heads, 2 blocks, texts of 128 pieces, 3 epochs
   */
  public static Gpt2MiniSettings defaults() {
    return new Gpt2MiniSettings(3000, 128, 4, 2, 128, "keywords", 3, 16, 1e-3);
  }
}
