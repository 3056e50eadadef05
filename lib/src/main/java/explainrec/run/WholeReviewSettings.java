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
 */
public record WholeReviewSettings(int reviewWords, int reviewGeneratorEpochs) {
  private static final List<String> LENGTHS =
      List.of("explanationWords", "peterWords", "peplerTokens");
  private static final List<String> EPOCHS =
      List.of("att2seqEpochs", "nrtEpochs", "peterEpochs", "peplerEpochs");

  /** Checks the ranges. */
  public WholeReviewSettings {
    Check.range("reviewWords", reviewWords, 2, 1000);
    Check.range("reviewGeneratorEpochs", reviewGeneratorEpochs, 0, 100_000);
  }

  /** As many words as ELIXIR's reviews have tokens, and the generators' own epochs. */
  public static WholeReviewSettings paper() {
    return new WholeReviewSettings(128, 0);
  }

  /** What the generators' own settings become when they write reviews, by name. */
  Map<String, String> changes() {
    Map<String, String> changes = new LinkedHashMap<>();
    LENGTHS.forEach(name -> changes.put(name, Integer.toString(reviewWords)));
    if (reviewGeneratorEpochs > 0) {
      EPOCHS.forEach(name -> changes.put(name, Integer.toString(reviewGeneratorEpochs)));
    }
    return changes;
  }
}
