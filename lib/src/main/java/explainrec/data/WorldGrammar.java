package explainrec.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Puts a review's content into words, by the templates of {@code world/grammar.yaml}.
 *
 * <p>The wording (templates, order of the parts, connectives) is drawn from a stream of its own, so
 * given the content it is independent of ratings, user and item.
 */
final class WorldGrammar {
  /** Share of statements put as "frame + polarity words"; the others are whole phrases. */
  private static final double FRAMED = 0.6;

  private static final double OPENER = 0.5;
  private static final double JOINED = 0.45;
  private static final double LINKED = 0.35;
  private static final double VERDICT_FIRST = 0.3;
  private static final WorldGrammar INSTANCE = load();

  /** Phrasings of one polarity: words for frames, and whole clauses. */
  record Phrasing(List<String> words, List<String> phrases) {}

  /** Words between two clauses of the same or of different polarity. */
  record Links(List<String> same, List<String> different) {
    private String pick(boolean alike, WorldRandom random) {
      return WorldGrammar.pick(alike ? same : different, random);
    }
  }

  /** What can be said about one aspect. */
  record AspectWords(
      List<String> singular,
      List<String> plural,
      Phrasing positive,
      Phrasing neutral,
      Phrasing negative) {
    /** All features, singular ones first. */
    List<String> features() {
      List<String> all = new ArrayList<>(singular);
      all.addAll(plural);
      return all;
    }

    Phrasing of(WorldPolarity polarity) {
      return switch (polarity) {
        case NEGATIVE -> negative;
        case NEUTRAL -> neutral;
        case POSITIVE -> positive;
      };
    }
  }

  /** The file as it stands. */
  record Sheet(
      Map<String, AspectWords> aspects,
      List<String> frames,
      Map<String, List<String>> verdicts,
      List<String> openers,
      Map<String, List<String>> slots,
      Links joins,
      Links starts,
      List<String> closers) {}

  private final Sheet sheet;
  private final String digest;
  private final List<String> aspects;
  private final List<List<String>> features;

  private WorldGrammar(Sheet sheet, String digest) {
    this.sheet = sheet;
    this.digest = digest;
    aspects = List.copyOf(sheet.aspects().keySet());
    features = sheet.aspects().values().stream().map(AspectWords::features).toList();
  }

  /** The kit's grammar. */
  static WorldGrammar instance() {
    return INSTANCE;
  }

  private static WorldGrammar load() {
    try (InputStream in = WorldGrammar.class.getResourceAsStream("/world/grammar.yaml")) {
      byte[] file = in.readAllBytes();
      Sheet sheet = new ObjectMapper(new YAMLFactory()).readValue(file, Sheet.class);
      return new WorldGrammar(sheet, DigestUtils.sha256Hex(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The six aspects, in the order of the ratings. */
  List<String> aspects() {
    return aspects;
  }

  /** Feature names of an aspect; the same number for each. */
  List<String> features(int aspect) {
    return features.get(aspect);
  }

  /** SHA-256 of the file, in hexadecimal. */
  String digest() {
    return digest;
  }

  /** The templates, for the reader of texts and for tests. */
  Sheet sheet() {
    return sheet;
  }

  /**
   * Writes a review.
   *
   * @param draw what it says
   * @param random the stream of wordings
   * @return one to nine sentences, ASCII
   */
  String write(WorldDraw draw, WorldRandom random) {
    List<String> sentences = new ArrayList<>();
    boolean opener = random.nextDouble() < OPENER;
    if (opener || draw.aspects().length == 1) {
      sentences.add(fill(pick(sheet.openers(), random), random));
    }
    boolean early = random.nextDouble() < VERDICT_FIRST;
    String verdict = verdict(draw, random);
    if (verdict != null && early) {
      sentences.add(verdict);
    }
    statements(draw, random, sentences);
    if (verdict != null && !early) {
      sentences.add(verdict);
    }
    return finish(sentences);
  }

  /** A sentence that says nothing, as a near repost adds it. */
  String closer(WorldRandom random) {
    return finish(List.of(pick(sheet.closers(), random)));
  }

  /** Adds the statements; one or two to a sentence. */
  private void statements(WorldDraw draw, WorldRandom random, List<String> sentences) {
    int count = draw.aspects().length;
    StringBuilder sentence = new StringBuilder();
    Set<String> used = new HashSet<>();
    boolean second = false;
    for (int k = 0; k < count; k++) {
      if (k > 0 && !second && random.nextDouble() < LINKED) {
        boolean alike = draw.polarities()[k] == draw.polarities()[k - 1];
        sentence.append(sheet.starts().pick(alike, random));
      }
      sentence.append(clause(draw, k, used, random));
      if (!second && k + 1 < count && random.nextDouble() < JOINED) {
        boolean alike = draw.polarities()[k + 1] == draw.polarities()[k];
        sentence.append(sheet.joins().pick(alike, random));
        second = true;
      } else {
        sentences.add(sentence.toString());
        sentence.setLength(0);
        second = false;
      }
    }
  }

  /** Puts one statement into words, with a template that the review has not used yet. */
  private String clause(WorldDraw draw, int k, Set<String> used, WorldRandom random) {
    AspectWords words = sheet.aspects().get(aspects.get(draw.aspects()[k]));
    Phrasing phrasing = words.of(WorldPolarity.values()[draw.polarities()[k]]);
    boolean framed = random.nextDouble() < FRAMED;
    String template = pick(framed ? sheet.frames() : phrasing.phrases(), random);
    while (!used.add(template)) {
      template = pick(framed ? sheet.frames() : phrasing.phrases(), random);
    }
    boolean singular = draw.features()[k] < words.singular().size();
    String feature = features.get(draw.aspects()[k]).get(draw.features()[k]);
    String polar = framed ? pick(phrasing.words(), random) : "";
    return expand(
        template,
        slot ->
            switch (slot) {
              case "f" -> feature;
              case "p" -> polar;
              case "was" -> singular ? "was" : "were";
              default -> singular ? "it" : "they";
            });
  }

  private String verdict(WorldDraw draw, WorldRandom random) {
    if (draw.verdict() == WorldDraw.NO_VERDICT) {
      return null;
    }
    String key = WorldPolarity.values()[draw.verdict()].name().toLowerCase(Locale.ROOT);
    return expand(pick(sheet.verdicts().get(key), random), slot -> slot);
  }

  private String fill(String template, WorldRandom random) {
    return expand(template, slot -> pick(sheet.slots().get(slot), random));
  }

  /** Fills the {slots} of a template, left to right, and drops the [brackets]. */
  private static String expand(String template, UnaryOperator<String> value) {
    StringBuilder text = new StringBuilder(96);
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      if (c == '{') {
        int end = template.indexOf('}', at);
        text.append(value.apply(template.substring(at + 1, end)));
        at = end;
      } else if (c != '[' && c != ']') {
        text.append(c);
      }
      at++;
    }
    return text.toString();
  }

  private static String finish(List<String> sentences) {
    StringBuilder text = new StringBuilder();
    for (String sentence : sentences) {
      text.append(text.length() == 0 ? "" : " ")
          .append(Character.toUpperCase(sentence.charAt(0)))
          .append(sentence, 1, sentence.length())
          .append('.');
    }
    return text.toString();
  }

  private static String pick(List<String> choices, WorldRandom random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
