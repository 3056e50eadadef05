package explainrec.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words that a word-level generator knows, by number: four marks, then words by falling
 * frequency, equals in alphabetical order.
 */
public final class Vocabulary {
  /** Fills up short rows of a batch. */
  public static final int PAD = 0;

  /** Stands before the first word. */
  public static final int START = 1;

  /** Stands after the last word. */
  public static final int END = 2;

  /** Stands for every word that is not known. */
  public static final int UNKNOWN = 3;

  private static final List<String> MARKS = List.of("<pad>", "<bos>", "<eos>", "<unk>");

  private final List<String> words;
  private final Map<String, Integer> numbers = new HashMap<>();

  /**
   * Counts words.
   *
   * @param texts words of each train text, gone through once
   * @param most how many words are kept besides the marks, at least 1
   */
  public Vocabulary(Iterable<List<String>> texts, int most) {
    Map<String, Integer> counts = new HashMap<>();
    texts.forEach(text -> text.forEach(word -> counts.merge(word, 1, Integer::sum)));
    MARKS.forEach(counts::remove);
    List<String> all = new ArrayList<>(MARKS);
    counts.keySet().stream()
        .sorted(Comparator.comparing((String word) -> -counts.get(word)).thenComparing(w -> w))
        .limit(most)
        .forEach(all::add);
    this.words = List.copyOf(all);
    for (int n = 0; n < words.size(); n++) {
      numbers.put(words.get(n), n);
    }
  }

  /**
   * The words of a split's train explanations.
   *
   * @param data explained
   * @param most how many words are kept besides the marks, at least 1
   * @return the vocabulary
   */
  public static Vocabulary ofTrain(ExplainedSplit data, int most) {
    return new Vocabulary(
        Arrays.stream(data.split().train())
            .mapToObj(row -> data.explanations().get(row).words())
            .toList(),
        most);
  }

  /** How many numbers there are, marks included. */
  public int size() {
    return words.size();
  }

  /**
   * The word of a number.
   *
   * @param number from 0
   * @return the word or mark
   */
  public String word(int number) {
    return words.get(number);
  }

  /**
   * The number of a word.
   *
   * @param word any word
   * @return its number, {@link #UNKNOWN} when it has none
   */
  public int number(String word) {
    return numbers.getOrDefault(word, UNKNOWN);
  }

  /** Whether a word has a number of its own. */
  public boolean has(String word) {
    return numbers.containsKey(word);
  }

  /**
   * Numbers of a text, its end included.
   *
   * @param text words
   * @return their numbers, then {@link #END}
   */
  public int[] encode(List<String> text) {
    int[] ids = new int[text.size() + 1];
    for (int n = 0; n < text.size(); n++) {
      ids[n] = number(text.get(n));
    }
    ids[text.size()] = END;
    return ids;
  }

  /**
   * Words of a text, up to its end; other marks than {@code <unk>} are left out.
   *
   * @param ids numbers
   * @return words
   */
  public List<String> decode(int[] ids) {
    List<String> text = new ArrayList<>();
    for (int id : ids) {
      if (id == END) {
        break;
      }
      if (id != PAD && id != START) {
        text.add(words.get(id));
      }
    }
    return text;
  }
}
