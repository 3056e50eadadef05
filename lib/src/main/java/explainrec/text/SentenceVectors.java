package explainrec.text;

import java.util.List;

/**
 * One vector of length 1 a sentence, the mean over its tokens; the dot product of two is the
 * sentences' cosine similarity. Each distinct sentence is encoded once and kept, d floats (1.5 kB
 * with {@link MiniLm}); of very many, those asked for last. Threads may share one.
 */
public final class SentenceVectors implements SentenceEncoder {
  private static final int CHUNK = 2048; // sentences whose token vectors are in memory together

  private final TokenEncoder encoder;
  private final Encoded<float[]> known;

  /**
   * Uses an encoder, which stays the caller's to close.
   *
   * @param encoder of the sentences; {@link MiniLm} was trained for this
   * @param most tokens kept of a sentence, as {@link MiniLm#SENTENCE_TOKENS}
   */
  public SentenceVectors(TokenEncoder encoder, int most) {
    this.encoder = encoder;
    this.known =
        new Encoded<>(
            sentences -> encoder.encode(sentences, most).stream().map(TokenVectors::mean).toList(),
            CHUNK,
            Encoded.KEPT);
  }

  @Override
  public int width() {
    return encoder.width();
  }

  /** The encoder's name and hash, such as {@code all-MiniLM-L6-v2 (0123456789ab)}. */
  @Override
  public String label() {
    return encoder.name() + " (" + encoder.hash() + ")";
  }

  /**
   * Looks sentences up and encodes those that are new.
   *
   * @param sentences any texts
   * @return the vector of each, (d), not to be changed
   */
  @Override
  public List<float[]> of(List<String> sentences) {
    return known.of(sentences);
  }

  @Override
  public void forget() {
    known.forget();
  }

  /**
   * Looks one sentence up.
   *
   * @param sentence any text
   * @return its vector, (d), not to be changed
   */
  public float[] of(String sentence) {
    return of(List.of(sentence)).get(0);
  }

  /**
   * The number of sentences kept.
   *
   * @return how many distinct sentences are ready
   */
  public int size() {
    return known.size();
  }
}
