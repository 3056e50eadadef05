package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import explainrec.nn.Dropout;
import explainrec.nn.Initial;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;
import java.util.Arrays;

/**
 * One side's past in ApRef2Seq: a GRU reads each past text, and the decoder attends over all words
 * of a request's texts (Luong's general form): score(q, m) = q W m, context = sum softmax(score) m.
 *
 * <p>Shapes: D requests, P texts of each, U distinct texts, W words of the longest, Q queries of a
 * request, d width, H hidden.
 */
final class Memory {
  private static final float OUT_OF_REACH = -1e9f;

  private final String name;
  private final Recurrent encoder;
  private final int hidden;
  private final int layers;

  /**
   * Makes one; its parameters come with every call.
   *
   * @param name before the names of its parameters
   * @param width d
   * @param hidden H
   * @param layers of the GRU
   */
  Memory(String name, int width, int hidden, int layers) {
    this.name = name;
    this.encoder = Recurrent.gru(name + ".encoder", width, hidden, layers);
    this.hidden = hidden;
    this.layers = layers;
  }

  /**
   * Describes the GRU's parameters and W, {@code NAME.attention.weight} (H, H).
   *
   * @param builder takes them
   */
  void describe(Parameters.Builder builder) {
    encoder.describe(builder);
    double bound = 1 / Math.sqrt(hidden);
    builder.add(name + ".attention.weight", Initial.uniform(-bound, bound), hidden, hidden);
  }

  /**
   * What is remembered of a batch.
   *
   * @param words of the past texts, (D, P W, H)
   * @param reach 0 where there is a word, else far below 0, (D, 1, P W)
   * @param mean of the last states of each request's texts, (D, H)
   */
  record Encoded(NDArray words, NDArray reach, NDArray mean) {}

  /**
   * Reads the past, each distinct text once.
   *
   * @param manager of constants
   * @param weights of the model
   * @param past texts
   * @param dropout of the words and between layers; null when not training
   * @return what is remembered
   */
  Encoded encode(NDManager manager, Weights weights, PastTexts.Batch past, Dropout dropout) {
    int texts = past.words().length;
    int length = Arrays.stream(past.words()).mapToInt(text -> text.length).max().orElseThrow();
    long[] ids = new long[texts * length];
    long[] ends = new long[texts]; // place of each text's last word
    for (int u = 0; u < texts; u++) {
      int[] text = past.words()[u];
      for (int t = 0; t < text.length; t++) {
        ids[u * length + t] = text[t];
      }
      ends[u] = (long) u * length + text.length - 1;
    }
    NDArray embedded =
        Layers.embed(manager.create(ids, new Shape(texts, length)), weights.get("word.embedding"));
    embedded = dropout == null ? embedded : dropout.apply(embedded); // (U, W, d)
    NDArray none = manager.zeros(new Shape(texts, (long) layers * hidden));
    NDArray states = encoder.run(weights, embedded, encoder.start(none), dropout).head();
    NDArray last = Layers.embed(manager.create(ends), states.reshape(-1, hidden)); // (U, H)
    return share(manager, past, states, last, length);
  }

  /** Gives each request the texts that it reads. */
  private Encoded share(
      NDManager manager, PastTexts.Batch past, NDArray states, NDArray last, int length) {
    int requests = past.read().length;
    int most = Arrays.stream(past.read()).mapToInt(read -> read.length).max().orElseThrow();
    long[] numbers = new long[requests * most]; // of the texts, (D, P)
    float[] shares = new float[requests * most];
    float[] reach = new float[requests * most * length];
    Arrays.fill(reach, OUT_OF_REACH);
    for (int n = 0; n < requests; n++) {
      int[] read = past.read()[n];
      for (int p = 0; p < read.length; p++) {
        int place = n * most + p;
        numbers[place] = read[p];
        shares[place] = 1f / read.length;
        Arrays.fill(reach, place * length, place * length + past.words()[read[p]].length, 0f);
      }
    }
    NDArray index = manager.create(numbers);
    NDArray words =
        Layers.embed(index, states.reshape(-1, (long) length * hidden)) // (D P, W H)
            .reshape(requests, (long) most * length, hidden);
    NDArray mean =
        manager
            .create(shares, new Shape(requests, 1, most))
            .matMul(Layers.embed(index, last).reshape(requests, most, hidden)) // (D, 1, H)
            .squeeze(1);
    return new Encoded(
        words, manager.create(reach, new Shape(requests, 1, (long) most * length)), mean);
  }

  /**
   * Attends.
   *
   * @param weights of the model
   * @param encoded of D requests
   * @param queries states of the decoder, (D, Q, H)
   * @return contexts, (D, Q, H)
   */
  NDArray attend(Weights weights, Encoded encoded, NDArray queries) {
    NDArray scores =
        queries
            .matMul(weights.get(name + ".attention.weight"))
            .matMul(encoded.words().swapAxes(1, 2)); // (D, Q, P W)
    return scores.add(encoded.reach()).softmax(-1).matMul(encoded.words());
  }
}
