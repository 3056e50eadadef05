package explainrec.run;

import explainrec.data.WorldContent;
import explainrec.data.WorldMention;
import explainrec.data.WorldPolarity;
import explainrec.data.WorldReading;
import explainrec.data.WorldTruth;
import explainrec.run.ReviewResult.Content;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a written review of the generated world says, judged by the real review of that row and by
 * what is true of the item. Any text will do: what makes no sense says nothing.
 */
public final class ReviewContent {
  private ReviewContent() {}

  /** How a statement of a written review stands to the real review. */
  public enum Judgement {
    /** The real review says the same of this aspect. */
    RIGHT,
    /** The real review speaks of this aspect with another polarity. */
    WRONG,
    /** Both speak of this aspect; one of them does not tell whether it is good. */
    VAGUE,
    /** The real review does not speak of this aspect. */
    EXTRA
  }

  /**
   * Counts what a written review says.
   *
   * @param written any text; null counts as empty
   * @param real the row's own text
   * @param truth of the world
   * @param item the row's item id
   * @return the counts; an aspect or feature said twice counts once
   * @throws explainrec.data.InputException when the world has no such item
   */
  public static Content of(String written, String real, WorldTruth truth, String item) {
    WorldContent said = WorldReading.of(written == null ? "" : written);
    WorldContent asked = WorldReading.of(real);
    Set<String> aspects = aspects(said);
    Set<String> aspectsReal = aspects(asked);
    int shared = 0;
    int right = 0;
    for (String aspect : aspects) {
      if (aspectsReal.contains(aspect)) {
        shared++;
        right += right(aspect, said, asked) ? 1 : 0;
      }
    }
    Set<String> features = new LinkedHashSet<>();
    for (WorldMention mention : said.mentions()) {
      if (!mention.feature().isEmpty()) {
        features.add(mention.feature());
      }
    }
    Set<String> ofItem = new HashSet<>(features);
    ofItem.retainAll(features(truth, item));
    return new Content(
        aspects.size(), aspectsReal.size(), shared, right, features.size(), ofItem.size());
  }

  /** Whether all that is said of an aspect is right, and something is. */
  private static boolean right(String aspect, WorldContent said, WorldContent real) {
    Set<Judgement> judgements = EnumSet.noneOf(Judgement.class);
    for (WorldMention mention : said.mentions()) {
      if (mention.aspect().equals(aspect)) {
        judgements.add(judge(mention, real));
      }
    }
    return judgements.contains(Judgement.RIGHT) && !judgements.contains(Judgement.WRONG);
  }

  /**
   * Judges one statement.
   *
   * @param mention of the written review
   * @param real what the real review says
   * @return how the two stand to each other
   */
  public static Judgement judge(WorldMention mention, WorldContent real) {
    List<WorldPolarity> polarities =
        real.mentions().stream()
            .filter(other -> other.aspect().equals(mention.aspect()))
            .map(WorldMention::polarity)
            .toList();
    if (polarities.isEmpty()) {
      return Judgement.EXTRA;
    }
    if (mention.polarity() == null || polarities.stream().allMatch(Objects::isNull)) {
      return Judgement.VAGUE;
    }
    return polarities.contains(mention.polarity()) ? Judgement.RIGHT : Judgement.WRONG;
  }

  private static Set<String> aspects(WorldContent content) {
    Set<String> aspects = new LinkedHashSet<>();
    content.mentions().forEach(mention -> aspects.add(mention.aspect()));
    return aspects;
  }

  /**
   * All features that an item has.
   *
   * @param truth of the world
   * @param item its id
   * @return names, over all aspects
   * @throws explainrec.data.InputException when the world has no such item
   */
  public static Set<String> features(WorldTruth truth, String item) {
    Set<String> all = new LinkedHashSet<>();
    truth.features(item).values().forEach(all::addAll);
    return all;
  }
}
