package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import explainrec.nn.Dropout;
import explainrec.nn.Layers;
import explainrec.nn.Weights;
import explainrec.t5.Head;
import explainrec.t5.T5;
import java.util.Arrays;

/**
 * GPT-2, the decoder of Radford et al. (2019): learnt positions, layer norms before each layer,
 * GELU's tanh form, and scores over the words by the embedding's own table. It holds sizes only:
 * the weights come with every call, frozen or with gradients.
 *
 * <p>Arrays that a call makes end with the open {@link ai.djl.ndarray.NDScope}: have one a step.
 *
 * <p>Shapes: B batch, T positions, d width, h heads, k width of a head, V vocabulary.
 */
public final class Gpt2 {
  private static final float UNSEEN = -1e9f; // added to scores of what comes later

  private final Gpt2Config config;
  private final Head head = new Head(Gpt2Weights.WORDS, 1);

  /**
   * Makes a model of some sizes.
   *
   * @param config the sizes
   */
  public Gpt2(Gpt2Config config) {
    this.config = config;
  }

  /** The sizes. */
  public Gpt2Config config() {
    return config;
  }

  /** From outputs to words. */
  Head head() {
    return head;
  }

  /**
   * Looks words up.
   *
   * @param weights of the model
   * @param ids int64, (B, T)
   * @return without positions, (B, T, d)
   */
  NDArray embed(Weights weights, NDArray ids) {
    return Layers.embed(ids, weights.get(Gpt2Weights.WORDS));
  }

  /**
   * Reads whole sequences. What fills short rows up at their end changes nothing before it.
   *
   * @param weights of the model
   * @param embedded words from {@link #embed}, or vectors that stand in their place, (B, T, d)
   * @param memory takes each layer's keys and values; null to keep none
   * @param dropout null when not training; the caller begins its steps
   * @return the output, for {@link #head}, (B, T, d)
   */
  NDArray read(Weights weights, NDArray embedded, PeterMemory memory, Dropout dropout) {
    long length = embedded.getShape().get(1);
    NDArray unseen = unseen(embedded.getManager(), (int) length); // (T, T)
    return run(
        weights,
        embedded,
        0,
        (layer, queries, keys, values) -> {
          if (memory != null) {
            memory.begin(layer, keys, values);
          }
          NDArray scores = queries.matMul(keys.swapAxes(2, 3)).add(unseen); // (B, h, T, T)
          return drop(scores.softmax(3), dropout).matMul(values); // (B, h, T, k)
        },
        dropout);
  }

  /**
   * Reads the next word of each sequence.
   *
   * @param weights frozen
   * @param ids int64, (B, 1)
   * @param memory of the words before; takes this one
   * @return the output, (B, 1, d)
   */
  NDArray next(Weights weights, NDArray ids, PeterMemory memory) {
    NDArray output =
        run(
            weights,
            embed(weights, ids),
            memory.length(),
            (layer, queries, keys, values) -> {
              memory.extend(layer, keys, values);
              NDArray scores = queries.matMul(memory.keys(layer).swapAxes(2, 3)); // (B, h, 1, t)
              return scores.softmax(3).matMul(memory.values(layer)); // (B, h, 1, k)
            },
            null);
    memory.advance();
    return output;
  }

  /**
   * The cross-entropy of what follows, a mean over the batch's words.
   *
   * @param weights of the model
   * @param embedded words, or vectors that stand in their place, (B, T, d)
   * @param following the id that follows each position; {@link T5#IGNORED} ones do not count, nor
   *     do positions behind a short row; at least one must count, (B, T or less)
   * @param dropout null when not training; the caller begins its steps
   * @return a scalar
   */
  NDArray loss(Weights weights, NDArray embedded, int[][] following, Dropout dropout) {
    int length = (int) embedded.getShape().get(1);
    long[] places = new long[following.length * length];
    long[] ids = new long[places.length];
    int count = 0;
    for (int row = 0; row < following.length; row++) {
      for (int t = 0; t < following[row].length; t++) {
        if (following[row][t] != T5.IGNORED) {
          places[count] = (long) row * length + t;
          ids[count++] = following[row][t];
        }
      }
    }
    NDArray output = read(weights, embedded, null, dropout).reshape(-1, config.width());
    NDArray counted =
        Layers.embed(embedded.getManager().create(Arrays.copyOf(places, count)), output); // (N, d)
    return mean(weights, counted, Arrays.copyOf(ids, count));
  }

  /**
   * The mean cross-entropy of given words.
   *
   * @param weights of the model
   * @param output where there is a word, (N, d)
   * @param ids the words, (N)
   * @return a scalar
   */
  NDArray mean(Weights weights, NDArray output, long[] ids) {
    float[] shares = new float[ids.length];
    Arrays.fill(shares, 1f / ids.length);
    return head.loss(weights, output, ids, shares);
  }

  /** What queries of a layer, already divided by the root of k, hear, (B, h, T, k). */
  @FunctionalInterface
  private interface Hearing {
    NDArray hear(int layer, NDArray queries, NDArray keys, NDArray values);
  }

  private NDArray run(
      Weights weights, NDArray embedded, long from, Hearing hearing, Dropout dropout) {
    long length = embedded.getShape().get(1);
    NDArray positions =
        weights.get(Gpt2Weights.POSITIONS).get(new NDIndex().addSliceDim(from, from + length));
    NDArray x = drop(embedded.add(positions), dropout); // (B, T, d)
    for (int n = 0; n < config.layers(); n++) {
      String layer = Gpt2Weights.layer(n);
      NDArray heard = attend(weights, n, norm(weights, layer + "ln_1", x), hearing);
      x = x.add(drop(heard, dropout));
      NDArray normed = norm(weights, layer + "ln_2", x);
      NDArray hidden = Layers.gelu(linear(weights, layer + "mlp.c_fc", normed)); // (B, T, f)
      x = x.add(drop(linear(weights, layer + "mlp.c_proj", hidden), dropout));
    }
    return norm(weights, Gpt2Weights.PREFIX + "ln_f", x);
  }

  private NDArray attend(Weights weights, int n, NDArray normed, Hearing hearing) {
    String name = Gpt2Weights.layer(n) + "attn.";
    Shape shape = normed.getShape(); // (B, T, d)
    long headWidth = config.width() / config.heads();
    NDArray parts =
        linear(weights, name + "c_attn", normed)
            .reshape(shape.get(0), shape.get(1), 3, config.heads(), headWidth)
            .transpose(2, 0, 3, 1, 4); // (3, B, h, T, k)
    NDArray queries = Layers.scale(parts.get(0), 1 / Math.sqrt(headWidth)); // (B, h, T, k)
    NDArray heard = hearing.hear(n, queries, parts.get(1), parts.get(2)); // (B, h, T, k)
    return linear(weights, name + "c_proj", heard.swapAxes(1, 2).reshape(shape));
  }

  /** 0 where a position sees another, far below it where that comes later, (T, T). */
  private static NDArray unseen(NDManager manager, int length) {
    float[] scores = new float[length * length];
    for (int row = 0; row < length; row++) {
      Arrays.fill(scores, row * length + row + 1, (row + 1) * length, UNSEEN);
    }
    return manager.create(scores, new Shape(length, length));
  }

  /** A row of the matrix is an input's, as transformers' Conv1D has it. */
  private static NDArray linear(Weights weights, String name, NDArray x) {
    NDArray matrix = weights.get(name + ".weight").swapAxes(0, 1); // (out, in)
    return Linear.linear(x, matrix, weights.get(name + ".bias")).singletonOrThrow();
  }

  private NDArray norm(Weights weights, String name, NDArray x) {
    NDList normed =
        LayerNorm.layerNorm(
            x,
            new Shape(config.width()),
            weights.get(name + ".weight"),
            weights.get(name + ".bias"),
            (float) config.epsilon());
    return normed.singletonOrThrow();
  }

  private static NDArray drop(NDArray x, Dropout dropout) {
    return dropout == null ? x : dropout.apply(x);
  }
}
