package explainrec.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * One vector of length 1 a sentence, the mean over its tokens; the dot product of two is the
 * sentences' cosine similarity. Each distinct sentence is encoded once and kept: d floats (1.5 kB
 * with {@link MiniLm}).
 */
public final class SentenceVectors {
  private static final int CHUNK = 2048; // sentences whose token vectors are in memory together

  private final TokenEncoder encoder;
  private final int most;
  private final Map<String, float[]> known = new HashMap<>();

  /**
   * Uses an encoder, which stays the caller's to close.
   *
   * @param encoder of the sentences; {@link MiniLm} was trained for this
   * @param most tokens kept of a sentence, as {@link MiniLm#SENTENCE_TOKENS}
   */
  public SentenceVectors(TokenEncoder encoder, int most) {
    this.encoder = encoder;
    this.most = most;
  }

  /**
   * Looks sentences up and encodes those that are new.
   *
   * @param sentences any texts
   * @return the vector of each, (d), not to be changed
   */
  public synchronized List<float[]> of(List<String> sentences) {
    LinkedHashSet<String> fresh = new LinkedHashSet<>(sentences);
    fresh.removeAll(known.keySet());
    List<String> missing = new ArrayList<>(fresh);
    for (int from = 0; from < missing.size(); from += CHUNK) {
      List<String> chunk = missing.subList(from, Math.min(missing.size(), from + CHUNK));
      List<TokenVectors> encoded = encoder.encode(chunk, most);
      for (int n = 0; n < chunk.size(); n++) {
        known.put(chunk.get(n), encoded.get(n).mean());
      }
    }
    return sentences.stream().map(known::get).toList();
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
   * @return how many distinct sentences were asked for
   */
  public synchronized int size() {
    return known.size();
  }
}
