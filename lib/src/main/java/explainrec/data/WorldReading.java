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
  private static final Pattern TOKEN = Pattern.compile("[a-z0-9]+|[.!?]");
  private static final WorldReading INSTANCE = new WorldReading(WorldGrammar.instance());

  /** A phrase to look for; feature empty for polarity phrases, aspect empty when several use it. */
  private record Phrase(
      List<String> tokens, String aspect, String feature, WorldPolarity polarity, boolean verdict) {
    boolean isFeature() {
      return !feature.isEmpty();
    }
  }

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
    List<String> all = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      all.add(matcher.group());
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
    return INSTANCE.read(tokens(text));
  }

  private WorldContent read(List<String> tokens) {
    List<WorldMention> mentions = new ArrayList<>();
    WorldPolarity verdict = null;
    Phrase open = null;
    int at = 0;
    while (at < tokens.size()) {
      Phrase found = match(tokens, at);
      if (found == null) {
        if (".!?".contains(tokens.get(at))) {
          flush(open, mentions);
          open = null;
        }
        at++;
        continue;
      }
      at += found.tokens().size();
      if (found.verdict()) {
        verdict = found.polarity();
      } else if (open != null && open.isFeature() != found.isFeature()) {
        Phrase feature = open.isFeature() ? open : found;
        Phrase words = open.isFeature() ? found : open;
        mentions.add(new WorldMention(feature.aspect(), feature.feature(), words.polarity()));
        open = null;
      } else {
        flush(open, mentions);
        open = found;
      }
    }
    flush(open, mentions);
    return new WorldContent(mentions, verdict);
  }

  private static void flush(Phrase open, List<WorldMention> mentions) {
    if (open != null && !open.aspect().isEmpty()) {
      mentions.add(new WorldMention(open.aspect(), open.feature(), open.polarity()));
    }
  }

  private Phrase match(List<String> tokens, int at) {
    for (Phrase phrase : byFirst.getOrDefault(tokens.get(at), List.of())) {
      int end = at + phrase.tokens().size();
      if (end <= tokens.size() && tokens.subList(at, end).equals(phrase.tokens())) {
        return phrase;
      }
    }
    return null;
  }
}
