package explainrec.data;

import java.util.Arrays;

/** Rows grouped by a 64-bit hash of their text, with how often each group stands in each part. */
final class TextGroups {
  static final int PARTS = 3;

  final int[] group; // group of each row; -1 for rows in no part
  int groups;
  private long[] hashes = new long[1 << 10];
  private int[] numbers = filled(1 << 10, -1);
  private int[] counts = new int[PARTS << 8]; // (G, 3)
  private int[] first = filled(PARTS << 8, -1); // (G, 3), the first row of the group in a part

  TextGroups(int rows) {
    group = filled(rows, -1);
  }

  /** Puts a row of a part into the group of its hash. */
  void add(int row, int part, long hash) {
    if (groups * 2 >= numbers.length) {
      grow();
    }
    int slot = slot(hash);
    if (numbers[slot] < 0) {
      hashes[slot] = hash;
      numbers[slot] = groups++;
      if (groups * PARTS > counts.length) {
        int old = first.length;
        counts = Arrays.copyOf(counts, old * 2);
        first = Arrays.copyOf(first, old * 2);
        Arrays.fill(first, old, first.length, -1);
      }
    }
    int cell = numbers[slot] * PARTS + part;
    group[row] = numbers[slot];
    counts[cell]++;
    if (first[cell] < 0) {
      first[cell] = row;
    }
  }

  int count(int group, int part) {
    return counts[group * PARTS + part];
  }

  int first(int group, int part) {
    return first[group * PARTS + part];
  }

  /** Whether a row of a part has an equal text in another part, or twice in its own. */
  boolean matches(int row, int part, int other) {
    return count(group[row], other) > (part == other ? 1 : 0);
  }

  private int slot(long hash) {
    int slot = (int) (hash ^ hash >>> 32) & (numbers.length - 1);
    while (numbers[slot] >= 0 && hashes[slot] != hash) {
      slot = (slot + 1) & (numbers.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] oldHashes = hashes;
    int[] oldNumbers = numbers;
    hashes = new long[oldHashes.length * 2];
    numbers = filled(hashes.length, -1);
    for (int n = 0; n < oldNumbers.length; n++) {
      if (oldNumbers[n] >= 0) {
        int slot = slot(oldHashes[n]);
        hashes[slot] = oldHashes[n];
        numbers[slot] = oldNumbers[n];
      }
    }
  }

  private static int[] filled(int length, int value) {
    int[] array = new int[length];
    Arrays.fill(array, value);
    return array;
  }
}
