package explainrec.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import explainrec.nn.Layers;
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
      try (DecoderCache cache = t5.begin(weights, memory, mask, 1)) {
        return settings.beams() > 1
            ? new BeamSearch(t5, weights, settings).search(cache, longest)
            : write(cache, longest, 1, seed);
      }
    }
  }

  /**
   * Draws several texts for each row: the encoder and what the decoder hears of it are computed
   * once a row, and all texts are drawn side by side.
   *
   * @param embedded the encoder's input, (B, S, d)
   * @param mask of it, (B, S), or null
   * @param k texts of each row, K
   * @param seed of sampling
   * @return ids of each text, those of a row one after the other, (B K)
   */
  public int[][] sample(NDArray embedded, NDArray mask, int k, long seed) {
    if (!settings.sampling() || settings.repetitionPenalty() != 1) {
      throw new IllegalStateException("several texts are drawn, without repetition penalty");
    }
    int[] longest = new int[(int) embedded.getShape().get(0) * k];
    Arrays.fill(longest, settings.maxTokens());
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray memory = t5.encode(weights, embedded, mask, null);
      try (DecoderCache cache = t5.begin(weights, memory, mask, k)) {
        return write(cache, longest, k, seed);
      }
    }
  }

  private int[][] write(DecoderCache cache, int[] longest, int k, long seed) {
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
        int[] going = going(before, k);
        if (going.length * k < before.length) {
          open = new Text[going.length * k];
          Arrays.setAll(open, n -> before[going[n / k] * k + n % k]);
          if (going.length > 0) {
            cache.select(going);
          }
        }
      }
    }
    return Arrays.stream(all).map(Text::written).toArray(int[][]::new);
  }

  /**
   * Rows with a text that is not at its end; the last ones fill the places of the others, and no
   * other moves.
   */
  private int[] going(Text[] open, int k) {
    int last = open.length / k;
    int[] rows = new int[(int) IntStream.range(0, last).filter(n -> !ended(open, n, k)).count()];
    for (int n = 0; n < rows.length; n++) {
      rows[n] = n;
      while (ended(open, rows[n], k)) {
        rows[n] = --last;
      }
    }
    return rows;
  }

  private boolean ended(Text[] open, int row, int k) {
    return Arrays.stream(open, row * k, row * k + k).allMatch(this::ended);
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
    int vocabulary = t5.config().vocabulary();
    boolean all = settings.topK() == 0 && settings.topP() >= 1; // then nothing has to be sorted
    float[] numbers = (all ? probabilities(scores) : scores).toFloatArray();
    for (int n = 0; n < open.length; n++) {
      int from = n * vocabulary;
      int to = from + vocabulary;
      if (!ended(open[n])) { // others of its row are not
        open[n].add(
            all
                ? Scores.draw(numbers, from, to, open[n].random)
                : Scores.narrow(numbers, from, to, settings).draw(open[n].random));
      }
    }
  }

  private NDArray probabilities(NDArray scores) {
    return Layers.divide(scores, settings.temperature()).softmax(1);
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
