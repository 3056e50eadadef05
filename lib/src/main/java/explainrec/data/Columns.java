package explainrec.data;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Rows as growing primitive columns: memory grows by the row, about 70 bytes with four aspects,
 * whatever the texts' lengths.
 */
final class Columns {
  final int aspects;
  int size;
  int[] user;
  int[] item;
  float[] overall;
  float[] aspect; // (N * A), row by row
  long[] time;
  long[] textStart; // where the row's text begins in the text file, in bytes
  int[] textLength; // in bytes
  int[] words;
  int[] line; // where the row stood in its source

  Columns(int aspects, int capacity) {
    this.aspects = aspects;
    user = new int[capacity];
    item = new int[capacity];
    overall = new float[capacity];
    aspect = new float[capacity * aspects];
    time = new long[capacity];
    textStart = new long[capacity];
    textLength = new int[capacity];
    words = new int[capacity];
    line = new int[capacity];
  }

  /** Makes room for one more row and gives its number. */
  int next() {
    if (size == user.length) {
      int capacity = size + (size >> 1) + 1024;
      user = Arrays.copyOf(user, capacity);
      item = Arrays.copyOf(item, capacity);
      overall = Arrays.copyOf(overall, capacity);
      aspect = Arrays.copyOf(aspect, capacity * aspects);
      time = Arrays.copyOf(time, capacity);
      textStart = Arrays.copyOf(textStart, capacity);
      textLength = Arrays.copyOf(textLength, capacity);
      words = Arrays.copyOf(words, capacity);
      line = Arrays.copyOf(line, capacity);
    }
    return size++;
  }

  /** Copies the chosen rows, in order, into columns of exactly their number. */
  Columns select(BitSet rows) {
    Columns chosen = new Columns(aspects, rows.cardinality());
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      int to = chosen.size++;
      chosen.user[to] = user[row];
      chosen.item[to] = item[row];
      chosen.overall[to] = overall[row];
      System.arraycopy(aspect, row * aspects, chosen.aspect, to * aspects, aspects);
      chosen.time[to] = time[row];
      chosen.textStart[to] = textStart[row];
      chosen.textLength[to] = textLength[row];
      chosen.words[to] = words[row];
      chosen.line[to] = line[row];
    }
    return chosen;
  }
}
