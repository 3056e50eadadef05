package explainrec.metrics;

import java.util.ArrayList;
import java.util.List;
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

  private record Rule(Pattern pattern, String replacement) {
    static Rule of(String pattern, String replacement) {
      return new Rule(Pattern.compile(pattern, Pattern.UNIX_LINES), replacement);
    }

    static Rule anyCase(String pattern, String replacement) {
      return new Rule(Pattern.compile(pattern, ANY_CASE), replacement);
    }

    String apply(String text) {
      return pattern.matcher(text).replaceAll(replacement);
    }
  }

  private static final List<Rule> OPENING_AND_PUNCTUATION =
      List.of(
          Rule.of("([«“‘„]|`+)", " $1 "),
          Rule.of("^\"", "``"),
          Rule.of("(``)", " $1 "),
          Rule.of("([ (\\[{<])(\"|'{2})", "$1 `` "),
          Rule.anyCase("(')(?!re|ve|ll|m|t|s|d|n)(" + INSIDE + ")(?!" + INSIDE + ")", "$1 $2"),
          Rule.of("([^.])(\\.)([\\])}>\"'»”’ ]*)" + SPACE + "*$", "$1 $2 $3 "),
          Rule.of("([:,])([^\\p{Nd}])", " $1 $2"),
          Rule.of("([:,])$", " $1 "),
          Rule.of("\\.{2,}", " $0 "),
          Rule.of("[;@#$%&]", " $0 "),
          Rule.of("([^.])(\\.)([\\])}>\"']*)" + SPACE + "*$", "$1 $2$3 "),
          Rule.of("[?!]", " $0 "),
          Rule.of("([^'])' ", "$1 ' "),
          Rule.of("[*]", " $0 "),
          Rule.of("[\\]\\[(){}<>]", " $0 "),
          Rule.of("--", " -- "));

  private static final List<Rule> CLOSING_AND_CLITICS =
      List.of(
          Rule.of("([»”’])", " $1 "),
          Rule.of("''", " '' "),
          Rule.of("\"", " '' "),
          Rule.of(SPACE + "+", " "),
          Rule.of("([^' ])('[sS]|'[mM]|'[dD]|') ", "$1 $2 "),
          Rule.of("([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) ", "$1 $2 "),
          contraction("can", "not"),
          contraction("d", "'ye"),
          contraction("gim", "me"),
          contraction("gon", "na"),
          contraction("got", "ta"),
          contraction("lem", "me"),
          contraction("more", "'n"),
          Rule.anyCase("(?<!" + INSIDE + ")(wan)(na)(?=" + SPACE + ")", " $1 $2 "),
          Rule.anyCase(" ('t)(is)(?!" + INSIDE + ")", " $1 $2 "),
          Rule.anyCase(" ('t)(was)(?!" + INSIDE + ")", " $1 $2 "));

  private WordTokenizer() {}

  private static Rule contraction(String first, String second) {
    String words = "(" + first + ")(" + second + ")";
    return Rule.anyCase("(?<!" + INSIDE + ")" + words + "(?!" + INSIDE + ")", " $1 $2 ");
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
      String spaced = sentence;
      for (Rule rule : OPENING_AND_PUNCTUATION) {
        spaced = rule.apply(spaced);
      }
      spaced = " " + spaced + " ";
      for (Rule rule : CLOSING_AND_CLITICS) {
        spaced = rule.apply(spaced);
      }
      words.addAll(TextPairs.split(spaced));
    }
    return words;
  }
}
