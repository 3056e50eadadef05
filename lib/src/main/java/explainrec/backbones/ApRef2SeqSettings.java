package explainrec.backbones;

import explainrec.data.Check;
import explainrec.nn.Optimization;

/**
 * Settings of ApRef2Seq; {@link #paper()} gives those that MMI's authors use, and what they leave
 * open as this kit infers it.
 *
 * @param apref2seqPast what is read of a user's or item's past: {@code explanations} (inferred) or
 *     {@code reviews}, each cut to its first words
 * @param apref2seqTexts past texts of a user and of an item at most, 1..100
 * @param apref2seqPastWords words of a past text at most, 1..1000
 * @param apref2seqWidth values of an embedding of words and features, 1..4096
 * @param apref2seqHidden H, values of a GRU's state, 1..8192
 * @param apref2seqLayers of each GRU, 1..8
 * @param apref2seqEncoderDropout share of values dropped in the encoders while training, 0..0.9
 * @param apref2seqDecoderDropout share of values dropped in the decoder while training, 0..0.9
 * @param apref2seqVocabulary words known at most, besides the marks, 1..1000000
 * @param apref2seqOptimizer {@code adam}, {@code sgd} or {@code rmsprop}
 * @param apref2seqLearningRate step size, above 0 up to 10
 * @param apref2seqClip largest length of the gradient, 0 for no limit
 * @param apref2seqBatchSize explanations a step, 1..65536
 * @param apref2seqEpochs epochs at most, 1..10000
 * @param apref2seqPatience epochs without a better validation before training stops; 0 never stops
 *     early
 */
public record ApRef2SeqSettings(
    String apref2seqPast,
    int apref2seqTexts,
    int apref2seqPastWords,
    int apref2seqWidth,
    int apref2seqHidden,
    int apref2seqLayers,
    double apref2seqEncoderDropout,
    double apref2seqDecoderDropout,
    int apref2seqVocabulary,
    String apref2seqOptimizer,
    double apref2seqLearningRate,
    double apref2seqClip,
    int apref2seqBatchSize,
    int apref2seqEpochs,
    int apref2seqPatience) {

  /** Checks every range. */
  public ApRef2SeqSettings {
    Check.oneOf("apref2seqPast", apref2seqPast, "explanations", "reviews");
    Check.range("apref2seqTexts", apref2seqTexts, 1, 100);
    Check.range("apref2seqPastWords", apref2seqPastWords, 1, 1000);
    Check.range("apref2seqWidth", apref2seqWidth, 1, 4096);
    Check.range("apref2seqHidden", apref2seqHidden, 1, 8192);
    Check.range("apref2seqLayers", apref2seqLayers, 1, 8);
    Check.range("apref2seqEncoderDropout", apref2seqEncoderDropout, 0, 0.9);
    Check.range("apref2seqDecoderDropout", apref2seqDecoderDropout, 0, 0.9);
    Check.range("apref2seqVocabulary", apref2seqVocabulary, 1, 1_000_000);
    Check.oneOf("apref2seqOptimizer", apref2seqOptimizer, "adam", "sgd", "rmsprop");
    Check.range("apref2seqLearningRate", apref2seqLearningRate, 1e-9, 10);
    Check.range("apref2seqClip", apref2seqClip, 0, 1e9);
    Check.range("apref2seqBatchSize", apref2seqBatchSize, 1, 65536);
    Check.range("apref2seqEpochs", apref2seqEpochs, 1, 10000);
    Check.range("apref2seqPatience", apref2seqPatience, 0, 10000);
  }

  /**
   * The paper's settings.
   *
   * @return 5 past texts a side, GRUs 2 x 256, dropout 0.5 and 0.2, 20,000 words, RMSprop 0.002,
   *     clip 5 (of MMI's fine-tuning); 15 words a text, embeddings of 256, batches of 128, patience
   *     5 (inferred)
   */
  public static ApRef2SeqSettings paper() {
    return new ApRef2SeqSettings(
        "explanations", 5, 15, 256, 256, 2, 0.5, 0.2, 20_000, "rmsprop", 0.002, 5, 128, 100, 5);
  }

  /** How it is trained. */
  public Optimization optimization() {
    return new Optimization(apref2seqOptimizer, apref2seqLearningRate, apref2seqClip, 1);
  }
}
