package explainrec.t5;

import explainrec.nn.Shuffle;
import explainrec.text.Pieces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Objectives of a language model that writes a text from what it is shown of it. */
public final class Rewriting {
  private Rewriting() {}

  /**
   * The objective of a name.
   *
   * @param name see {@link MiniSettings#miniObjective}
   * @param pieces knows where words begin
   * @return the objective
   */
  public static Objective of(String name, Pieces pieces) {
    return switch (name) {
      case "keywords" ->
          (text, random) -> keywords(pieces, text, random.nextDouble(), random.nextLong());
      case "prefix" -> (text, random) -> prefix(text, random.nextInt(text.length));
      default -> throw new IllegalArgumentException(name);
    };
  }

  /**
   * The encoder sees the first pieces, the decoder writes the rest.
   *
   * @param text ids, the end id last
   * @param length of the prefix, less than the text's
   * @return the question and its answer
   */
  static Example prefix(int[] text, int length) {
    int[] input = Arrays.copyOf(text, length + 1);
    input[length] = Pieces.END;
    return new Example(input, Arrays.copyOfRange(text, length, text.length));
  }

  /**
   * The encoder sees some words in any order, the decoder writes the whole text.
   *
   * @param pieces knows where words begin
   * @param text ids, the end id last
   * @param share of the words that is shown
   * @param seed of which, and of their order
   * @return the question and its answer
   */
  static Example keywords(Pieces pieces, int[] text, double share, long seed) {
    List<int[]> words = words(pieces, text);
    int[] order = Shuffle.of(IntStream.range(0, words.size()).toArray(), seed);
    IntStream shown =
        Arrays.stream(order)
            .limit(Math.round(share * words.size()))
            .flatMap(word -> Arrays.stream(words.get(word)));
    return new Example(IntStream.concat(shown, IntStream.of(Pieces.END)).toArray(), text);
  }

  /** Cuts a text, but for its end, before each piece that begins a word. */
  private static List<int[]> words(Pieces pieces, int[] text) {
    List<int[]> words = new ArrayList<>();
    int from = 0;
    for (int n = 1; n < text.length; n++) {
      if (n == text.length - 1 || pieces.startsWord(text[n])) {
        words.add(Arrays.copyOfRange(text, from, n));
        from = n;
      }
    }
    return words;
  }
}
