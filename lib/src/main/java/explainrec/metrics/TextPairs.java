package explainrec.metrics;

import java.util.ArrayList;
import java.util.List;

/** What the text metrics share: checks of their input, and white space as Python sees it. */
final class TextPairs {
  private TextPairs() {}

  /** Refuses lists that are not of one length. */
  static void checkSizes(List<?> references, List<?> hypotheses) {
    if (references.size() != hypotheses.size()) {
      throw new IllegalArgumentException(
          references.size() + " references for " + hypotheses.size() + " hypotheses");
    }
  }

  static IllegalArgumentException noReference() {
    return new IllegalArgumentException("a hypothesis without a reference");
  }

  /**
   * Splits at white space as Python's {@code str.split()} does: no empty words.
   *
   * @param text any text
   * @return its words in order
   */
  static List<String> split(CharSequence text) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < text.length(); i++) {
      boolean space = isSpace(text.charAt(i));
      if (space && start >= 0) {
        words.add(text.subSequence(start, i).toString());
        start = -1;
      } else if (!space && start < 0) {
        start = i;
      }
    }
    if (start >= 0) {
      words.add(text.subSequence(start, text.length()).toString());
    }
    return words;
  }

  /** Takes white space off both ends as Python's {@code str.strip()} does. */
  static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Whether Python's {@code str.isspace} holds; Java's own tests leave out U+00A0 or U+0085. */
  static boolean isSpace(char c) {
    return c <= ' '
        ? c == ' ' || c >= '\t' && c <= '\r' || c >= 0x1c
        : c == 0x85 || c > 0x85 && Character.isSpaceChar(c);
  }
}
