package explainrec.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** From a text that a language model wrote to words as explanations have them. */
final class WrittenWords {
  /** Marks before a word's first letter or digit and behind its last. */
  private static final Pattern EDGES =
      Pattern.compile("^\\p{Punct}+(?=.*[\\p{L}\\p{N}])|(?<=[\\p{L}\\p{N}])\\p{Punct}+$");

  private WrittenWords() {}

  /**
   * Divides a text at its blanks.
   *
   * @param text any
   * @param marks whether marks at the words' edges stay
   * @return words in lower case
   */
  static List<String> of(String text, boolean marks) {
    List<String> words = new ArrayList<>();
    for (String word : text.toLowerCase(Locale.ROOT).strip().split("\\s+")) {
      String kept = marks ? word : EDGES.matcher(word).replaceAll("");
      if (!kept.isEmpty()) {
        words.add(kept);
      }
    }
    return words;
  }

  /**
   * Whether a word has marks at its edges.
   *
   * @param word any
   * @return true for {@code "good,"}
   */
  static boolean marked(String word) {
    return EDGES.matcher(word).find();
  }
}
