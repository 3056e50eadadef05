package explainrec.data;

import java.util.List;

/**
 * What a review says, apart from its wording: for the generated world everything in the text that
 * depends on a rating, a user or an item.
 *
 * @param mentions the statements, in the order of the text
 * @param verdict polarity of the sentence about the whole stay; null when there is none
 */
public record WorldContent(List<WorldMention> mentions, WorldPolarity verdict) {
  /** Freezes the list. */
  public WorldContent {
    mentions = List.copyOf(mentions);
  }
}
