package explainrec.text;

import explainrec.data.Check;

/**
 * Settings of the way from reviews to short explanations; keys are flat and unique over the kit.
 *
 * @param explanationUnit {@code clause}: a sentence of several statements is divided at its
 *     conjunctions, so that an explanation makes one statement; {@code sentence}: it is left whole
 * @param explanationWords words of an explanation at most (paper: 15)
 * @param explanationOverlong {@code drop} longer ones, or {@code cut} them (PETER)
 * @param minExplanationWords words of an explanation at least
 * @param firstPerson {@code drop} those whose subject is "I" or "we" (paper), or {@code keep} them
 * @param explanationChoice which of a review's explanations stands for it: {@code even}, one by a
 *     hash of user and item, each as likely as the others; {@code frequent}, the one whose feature
 *     is most frequent in train; {@code first}
 * @param minFeatureCount train explanations that must name a word before it is a feature
 * @param maxFeatures features kept, the most frequent in train; 0 for all
 * @param maxVocabulary words a generator knows, the most frequent in train (paper: 20,000)
 */
public record ExplanationSettings(
    String explanationUnit,
    int explanationWords,
    String explanationOverlong,
    int minExplanationWords,
    String firstPerson,
    String explanationChoice,
    int minFeatureCount,
    int maxFeatures,
    int maxVocabulary) {

  /** Checks the ranges. */
  public ExplanationSettings {
    Check.oneOf("explanationUnit", explanationUnit, "clause", "sentence");
    Check.range("explanationWords", explanationWords, 1, 1000);
    Check.oneOf("explanationOverlong", explanationOverlong, "drop", "cut");
    Check.range("minExplanationWords", minExplanationWords, 1, explanationWords);
    Check.oneOf("firstPerson", firstPerson, "drop", "keep");
    Check.oneOf("explanationChoice", explanationChoice, "even", "frequent", "first");
    Check.range("minFeatureCount", minFeatureCount, 1, 1_000_000);
    Check.range("maxFeatures", maxFeatures, 0, 1_000_000);
    Check.range("maxVocabulary", maxVocabulary, 1, 10_000_000);
  }

  /** The kit's defaults: one statement each, at most 15 words, longer ones left out. */
  public static ExplanationSettings defaults() {
    return new ExplanationSettings("clause", 15, "drop", 3, "drop", "even", 10, 0, 20_000);
  }

  /** Whole sentences, cut after 15 words, as the paper's data have them. */
  public static ExplanationSettings paper() {
    return new ExplanationSettings("sentence", 15, "cut", 3, "drop", "even", 10, 0, 20_000);
  }
}
