package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import explainrec.nn.Dropout;
import explainrec.nn.Initial;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;
import java.util.Arrays;

/**
 * PETER's Transformer: post-norm layers as in PyTorch's {@code nn.TransformerEncoderLayer}, with
 * sines and cosines as positions.
 *
 * <p>Shapes: M packed rows, N sequences of S places, h heads of width k, d = h k, f hidden width, C
 * longest sequence.
 */
final class PeterNetwork {
  private static final float EPSILON = 1e-5f; // PyTorch's
  private static final double SMALL = 0.1; // the authors' embeddings start within it

  private final PeterSettings settings;
  private final int headWidth;
  private final NDArray positions; // (C, d)
  private final NDArray mask; // added to scores, (C, C)

  /**
   * Makes a network; its parameters come with every call.
   *
   * @param manager owner of its constants
   * @param settings sizes
   * @param longest C
   */
  PeterNetwork(NDManager manager, PeterSettings settings, int longest) {
    this.settings = settings;
    this.headWidth = settings.peterWidth() / settings.peterHeads();
    this.positions = positions(manager, longest, settings.peterWidth());
    this.mask = mask(manager, longest);
  }

  /** sin(s / 10000^(2j/d)) at 2j and the cosine at 2j + 1. */
  private static NDArray positions(NDManager manager, int longest, int width) {
    float[] values = new float[longest * width];
    for (int s = 0; s < longest; s++) {
      for (int j = 0; j < width; j++) {
        double angle = s * Math.exp(-Math.log(10000) * (j - j % 2) / width);
        values[s * width + j] = (float) (j % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
      }
    }
    return manager.create(values, new Shape(longest, width));
  }

  /** PETER's mask: nobody sees what comes later, but the user sees the item. */
  private static NDArray mask(NDManager manager, int longest) {
    float[] values = new float[longest * longest];
    for (int s = 0; s < longest; s++) {
      for (int t = s + 1; t < longest; t++) {
        values[s * longest + t] = s == 0 && t == 1 ? 0 : Float.NEGATIVE_INFINITY;
      }
    }
    return manager.create(values, new Shape(longest, longest));
  }

  /**
   * Describes all parameters. Embeddings, the map onto words and the rating's weights start within
   * 0.1, their biases at 0 (code); the layers as PyTorch starts them, but each drawn on its own,
   * where the authors' are copies of the first (inferred).
   *
   * @param builder takes them
   * @param users number of users
   * @param items number of items
   * @param words V
   */
  void describe(Parameters.Builder builder, int users, int items, int words) {
    int d = settings.peterWidth();
    int f = settings.peterHidden();
    Initial small = Initial.uniform(-SMALL, SMALL);
    Initial ones = (values, from, to, random) -> Arrays.fill(values, from, to, 1);
    builder
        .add("user.embedding", small, users, d)
        .add("item.embedding", small, items, d)
        .add("word.embedding", small, words, d);
    for (int n = 0; n < settings.peterLayers(); n++) {
      builder
          .add(layer(n, "attention.in.weight"), Initial.xavierUniform(d, 3L * d), 3L * d, d)
          .add(layer(n, "attention.in.bias"), Initial.zeros(), 3L * d)
          .add(layer(n, "attention.out.weight"), torchLinear(d), d, d)
          .add(layer(n, "attention.out.bias"), Initial.zeros(), d)
          .add(layer(n, "attention.norm.weight"), ones, d)
          .add(layer(n, "attention.norm.bias"), Initial.zeros(), d)
          .add(layer(n, "hidden.weight"), torchLinear(d), f, d)
          .add(layer(n, "hidden.bias"), torchLinear(d), f)
          .add(layer(n, "output.weight"), torchLinear(f), d, f)
          .add(layer(n, "output.bias"), torchLinear(f), d)
          .add(layer(n, "norm.weight"), ones, d)
          .add(layer(n, "norm.bias"), Initial.zeros(), d);
    }
    builder
        .add("linear.weight", small, words, d)
        .add("linear.bias", Initial.zeros(), words)
        .add("rating.hidden.weight", small, d, d)
        .add("rating.hidden.bias", Initial.zeros(), d)
        .add("rating.output.weight", small, 1, d)
        .add("rating.output.bias", Initial.zeros(), 1);
  }

  private static Initial torchLinear(int inputs) {
    return Initial.uniform(-1 / Math.sqrt(inputs), 1 / Math.sqrt(inputs));
  }

  private static String layer(int n, String name) {
    return "layer." + n + "." + name;
  }

  /**
   * Looks packed rows up, scales them by the root of d and adds their positions.
   *
   * @param weights of the network
   * @param layout of the batch
   * @param requests from which the layout was made
   * @param features word of each request's feature, (N); null without features
   * @param dropout null when not training
   * @return (M, d)
   */
  NDArray embed(
      Weights weights, PeterLayout layout, Requests requests, int[] features, Dropout dropout) {
    NDManager manager = positions.getManager();
    int[] chosen = layout.requests();
    int before = features == null ? 0 : chosen.length;
    long[] words = new long[before + layout.words().length];
    for (int g = 0; g < before; g++) {
      words[g] = features[chosen[g]];
    }
    System.arraycopy(layout.words(), 0, words, before, layout.words().length);
    Requests shared = requests.select(chosen);
    NDList parts =
        new NDList(
            look(weights, "user.embedding", longs(shared.users())),
            look(weights, "item.embedding", longs(shared.items())));
    if (words.length > 0) {
      parts.add(look(weights, "word.embedding", words));
    }
    NDArray places = Layers.embed(manager.create(layout.positions()), positions); // (M, d)
    return drop(scaled(NDArrays.concat(parts, 0)).add(places), dropout);
  }

  /**
   * Looks the words of a later step up.
   *
   * @param weights of the network
   * @param words one a row, (R)
   * @param position of all of them
   * @return (R, d)
   */
  NDArray embed(Weights weights, long[] words, int position) {
    return scaled(look(weights, "word.embedding", words)).add(positions.get(position));
  }

  private NDArray look(Weights weights, String table, long[] rows) {
    return Layers.embed(positions.getManager().create(rows), weights.get(table));
  }

  private NDArray scaled(NDArray x) {
    return Layers.scale(x, Math.sqrt(settings.peterWidth()));
  }

  private static long[] longs(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }

  /**
   * Packed rows that are wanted of the last layer, W of them.
   *
   * @param from the first
   * @param to behind the last
   */
  record Wanted(long from, long to) {}

  /** How a layer's rows hear each other. */
  interface Hearing {
    /**
     * Attends.
     *
     * @param layer number of the layer
     * @param projected queries, keys and values of all rows side by side, (M, 3 d)
     * @return what the wanted rows hear, all heads side by side, (M or fewer, d)
     */
    NDArray hear(int layer, NDArray projected);
  }

  /**
   * Runs all layers.
   *
   * @param weights of the network
   * @param embedded (M, d)
   * @param wanted which packed rows are wanted of the last layer
   * @param hearing attention; of the last layer it gives the wanted rows
   * @param dropout null when not training
   * @return of the wanted rows, (W, d)
   */
  NDArray run(Weights weights, NDArray embedded, Wanted wanted, Hearing hearing, Dropout dropout) {
    NDArray x = embedded;
    for (int n = 0; n < settings.peterLayers(); n++) {
      NDArray heard = hearing.hear(n, linear(weights, layer(n, "attention.in"), x));
      if (isLast(n)) {
        x = wanted(x, wanted);
      }
      heard = drop(linear(weights, layer(n, "attention.out"), heard), dropout);
      x = norm(weights, layer(n, "attention.norm"), x.add(heard));
      NDArray hidden = Activation.relu(linear(weights, layer(n, "hidden"), x)); // (M, f)
      NDArray fed = drop(linear(weights, layer(n, "output"), drop(hidden, dropout)), dropout);
      x = norm(weights, layer(n, "norm"), x.add(fed));
    }
    return x;
  }

  private static NDArray wanted(NDArray rows, Wanted wanted) {
    return wanted.from == 0 && wanted.to == rows.getShape().get(0)
        ? rows
        : rows.get(new NDIndex().addSliceDim(wanted.from, wanted.to));
  }

  private boolean isLast(int layer) {
    return layer == settings.peterLayers() - 1;
  }

  /**
   * Attention among all tokens of each sequence.
   *
   * @param layout of the batch
   * @param wanted which packed rows are wanted of the last layer
   * @param memory takes each layer's keys and values; null to keep none
   * @param dropout null when not training
   * @return the attention
   */
  Hearing all(PeterLayout layout, Wanted wanted, PeterMemory memory, Dropout dropout) {
    NDManager manager = positions.getManager();
    long n = layout.sequences();
    long s = layout.length();
    NDArray spread = manager.create(layout.spread());
    NDArray places = manager.create(layout.places());
    NDArray seen = mask.get(new NDIndex().addSliceDim(0, s).addSliceDim(0, s)); // (S, S)
    return (layer, projected) -> {
      NDArray padded =
          Layers.embed(spread, projected)
              .reshape(n, s, 3, settings.peterHeads(), headWidth)
              .transpose(2, 0, 3, 1, 4); // (3, N, h, S, k)
      NDArray keys = padded.get(1); // (N, h, S, k)
      NDArray values = padded.get(2); // (N, h, S, k)
      if (memory != null) {
        memory.begin(layer, keys, values);
      }
      NDArray scores = narrowed(padded.get(0)).matMul(keys.swapAxes(2, 3)); // (N, h, S, S)
      NDArray heard =
          drop(scores.add(seen).softmax(3), dropout)
              .matMul(values)
              .swapAxes(1, 2)
              .reshape(n * s, settings.peterWidth()); // (N S, d)
      return Layers.embed(isLast(layer) ? wanted(places, wanted) : places, heard);
    };
  }

  /**
   * Attention of one new token of each sequence to those before it.
   *
   * @param memory keys and values of those before; takes those of the new ones
   * @return the attention
   */
  Hearing next(PeterMemory memory) {
    return (layer, projected) -> {
      long rows = projected.getShape().get(0);
      NDList parts = projected.reshape(rows, 3, settings.peterHeads(), 1, headWidth).split(3, 1);
      NDArray query = parts.get(0).squeeze(1); // (R, h, 1, k)
      memory.extend(layer, parts.get(1).squeeze(1), parts.get(2).squeeze(1));
      NDArray scores = narrowed(query).matMul(memory.keys(layer).swapAxes(2, 3)); // (R, h, 1, s)
      return scores.softmax(3).matMul(memory.values(layer)).reshape(rows, settings.peterWidth());
    };
  }

  /** Queries divided by the root of k. */
  private NDArray narrowed(NDArray queries) {
    return Layers.scale(queries, 1 / Math.sqrt(headWidth));
  }

  /**
   * Predicts ratings.
   *
   * @param weights of the network
   * @param users the last layer's rows of users, (N, d)
   * @return not clipped, (N)
   */
  NDArray ratings(Weights weights, NDArray users) {
    NDArray hidden = Activation.sigmoid(linear(weights, "rating.hidden", users)); // (N, d)
    return linear(weights, "rating.output", hidden).squeeze(1);
  }

  private static NDArray linear(Weights weights, String name, NDArray x) {
    return Linear.linear(x, weights.get(name + ".weight"), weights.get(name + ".bias"))
        .singletonOrThrow();
  }

  private static NDArray norm(Weights weights, String name, NDArray x) {
    Shape last = new Shape(x.getShape().get(1));
    return LayerNorm.layerNorm(
            x, last, weights.get(name + ".weight"), weights.get(name + ".bias"), EPSILON)
        .singletonOrThrow();
  }

  private static NDArray drop(NDArray x, Dropout dropout) {
    return dropout == null ? x : dropout.apply(x);
  }
}
