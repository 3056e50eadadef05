package explainrec.data;

import java.util.Arrays;
import java.util.Random;

/** Word shingles of texts as sets of 64-bit hashes, their MinHash bands and Jaccard similarity. */
final class Shingles {
  static final int BANDS = 16;
  static final int ROWS = 4; // 1 - (1 - s^4)^16: finds 99.98% of pairs at s = 0.8, 64% at 0.5

  private static final long PRIME = 0x100000001b3L;
  private static final long BASIS = 0xcbf29ce484222325L;
  private static final long[] SEEDS = seeds();

  private Shingles() {}

  private static long[] seeds() {
    Random random = new Random(20250828); // any fixed number
    return random.longs(BANDS * ROWS).map(n -> n | 1).toArray();
  }

  /** The text with all but letters and digits dropped, lower case. */
  static String normalise(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int n = 0; n < text.length(); n++) {
      char c = text.charAt(n);
      if (Character.isLetterOrDigit(c)) {
        out.append(Character.toLowerCase(c));
      }
    }
    return out.toString();
  }

  /** A 64-bit hash (FNV-1a over characters, then mixed). */
  static long hash(String text) {
    long hash = BASIS;
    for (int n = 0; n < text.length(); n++) {
      hash = (hash ^ text.charAt(n)) * PRIME;
    }
    return mix(hash);
  }

  /** The set of hashes of a text's shingles, ascending; a short text is one shingle. */
  static long[] of(String text, int words) {
    long[] hashes = new long[text.length() / 2 + 1];
    int count = 0;
    long word = BASIS;
    boolean inWord = false;
    for (int n = 0; n <= text.length(); n++) {
      char c = n < text.length() ? text.charAt(n) : ' ';
      if (Character.isLetterOrDigit(c)) {
        word = (word ^ Character.toLowerCase(c)) * PRIME;
        inWord = true;
      } else if (inWord && c != '\'') {
        hashes[count++] = word;
        word = BASIS;
        inWord = false;
      }
    }
    int shingles = Math.max(count - words + 1, count == 0 ? 0 : 1);
    long[] set = new long[shingles];
    for (int n = 0; n < shingles; n++) {
      long hash = BASIS;
      for (int k = n; k < Math.min(count, n + words); k++) {
        hash = mix(hash ^ hashes[k]) * PRIME;
      }
      set[n] = hash;
    }
    Arrays.sort(set);
    int unique = 0;
    for (int n = 0; n < set.length; n++) {
      if (n == 0 || set[n] != set[n - 1]) {
        set[unique++] = set[n];
      }
    }
    return Arrays.copyOf(set, unique);
  }

  /** One 32-bit key a band; texts that share a key are candidates. */
  static void bands(long[] set, int[] keys, int from) {
    for (int band = 0; band < BANDS; band++) {
      long key = band;
      for (int row = 0; row < ROWS; row++) {
        long seed = SEEDS[band * ROWS + row];
        long min = Long.MAX_VALUE;
        for (long shingle : set) {
          min = Math.min(min, mix(shingle ^ seed));
        }
        key = mix(key ^ min);
      }
      keys[from + band] = (int) (key >>> 32);
    }
  }

  /** Size of the intersection over size of the union of two ascending sets. */
  static double jaccard(long[] a, long[] b) {
    int both = 0;
    for (int i = 0, j = 0; i < a.length && j < b.length; ) {
      if (a[i] == b[j]) {
        both++;
        i++;
        j++;
      } else if (a[i] < b[j]) {
        i++;
      } else {
        j++;
      }
    }
    int union = a.length + b.length - both;
    return union == 0 ? 1 : (double) both / union;
  }

  private static long mix(long hash) {
    long mixed = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }
}
