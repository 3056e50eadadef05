package explainrec.data;

/**
 * One statement of a review: this feature, of this aspect, with this polarity.
 *
 * @param aspect the aspect's name
 * @param feature the feature's name; empty when a text read back names none
 * @param polarity how positive; null when a text read back does not say
 */
public record WorldMention(String aspect, String feature, WorldPolarity polarity) {}
