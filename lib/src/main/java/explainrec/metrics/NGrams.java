package explainrec.metrics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The n-grams of several token lists as numbers: equal numbers stand for equal n-grams, whichever
 * list they are in.
 *
 * @param grams for each list the number of its n-gram at each place, max(0, length - n + 1) of them
 * @param distinct how many different n-grams there are; numbers run from 0 to {@code distinct} - 1
 */
record NGrams(int[][] grams, int distinct) {

  // Odd, so that different pairs stay different; without it their hash codes would crowd.
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** The unigrams of the lists. */
  static NGrams of(List<List<String>> lists) {
    int size = lists.stream().mapToInt(List::size).sum();
    Map<String, Integer> numbers = new HashMap<>(2 * size);
    int[][] grams = new int[lists.size()][];
    for (int k = 0; k < grams.length; k++) {
      List<String> tokens = lists.get(k);
      grams[k] = new int[tokens.size()];
      for (int i = 0; i < grams[k].length; i++) {
        Integer fresh = numbers.size();
        Integer known = numbers.putIfAbsent(tokens.get(i), fresh);
        grams[k][i] = known == null ? fresh : known;
      }
    }
    return new NGrams(grams, numbers.size());
  }

  /** The (n + 1)-grams of the same lists: an (n + 1)-gram is two n-grams side by side. */
  NGrams longer() {
    int size = Arrays.stream(grams).mapToInt(list -> list.length).sum();
    Map<Long, Integer> numbers = new HashMap<>(2 * size);
    int[][] pairs = new int[grams.length][];
    for (int k = 0; k < grams.length; k++) {
      pairs[k] = new int[Math.max(0, grams[k].length - 1)];
      for (int i = 0; i < pairs[k].length; i++) {
        Integer fresh = numbers.size();
        long pair = ((long) grams[k][i] << 32 | grams[k][i + 1]) * SPREAD;
        Integer known = numbers.putIfAbsent(pair, fresh);
        pairs[k][i] = known == null ? fresh : known;
      }
    }
    return new NGrams(pairs, numbers.size());
  }

  /**
   * Clipped matches: over all n-grams, the count in the last list, at most the greatest count in
   * one of the others.
   */
  int clippedMatches() {
    int[] allowed = new int[distinct];
    for (int k = 0; k < grams.length - 1; k++) {
      int[] counts = counts(k);
      for (int g = 0; g < distinct; g++) {
        allowed[g] = Math.max(allowed[g], counts[g]);
      }
    }
    int[] said = counts(grams.length - 1);
    int matches = 0;
    for (int g = 0; g < distinct; g++) {
      matches += Math.min(said[g], allowed[g]);
    }
    return matches;
  }

  /** How often each n-gram is in list k, (distinct). */
  int[] counts(int k) {
    int[] counts = new int[distinct];
    for (int gram : grams[k]) {
      counts[gram]++;
    }
    return counts;
  }
}
