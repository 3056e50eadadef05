package explainrec.text;

import java.util.List;
import java.util.Set;

/**
 * One statement of a review, its tokens tagged with universal parts of speech.
 *
 * @param tokens lower case, punctuation among them, (T)
 * @param tags {@code NOUN}, {@code ADJ}, {@code VERB} ... of each token, (T)
 * @param words as people read them, without punctuation
 */
record Clause(String[] tokens, String[] tags, List<String> words) {
  private static final Set<String> FIRST =
      Set.of(
          "i", "we", "i'm", "i've", "i'd", "i'll", "we're", "we've", "we'd", "we'll", "im", "ive");

  /** Whether "I" or "we" stands where the subject of its first verb does. */
  boolean firstPerson() {
    for (int t = 0; t < tokens.length; t++) {
      if (FIRST.contains(tokens[t])) {
        return true;
      }
      if (verb(t)) {
        return false;
      }
    }
    return false;
  }

  boolean verb(int t) {
    return tags[t].equals("VERB") || tags[t].startsWith("AUX");
  }
}
