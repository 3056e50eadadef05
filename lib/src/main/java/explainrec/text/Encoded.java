package explainrec.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What was computed for sentences, each distinct one once; of very many only those asked for last
 * are kept, so that memory stays flat however many different ones a training meets. Threads may
 * share one.
 *
 * @param <V> what is computed for a sentence
 */
public final class Encoded<V> {
  /** Sentences kept, unless something else is asked: 40 MB with vectors of 1,024 values. */
  public static final int KEPT = 10_000;

  private final Function<List<String>, List<V>> encode;
  private final int atOnce;
  private final Map<String, V> known;

  /**
   * Begins with nothing kept.
   *
   * @param encode computes what belongs to each of some sentences, all distinct
   * @param atOnce sentences it gets at most in one call, at least 1
   * @param kept sentences kept at most, at least 1
   */
  public Encoded(Function<List<String>, List<V>> encode, int atOnce, int kept) {
    this.encode = encode;
    this.atOnce = atOnce;
    this.known =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > kept;
          }
        };
  }

  /**
   * Looks sentences up and computes what is new.
   *
   * @param sentences any number, also more than are kept
   * @return what belongs to each, not to be changed
   */
  public synchronized List<V> of(List<String> sentences) {
    Map<String, V> asked = new HashMap<>(); // the kept ones may be fewer than these
    Set<String> fresh = new LinkedHashSet<>();
    for (String sentence : sentences) {
      V value = known.get(sentence);
      if (value == null) {
        fresh.add(sentence);
      } else {
        asked.put(sentence, value);
      }
    }
    List<String> missing = new ArrayList<>(fresh);
    for (int from = 0; from < missing.size(); from += atOnce) {
      List<String> part = missing.subList(from, Math.min(missing.size(), from + atOnce));
      List<V> values = encode.apply(part);
      for (int n = 0; n < part.size(); n++) {
        known.put(part.get(n), values.get(n));
        asked.put(part.get(n), values.get(n));
      }
    }
    return sentences.stream().map(asked::get).toList();
  }

  /** Forgets all. */
  public synchronized void forget() {
    known.clear();
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
