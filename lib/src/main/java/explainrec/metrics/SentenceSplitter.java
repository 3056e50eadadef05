package explainrec.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits English text into sentences as nltk's {@code sent_tokenize} does: the Punkt system with
 * the parameters that nltk distributes.
 *
 * <p>T. Kiss and J. Strunk: Unsupervised Multilingual Sentence Boundary Detection, 2006. At each
 * period, question or exclamation mark that ends a word, the word before and the one after decide
 * by lists of abbreviations, collocations and frequent sentence starters, and by the case in which
 * the second word is seen elsewhere.
 */
final class SentenceSplitter {
  private static final String SPACE = "[\\s\\x1c-\\x1f\\x85\\p{Z}]";
  private static final String NOT_SPACE = "[^\\s\\x1c-\\x1f\\x85\\p{Z}]";
  private static final String NOT_IN_WORD = "[)\";}\\]*:@'({\\[?!]";
  private static final String SEVERAL = "(?:-{2,}|\\.{2,}|(?:\\." + SPACE + "){2,}\\.)";
  private static final String LETTER = "[\\p{L}\\p{Nl}\\p{No}_]";

  private static final Pattern END =
      Pattern.compile(
          "[.?!](?=(?<after>" + NOT_IN_WORD + "|" + SPACE + "+(?<next>" + NOT_SPACE + "+)))");
  private static final Pattern WORD =
      Pattern.compile(
          (SEVERAL + "|(?=[^(\"`{\\[:;&#*@)}\\]\\-,])" + NOT_SPACE + "+?")
              + ("(?=" + SPACE + "|$|" + NOT_IN_WORD + "|" + SEVERAL)
              + ("|,(?=$|" + SPACE + "|" + NOT_IN_WORD + "|" + SEVERAL + "))|" + NOT_SPACE),
          Pattern.UNIX_LINES);
  private static final Pattern CLOSING =
      Pattern.compile(
          "[\"')\\]}]+?(?:" + SPACE + "+|(?=--)|$)", Pattern.MULTILINE | Pattern.UNIX_LINES);
  private static final Pattern NUMBER =
      Pattern.compile("^-?[.,]?\\p{Nd}[\\p{Nd},.-]*\\.?$", Pattern.UNIX_LINES);
  private static final Pattern INITIAL = Pattern.compile(LETTER + "\\.");
  private static final String NUMBER_TYPE = "##number##";

  private static final int UPPER_INSIDE = 4;
  private static final int UPPER = 2 | 4 | 8;
  private static final int LOWER_AT_START = 16;
  private static final int LOWER = 16 | 32 | 64;

  private static final Set<String> ABBREVIATIONS = Set.copyOf(lines("abbreviations.txt"));
  private static final Set<String> STARTERS = Set.copyOf(lines("sentence-starters.txt"));
  private static final Set<String> COLLOCATIONS = new HashSet<>(lines("collocations.tab"));
  private static final Map<String, Integer> ORTHOGRAPHY = orthography();

  private SentenceSplitter() {}

  /** A word with what is decided about it. */
  private static final class Token {
    final String text;
    final String type;
    boolean endsSentence;
    boolean abbreviation;
    boolean ellipsis;

    Token(String text) {
      this.text = text;
      String lower = text.toLowerCase(Locale.ROOT);
      type = NUMBER.matcher(lower).matches() ? NUMBER_TYPE : lower;
      decideAlone();
    }

    private void decideAlone() {
      if (text.equals(".") || text.equals("?") || text.equals("!")) {
        endsSentence = true;
      } else if (text.length() > 1 && text.chars().allMatch(c -> c == '.')) {
        ellipsis = true;
      } else if (text.endsWith(".") && !text.endsWith("..")) {
        String word = text.substring(0, text.length() - 1).toLowerCase(Locale.ROOT);
        String lastPart = word.substring(word.lastIndexOf('-') + 1);
        abbreviation = ABBREVIATIONS.contains(word) || ABBREVIATIONS.contains(lastPart);
        endsSentence = !abbreviation;
      }
    }

    String withoutPeriod() {
      return type.length() > 1 && type.endsWith(".") ? type.substring(0, type.length() - 1) : type;
    }

    String withoutSentencePeriod() {
      return endsSentence ? withoutPeriod() : type;
    }

    boolean startsUpper() {
      return Character.isUpperCase(text.codePointAt(0));
    }

    boolean startsLower() {
      return Character.isLowerCase(text.codePointAt(0));
    }
  }

  private enum Start {
    YES,
    NO,
    UNKNOWN
  }

  /**
   * Splits a text.
   *
   * @param text any text
   * @return its sentences in order, without the white space between them
   */
  static List<String> split(String text) {
    List<int[]> spans = spans(text);
    List<String> sentences = new ArrayList<>();
    int moved = 0;
    for (int s = 0; s < spans.size(); s++) {
      int start = spans.get(s)[0] + moved;
      int end = spans.get(s)[1];
      moved = 0;
      if (s + 1 < spans.size()) {
        // Closing quotes and brackets belong to the sentence before them.
        int[] next = spans.get(s + 1);
        String following = next[0] < next[1] ? text.substring(next[0], next[1]) : "";
        Matcher closing = CLOSING.matcher(following);
        if (closing.lookingAt()) {
          moved = closing.end();
          sentences.add(text.substring(start, next[0] + stripped(closing.group())));
          continue;
        }
      }
      if (start < end) {
        sentences.add(text.substring(start, end));
      }
    }
    return sentences;
  }

  /** Places of the sentences before closing marks are moved. */
  private static List<int[]> spans(String text) {
    List<int[]> spans = new ArrayList<>();
    int from = 0;
    int wordStart = 0;
    int wordEnd = 0;
    int[] waiting = null;
    String context = null;
    Matcher match = END.matcher(text);
    while (match.find()) {
      int space = lastAsciiSpace(text, wordEnd, match.start());
      int start = space > wordEnd ? space + 1 : wordStart;
      // Of several marks on one word only the last one counts.
      if (waiting != null && wordEnd <= start && endsInside(context)) {
        spans.add(new int[] {from, waiting[0]});
        from = waiting[1];
      }
      int next = match.group("next") == null ? match.end() : match.start("next");
      waiting = new int[] {match.end(), next};
      wordStart = start;
      wordEnd = match.start();
      String word = start < wordEnd ? text.substring(start, wordEnd) : "";
      context = word + match.group() + match.group("after");
    }
    if (waiting != null && endsInside(context)) {
      spans.add(new int[] {from, waiting[0]});
      from = waiting[1];
    }
    spans.add(new int[] {from, stripped(text)});
    return spans;
  }

  /** The last space, tab or line break in a part of the text; its start when there is none. */
  private static int lastAsciiSpace(String text, int start, int end) {
    for (int i = end - 1; i > start; i--) {
      char c = text.charAt(i);
      if (c == ' ' || c >= '\t' && c <= '\r') {
        return i;
      }
    }
    return start;
  }

  private static int stripped(String text) {
    int end = text.length();
    while (end > 0 && TextPairs.isSpace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /** Whether a sentence ends before the last word of a few words. */
  private static boolean endsInside(String words) {
    List<Token> tokens = new ArrayList<>();
    for (String line : words.split("\n")) {
      Matcher word = WORD.matcher(line);
      while (word.find()) {
        tokens.add(new Token(word.group()));
      }
    }
    for (int i = 0; i + 1 < tokens.size(); i++) {
      decideTogether(tokens.get(i), tokens.get(i + 1));
      if (tokens.get(i).endsSentence) {
        return true;
      }
    }
    return false;
  }

  private static void decideTogether(Token word, Token next) {
    if (!word.text.endsWith(".")) {
      return;
    }
    String type = word.withoutPeriod();
    String nextType = next.withoutSentencePeriod();
    if (COLLOCATIONS.contains(type + "\t" + nextType)) {
      word.endsSentence = false;
      return;
    }
    boolean initial = INITIAL.matcher(word.text).matches();
    Start start = start(next);
    if ((word.abbreviation || word.ellipsis) && !initial) {
      if (start == Start.YES || next.startsUpper() && STARTERS.contains(nextType)) {
        word.endsSentence = true;
        return;
      }
    }
    if (initial || type.equals(NUMBER_TYPE)) {
      boolean name =
          start == Start.UNKNOWN
              && initial
              && next.startsUpper()
              && (ORTHOGRAPHY.getOrDefault(nextType, 0) & LOWER) == 0;
      if (start == Start.NO || name) {
        word.endsSentence = false;
      }
    }
  }

  /** Whether a word starts a sentence, as far as its case tells. */
  private static Start start(Token word) {
    if (word.text.length() == 1 && ";:,.!?".contains(word.text)) {
      return Start.NO;
    }
    int seen = ORTHOGRAPHY.getOrDefault(word.withoutSentencePeriod(), 0);
    if (word.startsUpper() && (seen & LOWER) != 0 && (seen & UPPER_INSIDE) == 0) {
      return Start.YES;
    }
    if (word.startsLower() && ((seen & UPPER) != 0 || (seen & LOWER_AT_START) == 0)) {
      return Start.NO;
    }
    return Start.UNKNOWN;
  }

  private static List<String> lines(String name) {
    try (InputStream in = SentenceSplitter.class.getResourceAsStream("punkt-english/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Integer> orthography() {
    Map<String, Integer> seen = new HashMap<>();
    for (String line : lines("orthography.tab")) {
      String[] parts = line.split("\t");
      seen.put(parts[0], Integer.valueOf(parts[1]));
    }
    return seen;
  }
}
