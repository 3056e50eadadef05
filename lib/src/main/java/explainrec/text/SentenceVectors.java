package explainrec.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One vector of length 1 a sentence, the mean over its tokens; the dot product of two is the
 * sentences' cosine similarity. Each distinct sentence is encoded once and kept, d floats (1.5 kB
 * with {@link MiniLm}); of very many, those asked for last. Threads may share one.
 */
public final class SentenceVectors implements SentenceEncoder {
  private static final int CHUNK = 2048; // sentences whose token vectors are in memory together
  private static final int KEPT = 100_000; // 150 MB with MiniLm

  private final TokenEncoder encoder;
  private final int most;
  private final Map<String, float[]> known;

  /**
   * Uses an encoder, which stays the caller's to close.
   *
   * @param encoder of the sentences; {@link MiniLm} was trained for this
   * @param most tokens kept of a sentence, as {@link MiniLm#SENTENCE_TOKENS}
   */
  public SentenceVectors(TokenEncoder encoder, int most) {
    this(encoder, most, KEPT);
  }

  /** Keeps no more than so many sentences, those asked for last. */
  SentenceVectors(TokenEncoder encoder, int most, int kept) {
    this.encoder = encoder;
    this.most = most;
    this.known =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
            return size() > kept;
          }
        };
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
  public synchronized List<float[]> of(List<String> sentences) {
    Map<String, float[]> asked = new HashMap<>(); // the kept ones may be fewer than these
    Set<String> fresh = new LinkedHashSet<>();
    for (String sentence : sentences) {
      float[] vector = known.get(sentence);
      if (vector == null) {
        fresh.add(sentence);
      } else {
        asked.put(sentence, vector);
      }
    }
    List<String> missing = new ArrayList<>(fresh);
    for (int from = 0; from < missing.size(); from += CHUNK) {
      List<String> chunk = missing.subList(from, Math.min(missing.size(), from + CHUNK));
      List<TokenVectors> encoded = encoder.encode(chunk, most);
      for (int n = 0; n < chunk.size(); n++) {
        float[] vector = encoded.get(n).mean();
        known.put(chunk.get(n), vector);
        asked.put(chunk.get(n), vector);
      }
    }
    return sentences.stream().map(asked::get).toList();
  }

  @Override
  public synchronized void forget() {
    known.clear();
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
  public synchronized int size() {
    return known.size();
  }
}
