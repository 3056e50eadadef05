package explainrec.metrics;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The tokenizer "13a" of sacrebleu, which {@code evaluate}'s BLEU uses; it goes back to the script
 * mteval-v13a.
 *
 * <p>Punctuation becomes tokens of its own, except that a period or comma stays inside a number and
 * a dash is split off only after a digit. Apostrophes stay. Case is kept.
 */
public final class Tokenizer13a {
  private static final Pattern PUNCTUATION = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
  private static final Pattern STOP_AFTER_OTHER = Pattern.compile("([^0-9])([.,])");
  private static final Pattern STOP_BEFORE_OTHER = Pattern.compile("([.,])([^0-9])");
  private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

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
    line = PUNCTUATION.matcher(" " + line + " ").replaceAll(" $1 ");
    line = STOP_AFTER_OTHER.matcher(line).replaceAll("$1 $2 ");
    line = STOP_BEFORE_OTHER.matcher(line).replaceAll(" $1 $2");
    line = DASH_AFTER_DIGIT.matcher(line).replaceAll("$1 $2 ");
    return TextPairs.split(line);
  }
}
