package explainrec.text;

import java.util.List;

/**
 * A short explanation taken from a review: PETER's quadruple with its sentence in words.
 *
 * @param feature what is spoken of, lower case, such as {@code breakfast}; empty for a whole review
 * @param opinion the word that says how it is; empty when none was found
 * @param words the sentence, lower case, 1 to 15 words; of a whole review all of them
 * @param score 1 for liked, -1 for disliked, 0 when not known
 */
public record Explanation(String feature, String opinion, List<String> words, int score) {
  /** Freezes the words. */
  public Explanation {
    words = List.copyOf(words);
  }

  /** The words with blanks between, as generators are trained on and metrics read them. */
  public String text() {
    return String.join(" ", words);
  }
}
