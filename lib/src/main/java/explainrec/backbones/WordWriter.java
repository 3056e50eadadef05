package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import explainrec.text.Vocabulary;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToIntBiFunction;

/**
 * Writes texts word by word, all of them in one batch. Texts of a request that have the same words
 * so far share a row, and texts at their end leave.
 */
final class WordWriter {
  private static final long MIX = 0x9E3779B97F4A7C15L; // from the golden ratio

  private final int longest;

  /**
   * Makes a writer.
   *
   * @param longest tokens of a text, its end included
   */
  WordWriter(int longest) {
    this.longest = longest;
  }

  /**
   * Draws texts. What a text draws depends on the seed and its place only, whoever else is in the
   * batch.
   *
   * @param decoding with a row for each of B requests; closed at the end
   * @param requests B
   * @param k texts of each
   * @param seed the same seed draws the same
   * @return tokens, (B k)
   */
  int[][] sample(Decoding decoding, int requests, int k, long seed) {
    Text[] texts = texts(requests, k, seed);
    write(decoding, texts, scores -> drawing(scores.softmax(1)));
    return Arrays.stream(texts).map(Text::written).toArray(int[][]::new);
  }

  /**
   * Draws the same texts, and keeps the probabilities that they were drawn by.
   *
   * @param decoding with a row for each of B requests; closed at the end
   * @param requests B
   * @param k texts of each
   * @param seed the same seed draws the same
   * @return the texts and more, to be closed
   */
  Trace trace(Decoding decoding, int requests, int k, long seed) {
    Text[] texts = texts(requests, k, seed);
    Trace trace = new Trace(texts);
    write(decoding, texts, scores -> drawing(trace.keep(scores.softmax(1))));
    return trace;
  }

  /**
   * Writes the likeliest next word each time.
   *
   * @param decoding with a row for each of B requests; closed at the end
   * @param requests B
   * @return tokens, (B)
   */
  int[][] likeliest(Decoding decoding, int requests) {
    Text[] texts = texts(requests, 1, 0);
    write(
        decoding,
        texts,
        scores -> {
          long[] best = scores.argMax(1).toLongArray(); // (R)
          return (text, row) -> (int) best[row];
        });
    return Arrays.stream(texts).map(Text::written).toArray(int[][]::new);
  }

  private Text[] texts(int requests, int k, long seed) {
    Text[] texts = new Text[requests * k];
    Arrays.setAll(
        texts, n -> new Text(longest, n / k, new SplittableRandom(seed + MIX * (n + 1L))));
    return texts;
  }

  /** How words are chosen from the scores (R, V) of a step. */
  private interface Choice {
    ToIntBiFunction<Text, Integer> from(NDArray scores);
  }

  private void write(Decoding decoding, Text[] texts, Choice choice) {
    try (decoding) {
      List<Text> open = List.of(texts);
      int[] last =
          new int[(int) Arrays.stream(texts).mapToInt(text -> text.row).distinct().count()];
      Arrays.fill(last, Vocabulary.START);
      while (!open.isEmpty()) {
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          ToIntBiFunction<Text, Integer> word = choice.from(decoding.next(last));
          open.forEach(text -> text.add(word.applyAsInt(text, text.row), text.row));
          open = open.stream().filter(text -> !text.ended()).toList();
          Rows rows = Rows.of(open);
          if (!open.isEmpty()) {
            decoding.select(rows.before);
            last = rows.last;
          }
        }
      }
    }
  }

  /** Draws words by their probabilities (R, V). */
  private static ToIntBiFunction<Text, Integer> drawing(NDArray probabilities) {
    int words = Math.toIntExact(probabilities.getShape().get(1));
    FloatBuffer numbers =
        probabilities.getDevice().isGpu()
            ? FloatBuffer.wrap(probabilities.toFloatArray())
            : probabilities.toByteBuffer(true).asFloatBuffer();
    return (text, row) -> {
      int word = draw(numbers, row * words, words, text.random.nextDouble());
      text.logs[text.length] = Math.log(numbers.get(row * words + word));
      return word;
    };
  }

  /**
   * The word at which the probabilities' sum passes a number.
   *
   * @param at below 1; rounding may leave it above the sum, then it is the last possible word
   */
  private static int draw(FloatBuffer probabilities, int from, int words, double at) {
    double sum = 0;
    int possible = 0;
    for (int word = 0; word < words; word++) {
      float probability = probabilities.get(from + word);
      if (probability > 0) {
        sum += probability;
        possible = word;
        if (sum > at) {
          break;
        }
      }
    }
    return possible;
  }

  /**
   * The rows of the next step.
   *
   * @param before the row of the last step that each comes from, (R)
   * @param last each row's last word, (R)
   */
  private record Rows(int[] before, int[] last) {
    /** One row for all texts that came from one row and took the same word; tells each its row. */
    static Rows of(List<Text> open) {
      Map<Long, Integer> numbers = new LinkedHashMap<>();
      List<Integer> before = new ArrayList<>();
      List<Integer> last = new ArrayList<>();
      for (Text text : open) {
        long branch = ((long) text.row << Integer.SIZE) + text.last();
        Integer number = numbers.putIfAbsent(branch, before.size());
        if (number == null) {
          number = before.size();
          before.add(text.row);
          last.add(text.last());
        }
        text.row = number;
      }
      return new Rows(
          before.stream().mapToInt(n -> n).toArray(), last.stream().mapToInt(n -> n).toArray());
    }
  }

  /** A text being written. */
  private static final class Text {
    private final int[] tokens;
    private final int[] rows; // of the step at which each token was told
    private final double[] logs; // of the tokens' probabilities, where they are drawn
    private final SplittableRandom random;
    private int row;
    private int length;

    Text(int longest, int row, SplittableRandom random) {
      this.tokens = new int[longest];
      this.rows = new int[longest];
      this.logs = new double[longest];
      this.row = row;
      this.random = random;
    }

    void add(int word, int rowOfStep) {
      rows[length] = rowOfStep;
      tokens[length++] = word;
    }

    int last() {
      return tokens[length - 1];
    }

    boolean ended() {
      return length == tokens.length || last() == Vocabulary.END;
    }

    int[] written() {
      return Arrays.copyOf(tokens, length);
    }
  }

  /** Drawn texts, and the probabilities at every state that they went through. */
  static final class Trace implements AutoCloseable {
    private final NDManager manager;
    private final Text[] texts;
    private final List<NDArray> steps = new ArrayList<>(); // (R_t, V)

    private Trace(Text[] texts) {
      this.texts = texts;
      this.manager = NDManager.newBaseManager();
    }

    private NDArray keep(NDArray probabilities) {
      probabilities.attach(manager);
      NDScope.unregister(probabilities);
      steps.add(probabilities);
      return probabilities;
    }

    /** Tokens, (N). */
    int[][] sequences() {
      return Arrays.stream(texts).map(Text::written).toArray(int[][]::new);
    }

    /** Logarithms of the tokens' probabilities, (N), one a token. */
    double[][] logs() {
      return Arrays.stream(texts)
          .map(text -> Arrays.copyOf(text.logs, text.length))
          .toArray(double[][]::new);
    }

    /** R, the rows of all steps. */
    int rows() {
      return steps.stream().mapToInt(step -> (int) step.getShape().get(0)).sum();
    }

    /** Row of the state that each token was told from, among those of all steps, (N). */
    int[][] rowOf() {
      int[] first = new int[steps.size() + 1];
      for (int t = 0; t < steps.size(); t++) {
        first[t + 1] = first[t] + (int) steps.get(t).getShape().get(0);
      }
      int[][] rows = new int[texts.length][];
      for (int n = 0; n < rows.length; n++) {
        rows[n] = new int[texts[n].length];
        for (int t = 0; t < rows[n].length; t++) {
          rows[n][t] = first[t] + texts[n].rows[t];
        }
      }
      return rows;
    }

    /**
     * The probabilities, some steps at a time; they are the caller's to close, and are gone from
     * here.
     *
     * @param size rows of a block, about
     * @return blocks in the order of the rows, each (r, V)
     */
    Iterable<NDArray> probabilities(int size) {
      return () ->
          new Iterator<>() {
            @Override
            public boolean hasNext() {
              return !steps.isEmpty();
            }

            @Override
            public NDArray next() {
              NDList block = new NDList();
              long rows = 0;
              while (!steps.isEmpty() && (block.isEmpty() || rows < size)) {
                NDArray step = steps.remove(0);
                rows += step.getShape().get(0);
                block.add(step);
              }
              if (block.size() == 1) {
                return block.head();
              }
              NDArray all = NDArrays.concat(block);
              block.close();
              return all;
            }
          };
    }

    @Override
    public void close() {
      steps.clear();
      manager.close();
    }
  }
}
