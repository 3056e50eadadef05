package explainrec.data;

import java.util.Locale;

/** The paper's text clean-up: white space collapsed, lower case, ASCII only, the first words. */
final class TextCleaner {
  private final boolean lowerCase;
  private final boolean asciiOnly;
  private final int maxWords;
  private final StringBuilder out = new StringBuilder();
  private int words;

  TextCleaner(DataSettings settings) {
    this.lowerCase = settings.lowerCase();
    this.asciiOnly = settings.asciiOnly();
    this.maxWords = settings.maxWords();
  }

  /** Cleans one text; {@link #words()} then tells its length. */
  String clean(String raw) {
    String text = lowerCase ? raw.toLowerCase(Locale.ROOT) : raw;
    out.setLength(0);
    words = 0;
    boolean inWord = false;
    for (int n = 0; n < text.length(); n++) {
      char c = text.charAt(n);
      if (c <= ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        inWord = false;
      } else if (!asciiOnly || c < 127) {
        if (!inWord) {
          if (words == maxWords) {
            break;
          }
          if (words > 0) {
            out.append(' ');
          }
          words++;
          inWord = true;
        }
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Words of the text that was cleaned last. */
  int words() {
    return words;
  }
}
