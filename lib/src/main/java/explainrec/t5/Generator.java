package explainrec.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import explainrec.nn.Weights;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Writes texts with a T5: greedily, by sampling or by beam search, a batch at a time, with cached
 * keys and values. A text that has ended leaves the batch.
 *
 * <p>Shapes: B batch, S positions of the encoder, d width, V vocabulary.
 */
public final class Generator {
  private final T5 t5;
  private final Weights weights;
  private final GenerationSettings settings;

  /**
   * Makes a writer.
   *
   * @param t5 the model
   * @param weights its weights, frozen; they must outlive the writer
   * @param settings how to write
   */
  public Generator(T5 t5, Weights weights, GenerationSettings settings) {
    this.t5 = t5;
    this.weights = weights;
    this.settings = settings;
  }

  /**
   * Writes a text for each row. All arrays made on the way are freed.
   *
   * @param embedded the encoder's input, words or a soft prompt, (B, S, d)
   * @param mask of it, (B, S), or null
   * @param seed of sampling; the same seed gives the same texts
   * @return ids of each text, up to and with its end, or {@code maxTokens} without an end
   */
  public int[][] generate(NDArray embedded, NDArray mask, long seed) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray memory = t5.encode(weights, embedded, mask, null);
      try (DecoderCache cache = t5.begin(weights, memory, mask)) {
        int texts = (int) memory.getShape().get(0);
        return settings.beams() > 1
            ? new BeamSearch(t5, weights, settings).search(cache, texts)
            : write(cache, texts, seed);
      }
    }
  }

  private int[][] write(DecoderCache cache, int texts, long seed) {
    SplittableRandom root = new SplittableRandom(seed);
    Text[] all = new Text[texts];
    Arrays.setAll(all, n -> new Text(t5.config().start(), settings.maxTokens(), root.split()));
    Text[] open = all;
    while (open.length > 0) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        int[] last = Arrays.stream(open).mapToInt(Text::last).toArray();
        choose(t5.step(weights, cache, last), open);
        Text[] before = open;
        int[] going = IntStream.range(0, before.length).filter(n -> !ended(before[n])).toArray();
        if (going.length < open.length) {
          open = Arrays.stream(going).mapToObj(n -> before[n]).toArray(Text[]::new);
          if (going.length > 0) {
            cache.select(going);
          }
        }
        cache.keep();
      }
    }
    return Arrays.stream(all).map(Text::written).toArray(int[][]::new);
  }

  private boolean ended(Text text) {
    return text.last() == t5.config().end() || text.length == settings.maxTokens();
  }

  /** Adds a word to each open text, by scores (B, V). */
  private void choose(NDArray scores, Text[] open) {
    if (!settings.sampling() && settings.repetitionPenalty() == 1) {
      long[] likeliest = scores.argMax(1).toLongArray(); // (B)
      for (int n = 0; n < open.length; n++) {
        open[n].add((int) likeliest[n]);
      }
      return;
    }
    float[] numbers = scores.toFloatArray();
    int vocabulary = t5.config().vocabulary();
    for (int n = 0; n < open.length; n++) {
      int from = n * vocabulary;
      int to = from + vocabulary;
      Scores.penalize(numbers, from, open[n].all(), settings.repetitionPenalty());
      open[n].add(
          settings.sampling()
              ? Scores.narrow(numbers, from, to, settings).draw(open[n].random)
              : Scores.top(numbers, from, to, 1)[0] - from);
    }
  }

  /** A text being written; each draws its own random numbers, whoever else is in the batch. */
  private static final class Text {
    private final int[] ids; // the start id first
    private final SplittableRandom random;
    private int length;

    Text(int start, int maxTokens, SplittableRandom random) {
      this.ids = new int[maxTokens + 1];
      this.ids[0] = start;
      this.random = random;
    }

    void add(int id) {
      ids[++length] = id;
    }

    int last() {
      return ids[length];
    }

    int[] all() {
      return Arrays.copyOf(ids, length + 1);
    }

    int[] written() {
      return Arrays.copyOfRange(ids, 1, length + 1);
    }
  }
}
