package explainrec.elixir;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import explainrec.nn.Dropout;
import explainrec.nn.Initial;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;
import java.util.Arrays;

/**
 * The prompt generator psi (ELIXIR, eq. 7): from the vectors of a user and an item to eta soft
 * words that the language model reads in place of a text.
 *
 * <p>{@code paper} is the authors' MLP, whose hidden layer is as wide as its output: n d -> m -> m
 * with m = eta d_w, hundreds of millions of numbers at the paper's size.
 *
 * <p>{@code light} gives every soft word a word of its own to start from, and moves it by a code of
 * r numbers that a trunk shared by all soft words works out: n d -> h -> eta x r, then one map r ->
 * d_w for all. Each input vector is brought to one size, since vectors learnt for ratings are of
 * uneven size, and what is added is measured in the size of the language model's own words, so that
 * the same learning rate suits every language model.
 *
 * <p>Shapes: B batch, n vectors, d their width, eta soft words, d_w width of the language model, m
 * = eta d_w, h trunk, r code.
 */
public final class PromptGenerator {
  /** Numbers of one block of the output's matrix at most: 256 MiB. */
  private static final long BLOCK = 1L << 26;

  private static final float TINY = 1e-12f;

  /**
   * Length of all that the trunk reads of a pair. Were each of the thousands of numbers of size 1,
   * Adam's first steps would move the hidden values by several units, and leave many below 0 for
   * good.
   */
  private static final double INPUT_LENGTH = 2;

  private final ReviewSettings settings;
  private final long vectors;
  private final long width;
  private final long wordWidth;
  private final long tokens;
  private final float wordSize;

  /**
   * Makes a generator; its parameters come with every call.
   *
   * @param settings of the review module
   * @param vectors n: 2 (1 + A), or 2 without aspect vectors
   * @param width d
   * @param wordWidth d_w
   * @param wordSize root of the mean square of the language model's embedding; {@code light} only
   */
  public PromptGenerator(
      ReviewSettings settings, int vectors, int width, int wordWidth, double wordSize) {
    this.settings = settings;
    this.vectors = vectors;
    this.width = width;
    this.wordWidth = wordWidth;
    this.tokens = settings.promptTokens();
    this.wordSize = (float) wordSize;
  }

  /** Soft words a prompt has, eta. */
  public int tokens() {
    return (int) tokens;
  }

  /**
   * Describes theta_P.
   *
   * @param builder takes the parameters
   * @param words embeddings of eta words to start from in {@code light}, one after the other, (eta
   *     d_w); not read in {@code paper}
   */
  public void describe(Parameters.Builder builder, float[] words) {
    long in = vectors * width;
    if (settings.psi().equals("paper")) {
      long m = tokens * wordWidth;
      builder.add("prompt.hidden.weight", Initial.xavierUniform(in, m), in, m);
      builder.add("prompt.hidden.bias", Initial.zeros(), m);
      long[] cuts = blocks();
      for (int k = 0; k + 1 < cuts.length; k++) {
        long part = (cuts[k + 1] - cuts[k]) * wordWidth;
        builder.add("prompt.output.weight." + k, Initial.xavierUniform(m, m), m, part);
      }
      builder.add("prompt.output.bias", Initial.zeros(), m);
      return;
    }
    long h = settings.lightTrunk();
    long r = settings.lightRank();
    builder
        .add("prompt.trunk.weight", Initial.xavierUniform(in, h), in, h)
        .add("prompt.trunk.bias", Initial.zeros(), h)
        .add("prompt.code.weight", Initial.xavierUniform(h, r), h, tokens * r)
        .add("prompt.code.bias", Initial.zeros(), tokens * r)
        .add("prompt.output.weight", Initial.xavierUniform(r, wordWidth), r, wordWidth)
        .add(
            "prompt.words",
            (values, from, to, random) -> start(words, values, from),
            tokens,
            wordWidth);
  }

  private void start(float[] words, float[] values, int from) {
    for (int k = 0; k < words.length; k++) {
      values[from + k] = words[k] / wordSize;
    }
  }

  /** The first soft word of each block of the output's matrix, and eta. */
  private long[] blocks() {
    long each = Math.max(1, BLOCK / (tokens * wordWidth * wordWidth));
    int count = (int) ((tokens + each - 1) / each);
    long[] cuts = new long[count + 1];
    Arrays.setAll(cuts, k -> Math.min(tokens, k * each));
    return cuts;
  }

  /**
   * Makes prompts (eq. 7).
   *
   * @param weights theta_P, perhaps among others
   * @param inputs the vectors of each pair side by side: u, i, a_u of all aspects, a_i of all
   *     aspects; (B, n d)
   * @param dropout of the hidden values; null when not training
   * @return (B, eta, d_w)
   */
  public NDArray prompt(Weights weights, NDArray inputs, Dropout dropout) {
    Shape shape = new Shape(inputs.getShape().get(0), tokens, wordWidth);
    if (settings.psi().equals("paper")) {
      NDArray hidden =
          Layers.hidden(
              inputs
                  .matMul(weights.get("prompt.hidden.weight"))
                  .add(weights.get("prompt.hidden.bias")),
              dropout); // (B, m)
      NDList parts = new NDList();
      for (int k = 0; k + 1 < blocks().length; k++) {
        parts.add(hidden.matMul(weights.get("prompt.output.weight." + k)));
      }
      NDArray all = parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts, 1); // (B, m)
      return all.add(weights.get("prompt.output.bias")).reshape(shape);
    }
    NDArray trunk =
        Layers.hidden(
            normed(inputs)
                .matMul(weights.get("prompt.trunk.weight"))
                .add(weights.get("prompt.trunk.bias")),
            dropout); // (B, h)
    NDArray code =
        Layers.hidden(
            trunk.matMul(weights.get("prompt.code.weight")).add(weights.get("prompt.code.bias")),
            null); // (B, eta r)
    NDArray words =
        code.reshape(-1, settings.lightRank())
            .matMul(weights.get("prompt.output.weight"))
            .reshape(shape)
            .add(weights.get("prompt.words"));
    return Layers.scale(words, wordSize);
  }

  /** Each of the n vectors at one size, (B, n d). */
  private NDArray normed(NDArray inputs) {
    NDArray each = inputs.reshape(-1, vectors, width);
    NDArray root = each.square().mean(new int[] {2}, true).add(TINY).sqrt(); // (B, n, 1)
    return Layers.scale(each.div(root), INPUT_LENGTH / Math.sqrt(vectors * width))
        .reshape(inputs.getShape());
  }

  /**
   * Counts theta_P, without making it.
   *
   * @param settings of the review module
   * @param vectors n
   * @param width d
   * @param wordWidth d_w
   * @return trained numbers
   */
  public static long count(ReviewSettings settings, int vectors, int width, int wordWidth) {
    Parameters.Builder builder = Parameters.builder();
    new PromptGenerator(settings, vectors, width, wordWidth, 1).describe(builder, new float[0]);
    return builder.count();
  }
}
