package explainrec.run;

import explainrec.data.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings of generators of short explanations that write whole reviews.
 *
 * @param reviewWords tokens of a review that a generator learns and writes at most: words and signs
 *     of one with a vocabulary of words, its end included; 2..1000. ELIXIR's own limit is {@code
 *     maxTokens}
 * @param reviewGeneratorEpochs epochs over the reviews at most, in each stage of training; 0 for as
 *     many as the generator's own setting allows
 * @param reviewGeneratorVocabulary words that a generator knows at most, the most frequent of
 *     train, if it has a vocabulary of words; 0 for as many as its own setting allows
 */
public record WholeReviewSettings(
    int reviewWords, int reviewGeneratorEpochs, int reviewGeneratorVocabulary) {
  private static final List<String> LENGTHS =
      List.of("explanationWords", "peterWords", "peplerTokens");
  private static final List<String> EPOCHS =
      List.of("att2seqEpochs", "nrtEpochs", "peterEpochs", "peplerEpochs");
  private static final List<String> VOCABULARIES =
      List.of("att2seqVocabulary", "nrtVocabulary", "peterVocabulary");

  /** Checks the ranges. */
  public WholeReviewSettings {
    Check.range("reviewWords", reviewWords, 2, 1000);
    Check.range("reviewGeneratorEpochs", reviewGeneratorEpochs, 0, 100_000);
    Check.range("reviewGeneratorVocabulary", reviewGeneratorVocabulary, 0, 1_000_000);
  }

  /** As many words as ELIXIR's reviews have tokens; epochs and vocabularies are the generators'. */
  public static WholeReviewSettings paper() {
    return new WholeReviewSettings(128, 0, 0);
  }

  /** What the generators' own settings become when they write reviews, by name. */
  Map<String, String> changes() {
    Map<String, String> changes = new LinkedHashMap<>();
    LENGTHS.forEach(name -> changes.put(name, Integer.toString(reviewWords)));
    if (reviewGeneratorEpochs > 0) {
      EPOCHS.forEach(name -> changes.put(name, Integer.toString(reviewGeneratorEpochs)));
    }
    if (reviewGeneratorVocabulary > 0) {
      VOCABULARIES.forEach(name -> changes.put(name, Integer.toString(reviewGeneratorVocabulary)));
    }
    return changes;
  }
}
