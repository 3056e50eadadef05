package explainrec.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Splits English text into words as nltk's {@code word_tokenize} does: into sentences first, then
 * each of them by the rules of the Penn Treebank with nltk's changes.
 *
 * <p>Punctuation, currency signs and clitics ({@code n't}, {@code 's}) become words of their own; a
 * period is split off only at the end of a sentence; double quotes become {@code ``} and {@code
 * ''}.
 */
public final class WordTokenizer {
  private static final String SPACE = "[\\s\\x1c-\\x1f\\x85\\p{Z}]";
  private static final String INSIDE = "[\\p{L}\\p{N}_]";
  private static final int ANY_CASE = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  /**
   * A replacement.
   *
   * @param possible false only where the pattern cannot be in a text, so that most rules need not
   *     look for it
   */
  private record Rule(Predicate<String> possible, Pattern pattern, String replacement) {
    static Rule of(Predicate<String> possible, String pattern, String replacement) {
      return new Rule(possible, Pattern.compile(pattern, Pattern.UNIX_LINES), replacement);
    }

    static Rule anyCase(Predicate<String> possible, String pattern, String replacement) {
      return new Rule(possible, Pattern.compile(pattern, ANY_CASE), replacement);
    }

    String apply(String text, boolean always) {
      boolean look = always || possible.test(text);
      return look ? pattern.matcher(text).replaceAll(replacement) : text;
    }
  }

  private static final List<Rule> OPENING_AND_PUNCTUATION =
      List.of(
          Rule.of(has("«“‘„`"), "([«“‘„]|`+)", " $1 "),
          Rule.of(has("\""), "^\"", "``"),
          Rule.of(has("`"), "(``)", " $1 "),
          Rule.of(has("\"'"), "([ (\\[{<])(\"|'{2})", "$1 `` "),
          Rule.anyCase(
              has("'"), "(')(?!re|ve|ll|m|t|s|d|n)(" + INSIDE + ")(?!" + INSIDE + ")", "$1 $2"),
          Rule.of(
              WordTokenizer::mayEndWithPeriod,
              "([^.])(\\.)([\\])}>\"'»”’ ]*)" + SPACE + "*$",
              "$1 $2 $3 "),
          Rule.of(has(":,"), "([:,])([^\\p{Nd}])", " $1 $2"),
          Rule.of(has(":,"), "([:,])$", " $1 "),
          Rule.of(text -> text.contains(".."), "\\.{2,}", " $0 "),
          Rule.of(has(";@#$%&"), "[;@#$%&]", " $0 "),
          Rule.of(
              WordTokenizer::mayEndWithPeriod,
              "([^.])(\\.)([\\])}>\"']*)" + SPACE + "*$",
              "$1 $2$3 "),
          Rule.of(has("?!"), "[?!]", " $0 "),
          Rule.of(has("'"), "([^'])' ", "$1 ' "),
          Rule.of(has("*"), "[*]", " $0 "),
          Rule.of(has("[](){}<>"), "[\\]\\[(){}<>]", " $0 "),
          Rule.of(text -> text.contains("--"), "--", " -- "));

  private static final List<Rule> CLOSING_AND_CLITICS =
      List.of(
          Rule.of(has("»”’"), "([»”’])", " $1 "),
          Rule.of(text -> text.contains("''"), "''", " '' "),
          Rule.of(has("\""), "\"", " '' "),
          Rule.of(WordTokenizer::hasOtherSpaces, SPACE + "+", " "),
          Rule.of(has("'"), "([^' ])('[sS]|'[mM]|'[dD]|') ", "$1 $2 "),
          Rule.of(has("'"), "([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) ", "$1 $2 "),
          contraction(twice('n'), "can", "not"),
          contraction(has("'"), "d", "'ye"),
          contraction(twice('m'), "gim", "me"),
          contraction(twice('n'), "gon", "na"),
          contraction(twice('t'), "got", "ta"),
          contraction(twice('m'), "lem", "me"),
          contraction(has("'"), "more", "'n"),
          Rule.anyCase(twice('n'), "(?<!" + INSIDE + ")(wan)(na)(?=" + SPACE + ")", " $1 $2 "),
          Rule.anyCase(has("'"), " ('t)(is)(?!" + INSIDE + ")", " $1 $2 "),
          Rule.anyCase(has("'"), " ('t)(was)(?!" + INSIDE + ")", " $1 $2 "));

  private WordTokenizer() {}

  private static Rule contraction(Predicate<String> possible, String first, String second) {
    String words = "(" + first + ")(" + second + ")";
    return Rule.anyCase(possible, "(?<!" + INSIDE + ")" + words + "(?!" + INSIDE + ")", " $1 $2 ");
  }

  private static Predicate<String> has(String signs) {
    return text -> {
      for (int n = 0; n < signs.length(); n++) {
        if (text.indexOf(signs.charAt(n)) >= 0) {
          return true;
        }
      }
      return false;
    };
  }

  /** For a letter that is no other sign's upper or lower case, unlike i, k and s. */
  private static Predicate<String> twice(char lower) {
    return text -> {
      boolean before = false;
      for (int i = 0; i < text.length(); i++) {
        boolean here = (text.charAt(i) | ' ') == lower;
        if (here && before) {
          return true;
        }
        before = here;
      }
      return false;
    };
  }

  private static boolean mayEndWithPeriod(String text) {
    int period = text.lastIndexOf('.');
    return period > 0
        && text.charAt(period - 1) != '.'
        && (period == text.length() - 1 || !Character.isLetterOrDigit(text.charAt(period + 1)));
  }

  /** Runs of plain spaces do no harm. */
  private static boolean hasOtherSpaces(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ' && TextPairs.isSpace(c)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Splits a text into words.
   *
   * @param text any text
   * @return its words in order, case kept
   */
  public static List<String> tokenize(String text) {
    List<String> words = new ArrayList<>();
    for (String sentence : SentenceSplitter.split(text)) {
      words.addAll(ofSentence(sentence, false));
    }
    return words;
  }

  /**
   * Splits a sentence.
   *
   * @param sentence any text
   * @param everyRule whether to try rules whose pattern cannot be there; makes no difference
   * @return its words
   */
  static List<String> ofSentence(String sentence, boolean everyRule) {
    String spaced = sentence;
    for (Rule rule : OPENING_AND_PUNCTUATION) {
      spaced = rule.apply(spaced, everyRule);
    }
    spaced = " " + spaced + " ";
    for (Rule rule : CLOSING_AND_CLITICS) {
      spaced = rule.apply(spaced, everyRule);
    }
    return TextPairs.split(spaced);
  }
}
