package explainrec.text;

import java.util.Set;

/** Words of English grammar, for models of what a text is about. */
public final class StopWords {
  private static final Set<String> ENGLISH = WordList.of(WordList.STOP);

  private StopWords() {}

  /**
   * Looks a word up.
   *
   * @param word in lower case
   * @return whether it is a word of grammar
   */
  public static boolean has(String word) {
    return ENGLISH.contains(word);
  }
}
