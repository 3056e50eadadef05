package explainrec.run;

import explainrec.data.Check;
import java.util.Map;

/**
 * Settings of generators of short explanations that write whole reviews.
 *
 * @param reviewWords tokens of a review that a generator learns and writes at most: words and signs
 *     of one with a vocabulary of words, its end included; 2..1000. ELIXIR's own limit is {@code
 *     maxTokens}
 */
public record WholeReviewSettings(int reviewWords) {
  /** Checks the range. */
  public WholeReviewSettings {
    Check.range("reviewWords", reviewWords, 2, 1000);
  }

  /** As many as ELIXIR's reviews have tokens. */
  public static WholeReviewSettings paper() {
    return new WholeReviewSettings(128);
  }

  /** The settings of length that generators read, by name, at the length of reviews. */
  Map<String, String> lengths() {
    String most = Integer.toString(reviewWords);
    return Map.of("explanationWords", most, "peterWords", most, "peplerTokens", most);
  }
}
