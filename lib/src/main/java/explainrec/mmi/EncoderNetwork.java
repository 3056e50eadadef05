package explainrec.mmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import explainrec.nn.Dropout;
import explainrec.nn.Initial;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;
import explainrec.text.Vocabulary;
import java.util.Arrays;

/**
 * The arithmetic of {@link TrainedEncoder}: word vectors, a convolution over three neighbouring
 * words (which hears "not good" as one thing; Kim 2014), the largest and the mean value of each of
 * its channels over the sentence, and a tanh layer, as BERT's pooled output ends in one.
 *
 * <p>Shapes: B sentences, L words of the longest, w = 64 width of a word, d width of a sentence.
 *
 * @param words size of the vocabulary
 * @param width d
 * @param features classes of the second head, 0 without one
 */
record EncoderNetwork(int words, int width, int features) {
  /** w. */
  static final int WORD = 64;

  private static final int REACH = 3; // words that the convolution sees

  /** Describes encoder and heads. */
  Parameters.Builder describe() {
    Parameters.Builder builder =
        Parameters.builder()
            .add("word", Initial.normal(0.1), words, WORD)
            .add(
                "convolution.weight",
                Initial.xavierUniform(REACH * WORD, width),
                width,
                REACH * WORD)
            .add("convolution.bias", Initial.zeros(), width)
            .add("pool.weight", Initial.xavierUniform(2L * width, width), width, 2L * width)
            .add("pool.bias", Initial.zeros(), width)
            .add(
                "rating.weight",
                Initial.xavierUniform(width, RatingClasses.COUNT),
                RatingClasses.COUNT,
                width)
            .add("rating.bias", Initial.zeros(), RatingClasses.COUNT);
    if (features > 0) {
      builder
          .add("feature.weight", Initial.xavierUniform(width, features), features, width)
          .add("feature.bias", Initial.zeros(), features);
    }
    return builder;
  }

  /**
   * Sentences as a batch: ids with one pad before and at least one behind, and what the pools need
   * of their lengths.
   *
   * @param ids (B, L + 2)
   * @param known 1 for a word, 0 for a pad, (B, L + 2, 1)
   * @param inner the same without the ends, (B, L, 1)
   * @param lengths words of each, (B, 1)
   */
  record Batch(NDArray ids, NDArray known, NDArray inner, NDArray lengths) {
    /**
     * Lays sentences out.
     *
     * @param manager of the arrays
     * @param sentences ids of each, at least one, (B)
     * @return the batch
     */
    static Batch of(NDManager manager, int[][] sentences) {
      int longest = Arrays.stream(sentences).mapToInt(s -> s.length).max().orElseThrow();
      int rows = sentences.length;
      int row = longest + 2;
      long[] ids = new long[rows * row]; // all Vocabulary.PAD
      Arrays.fill(ids, Vocabulary.PAD);
      float[] known = new float[rows * row];
      float[] inner = new float[rows * longest];
      float[] lengths = new float[rows];
      for (int n = 0; n < rows; n++) {
        lengths[n] = sentences[n].length;
        for (int k = 0; k < sentences[n].length; k++) {
          ids[n * row + k + 1] = sentences[n][k];
          known[n * row + k + 1] = 1;
          inner[n * longest + k] = 1;
        }
      }
      return new Batch(
          manager.create(ids, new Shape(rows, row)),
          manager.create(known, new Shape(rows, row, 1)),
          manager.create(inner, new Shape(rows, longest, 1)),
          manager.create(lengths, new Shape(rows, 1)));
    }
  }

  /**
   * Encodes sentences.
   *
   * @param weights of the encoder
   * @param batch (B)
   * @param dropout drops values of words and pools while training; null when not training
   * @return values in -1..1, (B, d)
   */
  NDArray vectors(Weights weights, Batch batch, Dropout dropout) {
    NDArray x = Layers.embed(batch.ids(), weights.get("word")); // (B, L + 2, w)
    x = (dropout == null ? x : dropout.apply(x)).mul(batch.known());
    long longest = x.getShape().get(1) - 2;
    NDList shifted = new NDList();
    for (int n = 0; n < REACH; n++) {
      shifted.add(x.get(":, {}:{}", n, n + longest));
    }
    NDArray near = NDArrays.concat(shifted, 2); // (B, L, 3 w)
    NDArray heard = linear(weights, "convolution", near); // (B, L, d)
    // After ReLU nothing is below 0, so what is left of pads is never the largest.
    heard = Activation.relu(heard).mul(batch.inner());
    NDArray most = heard.max(new int[] {1}); // (B, d)
    NDArray mean = heard.sum(new int[] {1}).div(batch.lengths()); // (B, d)
    NDArray pools = NDArrays.concat(new NDList(most, mean), 1); // (B, 2 d)
    return linear(weights, "pool", dropout == null ? pools : dropout.apply(pools)).tanh();
  }

  /**
   * One head.
   *
   * @param weights of the heads
   * @param name {@code rating} or {@code feature}
   * @param vectors (B, d)
   * @return log-odds up to a number a row, (B, classes)
   */
  static NDArray head(Weights weights, String name, NDArray vectors) {
    return linear(weights, name, vectors);
  }

  private static NDArray linear(Weights weights, String name, NDArray x) {
    return Linear.linear(x, weights.get(name + ".weight"), weights.get(name + ".bias"))
        .singletonOrThrow();
  }
}
