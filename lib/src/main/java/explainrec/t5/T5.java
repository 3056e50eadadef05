package explainrec.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import explainrec.nn.Dropout;
import explainrec.nn.Layers;
import explainrec.nn.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * T5, the encoder-decoder of Raffel et al. (2020), in version 1.0 and 1.1. It holds sizes only: the
 * weights come with every call, frozen or with gradients.
 *
 * <p>Arrays that a call makes end with the open {@link ai.djl.ndarray.NDScope}: have one a step.
 *
 * <p>Shapes: B batch, S positions of the encoder, T of the decoder, d width, V vocabulary.
 */
public final class T5 {
  /** A label that no loss is taken of. */
  public static final int IGNORED = -100;

  private final T5Config config;
  private final Stack encoder;
  private final Stack decoder;
  private final Head head;
  private final RelativePositions encoderPositions;
  private final RelativePositions decoderPositions;

  /**
   * Makes a model of some sizes.
   *
   * @param config the sizes
   */
  public T5(T5Config config) {
    this.config = config;
    this.encoder = new Stack(config, "encoder");
    this.decoder = new Stack(config, "decoder");
    this.head = new Head(config);
    this.encoderPositions = new RelativePositions(config, "encoder");
    this.decoderPositions = new RelativePositions(config, "decoder");
  }

  /** The sizes. */
  public T5Config config() {
    return config;
  }

  /**
   * Looks words up.
   *
   * @param weights of the model
   * @param ids int64, (B, T)
   * @return (B, T, d)
   */
  public NDArray embed(Weights weights, NDArray ids) {
    return Layers.embed(ids, weights.get(T5Weights.EMBEDDING));
  }

  /**
   * Runs the encoder on words or on a soft prompt.
   *
   * @param weights of the model
   * @param embedded words from {@link #embed}, or vectors that stand in their place, (B, S, d)
   * @param mask 1 where there is a word, 0 where a row is padded, float32, (B, S); null for all 1
   * @param dropout null when not training; the caller begins its steps
   * @return the encoder's output, (B, S, d)
   */
  public NDArray encode(Weights weights, NDArray embedded, NDArray mask, Dropout dropout) {
    int length = (int) embedded.getShape().get(1);
    NDArray bias = encoderPositions.bias(weights, 0, length, length); // (1, h, S, S)
    if (mask != null) {
      bias = bias.add(RelativePositions.reach(mask)); // (B, h, S, S)
    }
    return encoder.run(weights, embedded, bias, null, dropout);
  }

  /**
   * Runs the decoder on known words, all positions at once.
   *
   * @param weights of the model
   * @param memory the encoder's output, (B, S, d)
   * @param mask of the encoder's input, (B, S), or null
   * @param ids what was written before each position, from the start id on; K texts of each row may
   *     follow one another, int64, (B K, T)
   * @param dropout null when not training
   * @return (B K, T, d), for {@link #logits}
   */
  public NDArray decode(
      Weights weights, NDArray memory, NDArray mask, NDArray ids, Dropout dropout) {
    int length = (int) ids.getShape().get(1);
    NDArray bias = decoderPositions.bias(weights, 0, length, length); // (1, h, T, T)
    NDArray reach = mask == null ? null : RelativePositions.reach(mask);
    Stack.Memory all =
        new Stack.Memory() {
          @Override
          public Attention.Keys extend(int layer, Attention.Keys fresh) {
            return fresh;
          }

          @Override
          public Attention.Keys cross(int layer) {
            return decoder.crossKeys(weights, layer, memory);
          }

          @Override
          public NDArray reach() {
            return reach;
          }
        };
    return decoder.run(weights, embed(weights, ids), bias, all, dropout);
  }

  /**
   * Scores every word.
   *
   * @param weights of the model
   * @param decoded the decoder's output, (..., d)
   * @return not normalised, (..., V)
   */
  public NDArray logits(Weights weights, NDArray decoded) {
    return head.scores(weights, decoded);
  }

  /** What the loss is a mean of. */
  public enum Mean {
    /** Of all words of the batch: long reviews count more. */
    TOKENS,
    /** Of the reviews, each the mean of its words. */
    REVIEWS
  }

  /**
   * The cross-entropy of texts. The scores over the vocabulary are computed for words only, not for
   * what fills the rows, and some at a time.
   *
   * @param weights of the model
   * @param memory the encoder's output, (B, S, d)
   * @param mask of the encoder's input, (B, S), or null
   * @param labels ids of each text, a row each; rows may differ in length, and {@link #IGNORED}
   *     labels do not count; at least one label must count
   * @param mean what it is a mean of
   * @param dropout null when not training
   * @return a scalar
   */
  public NDArray loss(
      Weights weights, NDArray memory, NDArray mask, int[][] labels, Mean mean, Dropout dropout) {
    Targets targets = Targets.of(labels, config, mean);
    NDManager manager = memory.getManager();
    NDArray ids = manager.create(targets.inputs(), new Shape(labels.length, targets.length()));
    NDArray decoded = decode(weights, memory, mask, ids, dropout); // (B, T, d)
    NDArray words =
        Layers.embed(
            manager.create(targets.places()), decoded.reshape(-1, config.width())); // (N, d)
    return head.loss(weights, words, targets);
  }

  /**
   * Logarithms of the probabilities of texts' words, each given those before it; part of the
   * gradient graph where the weights or the memory are.
   *
   * @param weights of the model
   * @param memory the encoder's output, (B, S, d)
   * @param mask of the encoder's input, (B, S), or null
   * @param texts ids, at least one each; K of each row follow one another, (B K)
   * @return 0 behind each text's last word, (B K, T)
   */
  public NDArray logProbabilities(Weights weights, NDArray memory, NDArray mask, int[][] texts) {
    Targets targets = Targets.of(texts, config, Mean.TOKENS);
    NDManager manager = memory.getManager();
    Shape shape = new Shape(texts.length, targets.length());
    NDArray ids = manager.create(targets.inputs(), shape);
    NDArray decoded = decode(weights, memory, mask, ids, null); // (B K, T, d)
    NDArray places = manager.create(targets.places());
    NDArray words = Layers.embed(places, decoded.reshape(-1, config.width())); // (N, d)
    NDArray logs = head.logProbabilities(weights, words, manager.create(targets.words())); // (N, 1)
    long[] from = new long[targets.inputs().length];
    Arrays.fill(from, targets.places().length); // the 0 behind the last
    for (int n = 0; n < targets.places().length; n++) {
      from[(int) targets.places()[n]] = n;
    }
    NDArray zero = manager.zeros(new Shape(1));
    NDArray all = NDArrays.concat(new NDList(logs.reshape(-1), zero)); // (N + 1)
    return all.gather(manager.create(from), 0).reshape(shape);
  }

  /** Logarithms of the probabilities of words (N) after the decoder's output (N, d), (N, 1). */
  NDArray logs(Weights weights, NDArray decoded, NDArray words) {
    return head.logs(weights, decoded, words);
  }

  /**
   * Begins to write.
   *
   * @param weights of the model
   * @param memory the encoder's output, (B, S, d)
   * @param mask of the encoder's input, (B, S), or null
   * @param texts K, written of each row
   * @return the decoder's memory, to be closed
   */
  DecoderCache begin(Weights weights, NDArray memory, NDArray mask, int texts) {
    List<Attention.Keys> cross = new ArrayList<>();
    for (int n = 0; n < config.decoderLayers(); n++) {
      cross.add(decoder.crossKeys(weights, n, memory));
    }
    NDArray reach = mask == null ? null : RelativePositions.reach(mask);
    int rows = (int) memory.getShape().get(0);
    return new DecoderCache(memory.getManager(), cross, reach, rows, texts);
  }

  /**
   * Scores the words after the next position.
   *
   * @param weights of the model
   * @param cache of the positions before
   * @param last each row's last id, or the start id
   * @return (B, V)
   */
  NDArray step(Weights weights, DecoderCache cache, int[] last) {
    long[] wide = Arrays.stream(last).asLongStream().toArray();
    NDArray table = weights.get(T5Weights.EMBEDDING);
    NDArray ids = table.getManager().create(wide, new Shape(last.length, 1)); // (B, 1)
    int at = cache.length();
    NDArray bias = decoderPositions.bias(weights, at, 1, at + 1); // (1, h, 1, t + 1)
    NDArray decoded = decoder.run(weights, embed(weights, ids), bias, cache, null); // (B, 1, d)
    cache.advance();
    return head.scores(weights, decoded.squeeze(1));
  }
}
