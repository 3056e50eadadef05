package explainrec.text;

import java.util.List;

/**
 * Turns sentences into vectors of one width; the estimators of mutual information read these, not
 * words. It does not change once it is made.
 */
public interface SentenceEncoder {
  /** The number of values of a vector. */
  int width();

  /** What it is, as tables print it, for instance {@code MiniLM} with a part of its hash. */
  String label();

  /**
   * Encodes sentences; each distinct one is computed once and kept.
   *
   * @param sentences words with blanks between, may be empty
   * @return the vector of each, (width), not to be changed
   */
  List<float[]> of(List<String> sentences);

  /**
   * Forgets the sentences kept. In what company a sentence is encoded moves its last digits, so
   * that a run which should give the same numbers whatever ran before it begins with nothing kept.
   */
  default void forget() {}
}
