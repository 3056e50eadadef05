package explainrec.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import explainrec.nn.Weights;
import java.util.Arrays;
import java.util.SplittableRandom;

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
    int[] longest = new int[(int) embedded.getShape().get(0)];
    Arrays.fill(longest, settings.maxTokens());
    return generate(embedded, mask, seed, longest);
  }

  /**
   * Writes a text for each row, none longer than its own limit.
   *
   * @param embedded the encoder's input, (B, S, d)
   * @param mask of it, (B, S), or null
   * @param seed of sampling
   * @param longest text of each row in tokens, at least 1 each, (B)
   * @return ids of each text, up to and with its end, or as many as its limit without an end
   */
  public int[][] generate(NDArray embedded, NDArray mask, long seed, int[] longest) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray memory = t5.encode(weights, embedded, mask, null);
      try (DecoderCache cache = t5.begin(weights, memory, mask)) {
        return settings.beams() > 1
            ? new BeamSearch(t5, weights, settings).search(cache, longest)
            : write(cache, longest, seed);
      }
    }
  }

  private int[][] write(DecoderCache cache, int[] longest, long seed) {
    SplittableRandom root = new SplittableRandom(seed);
    Text[] all = new Text[longest.length];
    Arrays.setAll(all, n -> new Text(t5.config().start(), longest[n], root.split()));
    Text[] open = all;
    while (open.length > 0) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        int[] last = Arrays.stream(open).mapToInt(Text::last).toArray();
        choose(t5.step(weights, cache, last), open);
        Text[] before = open;
        int[] going = going(before);
        if (going.length < before.length) {
          open = Arrays.stream(going).mapToObj(n -> before[n]).toArray(Text[]::new);
          if (going.length > 0) {
            cache.select(going);
          }
        }
      }
    }
    return Arrays.stream(all).map(Text::written).toArray(int[][]::new);
  }

  /** Who is not at its end; the last ones fill the places of those that are, and no other moves. */
  private int[] going(Text[] open) {
    int[] rows = new int[(int) Arrays.stream(open).filter(text -> !ended(text)).count()];
    int last = open.length;
    for (int n = 0; n < rows.length; n++) {
      rows[n] = n;
      while (ended(open[rows[n]])) {
        rows[n] = --last;
      }
    }
    return rows;
  }

  private boolean ended(Text text) {
    return text.last() == t5.config().end() || text.length == text.longest();
  }

  /** Adds a word to each open text, by scores (B, V). */
  private void choose(NDArray raw, Text[] open) {
    int[][] texts = Arrays.stream(open).map(Text::all).toArray(int[][]::new);
    NDArray scores = Scores.penalize(raw, texts, settings.repetitionPenalty()); // (B, V)
    if (!settings.sampling()) {
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
      open[n].add(Scores.narrow(numbers, from, from + vocabulary, settings).draw(open[n].random));
    }
  }

  /** A text being written; each draws its own random numbers, whoever else is in the batch. */
  private static final class Text {
    private final int[] ids; // the start id first
    private final SplittableRandom random;
    private int length;

    Text(int start, int longest, SplittableRandom random) {
      this.ids = new int[longest + 1];
      this.ids[0] = start;
      this.random = random;
    }

    void add(int id) {
      ids[++length] = id;
    }

    int longest() {
      return ids.length - 1;
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
