package explainrec.backbones;

import explainrec.data.Check;
import explainrec.nn.Optimization;

/**
 * Settings of Att2Seq; {@link #paper()} gives those that MMI's authors use, and for training those
 * of Dong et al.
 *
 * @param att2seqWidth values of an embedding of users, items, ratings and words, 1..4096
 * @param att2seqHidden H, values of the LSTM's state, 1..8192
 * @param att2seqLayers of the LSTM, 1..8
 * @param att2seqDropout share of values dropped between the layers while training, 0..0.9
 * @param att2seqVocabulary words known at most, besides the marks, 1..1000000
 * @param att2seqOptimizer {@code adam}, {@code sgd} or {@code rmsprop}
 * @param att2seqLearningRate step size, above 0 up to 10
 * @param att2seqClip largest length of the gradient, 0 for no limit
 * @param att2seqBatchSize explanations a step, 1..65536
 * @param att2seqEpochs epochs at most, 1..10000
 * @param att2seqPatience epochs without a better validation before training stops; 0 never stops
 *     early
 */
public record Att2SeqSettings(
    int att2seqWidth,
    int att2seqHidden,
    int att2seqLayers,
    double att2seqDropout,
    int att2seqVocabulary,
    String att2seqOptimizer,
    double att2seqLearningRate,
    double att2seqClip,
    int att2seqBatchSize,
    int att2seqEpochs,
    int att2seqPatience) {

  /** Checks every range. */
  public Att2SeqSettings {
    Check.range("att2seqWidth", att2seqWidth, 1, 4096);
    Check.range("att2seqHidden", att2seqHidden, 1, 8192);
    Check.range("att2seqLayers", att2seqLayers, 1, 8);
    Check.range("att2seqDropout", att2seqDropout, 0, 0.9);
    Check.range("att2seqVocabulary", att2seqVocabulary, 1, 1_000_000);
    Check.oneOf("att2seqOptimizer", att2seqOptimizer, "adam", "sgd", "rmsprop");
    Check.range("att2seqLearningRate", att2seqLearningRate, 1e-9, 10);
    Check.range("att2seqClip", att2seqClip, 0, 1e9);
    Check.range("att2seqBatchSize", att2seqBatchSize, 1, 65536);
    Check.range("att2seqEpochs", att2seqEpochs, 1, 10000);
    Check.range("att2seqPatience", att2seqPatience, 0, 10000);
  }

  /**
   * The paper's settings.
   *
   * @return embeddings of 64, LSTM 2 x 512, dropout 0.2, 20,000 words; RMSprop 0.002, clip 5,
   *     batches of 50 (Dong et al.); patience 5 (inferred)
   */
  public static Att2SeqSettings paper() {
    return new Att2SeqSettings(64, 512, 2, 0.2, 20_000, "rmsprop", 0.002, 5, 50, 100, 5);
  }

  /** How it is trained. */
  public Optimization optimization() {
    return new Optimization(att2seqOptimizer, att2seqLearningRate, att2seqClip, 1);
  }
}
