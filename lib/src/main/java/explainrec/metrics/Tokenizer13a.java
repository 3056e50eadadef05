package explainrec.metrics;

import java.util.List;

/**
 * The tokenizer "13a" of sacrebleu, which {@code evaluate}'s BLEU uses; it goes back to the script
 * mteval-v13a.
 *
 * <p>Punctuation becomes tokens of its own, except that a period or comma stays inside a number and
 * a dash is split off only after a digit. Apostrophes stay. Case is kept.
 */
public final class Tokenizer13a {
  private Tokenizer13a() {}

  /**
   * Splits a text into tokens.
   *
   * @param text any text
   * @return its tokens; none for an empty or blank text
   */
  public static List<String> tokenize(String text) {
    String line = text.replace("<skipped>", "").replace("-\n", "").replace('\n', ' ');
    if (line.indexOf('&') >= 0) {
      line = line.replace("&quot;", "\"").replace("&amp;", "&");
      line = line.replace("&lt;", "<").replace("&gt;", ">");
    }
    StringBuilder spaced = splitPunctuation(line);
    spaced = splitPairs(spaced, (c, next) -> !isDigit(c) && isStop(next), false, true);
    spaced = splitPairs(spaced, (c, next) -> isStop(c) && !isDigit(next), true, false);
    spaced = splitPairs(spaced, (c, next) -> isDigit(c) && next == '-', false, true);
    return TextPairs.split(spaced);
  }

  /** Two neighbouring characters between which a token ends. */
  private interface Border {
    boolean between(char c, char next);
  }

  private static StringBuilder splitPunctuation(String line) {
    StringBuilder spaced = new StringBuilder(2 * line.length() + 2).append(' ');
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (isPunctuation(c)) {
        spaced.append(' ').append(c).append(' ');
      } else {
        spaced.append(c);
      }
    }
    return spaced.append(' ');
  }

  /**
   * Puts a space between two characters, and before or after both. As in the original, a character
   * belongs to one pair at most, the first from the left.
   */
  private static StringBuilder splitPairs(
      StringBuilder line, Border border, boolean spaceBefore, boolean spaceAfter) {
    StringBuilder spaced = new StringBuilder(2 * line.length());
    int last = line.length() - 1;
    for (int i = 0; i <= last; i++) {
      char c = line.charAt(i);
      if (i == last || !border.between(c, line.charAt(i + 1))) {
        spaced.append(c);
        continue;
      }
      i++;
      spaced.append(spaceBefore ? " " : "").append(c);
      spaced.append(' ').append(line.charAt(i)).append(spaceAfter ? " " : "");
    }
    return spaced;
  }

  /** ASCII's signs but for apostrophe, comma, dash and period. */
  private static boolean isPunctuation(char c) {
    return c >= '!' && c <= '/' && c != '\'' && (c < ',' || c > '.')
        || c >= ':' && c <= '@'
        || c >= '[' && c <= '`'
        || c >= '{' && c <= '~';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isStop(char c) {
    return c == '.' || c == ',';
  }
}
