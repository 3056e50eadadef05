package explainrec.data;

import java.util.Arrays;

/** From a pair of numbers to the row it was last seen in; open addressing, 12 bytes a slot. */
final class PairIndex {
  private static final int NONE = -1;

  private long[] keys = new long[1 << 12];
  private int[] rows = filled(keys.length);
  private int size;

  /** Puts a row for a pair and gives the row that stood there before, or -1. */
  int put(int first, int second, int row) {
    if (size * 2 >= keys.length) {
      grow();
    }
    long key = ((long) first << 32) | (second & 0xffffffffL);
    int slot = slot(key);
    int before = rows[slot];
    keys[slot] = key;
    rows[slot] = row;
    if (before == NONE) {
      size++;
    }
    return before;
  }

  private int slot(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    int slot = (int) (mixed >>> 32) & (keys.length - 1);
    while (rows[slot] != NONE && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldRows = rows;
    keys = new long[oldKeys.length * 2];
    rows = filled(keys.length);
    for (int n = 0; n < oldKeys.length; n++) {
      if (oldRows[n] != NONE) {
        int slot = slot(oldKeys[n]);
        keys[slot] = oldKeys[n];
        rows[slot] = oldRows[n];
      }
    }
  }

  private static int[] filled(int length) {
    int[] rows = new int[length];
    Arrays.fill(rows, NONE);
    return rows;
  }
}
