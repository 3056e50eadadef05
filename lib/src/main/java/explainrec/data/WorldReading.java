package explainrec.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads back what a text of the hotel world says, whether the world or a model wrote it.
 *
 * <p>It looks for the grammar's feature names and polarity phrases, the longest at each place, case
 * and punctuation aside. Within a sentence a feature and the polarity phrase next to it (before or
 * after) make one statement; a feature or a phrase without partner becomes a statement with the
 * other part missing, as far as its aspect is clear.
 */
public final class WorldReading {
  /** Stands in a span in place of a statement's number when it is the verdict. */
  public static final int VERDICT = -1;

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9]+|[.!?]");
  private static final WorldReading INSTANCE = new WorldReading(WorldGrammar.instance());

  /** A phrase to look for; feature empty for polarity phrases, aspect empty when several use it. */
  private record Phrase(
      List<String> tokens, String aspect, String feature, WorldPolarity polarity, boolean verdict) {
    boolean isFeature() {
      return !feature.isEmpty();
    }
  }

  /** A word or full stop, and where it stands. */
  private record Token(String word, int from, int to) {}

  /** A phrase found, and where it stands. */
  private record Found(Phrase phrase, int from, int to) {
    WorldSpan span(int mention) {
      return new WorldSpan(from, to, mention, phrase.isFeature());
    }
  }

  /** What a text says and where. */
  private record Reading(WorldContent content, List<WorldSpan> spans) {}

  private final Map<String, List<Phrase>> byFirst = new HashMap<>();

  private WorldReading(WorldGrammar grammar) {
    Map<List<String>, Phrase> known = new HashMap<>();
    for (int a = 0; a < grammar.aspects().size(); a++) {
      String aspect = grammar.aspects().get(a);
      for (String feature : grammar.features(a)) {
        add(known, new Phrase(tokens(feature), aspect, feature, null, false));
      }
      for (WorldPolarity polarity : WorldPolarity.values()) {
        WorldGrammar.Phrasing phrasing = grammar.sheet().aspects().get(aspect).of(polarity);
        for (String words : phrasing.words()) {
          add(known, new Phrase(tokens(words), aspect, "", polarity, false));
        }
        for (String phrase : phrasing.phrases()) {
          add(known, new Phrase(tokens(marked(phrase)), aspect, "", polarity, false));
        }
      }
    }
    for (WorldPolarity polarity : WorldPolarity.values()) {
      for (String v : grammar.sheet().verdicts().get(polarity.name().toLowerCase(Locale.ROOT))) {
        add(known, new Phrase(tokens(marked(v)), "", "", polarity, true));
      }
    }
    Comparator<Phrase> longest = Comparator.comparing(p -> -p.tokens().size());
    for (Phrase phrase : known.values()) {
      byFirst.computeIfAbsent(phrase.tokens().get(0), k -> new ArrayList<>()).add(phrase);
    }
    byFirst.values().forEach(list -> list.sort(longest));
  }

  private static void add(Map<List<String>, Phrase> known, Phrase phrase) {
    Phrase older = known.get(phrase.tokens());
    if (older == null) {
      known.put(phrase.tokens(), phrase);
      return;
    }
    if (older.isFeature()
        || phrase.isFeature()
        || older.verdict() != phrase.verdict()
        || older.polarity() != phrase.polarity()) {
      throw new IllegalStateException(
          "the grammar uses a phrase in two senses: " + phrase.tokens());
    }
    known.put(phrase.tokens(), new Phrase(phrase.tokens(), "", "", phrase.polarity(), false));
  }

  /** The part of a template in [brackets]. */
  private static String marked(String template) {
    int from = template.indexOf('[');
    int to = template.indexOf(']');
    if (from < 0 || to < from || template.indexOf('[', from + 1) >= 0) {
      throw new IllegalStateException("the grammar needs one [part] in: " + template);
    }
    return template.substring(from + 1, to);
  }

  private static List<String> tokens(String text) {
    return located(text).stream().map(Token::word).toList();
  }

  private static List<Token> located(String text) {
    List<Token> all = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      String word = matcher.group().toLowerCase(Locale.ROOT);
      all.add(new Token(word, matcher.start(), matcher.end()));
    }
    return all;
  }

  /**
   * Reads a text.
   *
   * @param text in any case, with or without punctuation
   * @return its statements in order, and the polarity of its last verdict; a text that says nothing
   *     has no statements and the verdict null
   */
  public static WorldContent of(String text) {
    return INSTANCE.read(located(text)).content();
  }

  /**
   * Finds where a text says what {@link #of} reads in it.
   *
   * @param text in any case, with or without punctuation
   * @return for each statement its feature, its polarity phrase or both, and the last verdict, in
   *     the order of the text
   */
  public static List<WorldSpan> spans(String text) {
    return INSTANCE.read(located(text)).spans();
  }

  private Reading read(List<Token> tokens) {
    List<WorldMention> mentions = new ArrayList<>();
    List<WorldSpan> spans = new ArrayList<>();
    Found verdict = null;
    Found open = null;
    int at = 0;
    while (at < tokens.size()) {
      Found found = match(tokens, at);
      if (found == null) {
        if (".!?".contains(tokens.get(at).word())) {
          flush(open, mentions, spans);
          open = null;
        }
        at++;
        continue;
      }
      at += found.phrase().tokens().size();
      if (found.phrase().verdict()) {
        verdict = found;
      } else if (open != null && open.phrase().isFeature() != found.phrase().isFeature()) {
        Phrase feature = (open.phrase().isFeature() ? open : found).phrase();
        Phrase words = (open.phrase().isFeature() ? found : open).phrase();
        spans.add(open.span(mentions.size()));
        spans.add(found.span(mentions.size()));
        mentions.add(new WorldMention(feature.aspect(), feature.feature(), words.polarity()));
        open = null;
      } else {
        flush(open, mentions, spans);
        open = found;
      }
    }
    flush(open, mentions, spans);
    if (verdict != null) {
      spans.add(verdict.span(VERDICT));
    }
    spans.sort(Comparator.comparingInt(WorldSpan::from));
    WorldPolarity last = verdict == null ? null : verdict.phrase().polarity();
    return new Reading(new WorldContent(mentions, last), List.copyOf(spans));
  }

  private static void flush(Found open, List<WorldMention> mentions, List<WorldSpan> spans) {
    if (open != null && !open.phrase().aspect().isEmpty()) {
      Phrase alone = open.phrase();
      spans.add(open.span(mentions.size()));
      mentions.add(new WorldMention(alone.aspect(), alone.feature(), alone.polarity()));
    }
  }

  private Found match(List<Token> tokens, int at) {
    for (Phrase phrase : byFirst.getOrDefault(tokens.get(at).word(), List.of())) {
      int end = at + phrase.tokens().size();
      if (end <= tokens.size() && fits(tokens, at, phrase.tokens())) {
        return new Found(phrase, tokens.get(at).from(), tokens.get(end - 1).to());
      }
    }
    return null;
  }

  private static boolean fits(List<Token> tokens, int at, List<String> phrase) {
    for (int k = 0; k < phrase.size(); k++) {
      if (!tokens.get(at + k).word().equals(phrase.get(k))) {
        return false;
      }
    }
    return true;
  }
}
