package explainrec.t5;

import java.util.Arrays;

/**
 * A batch of texts as the loss needs them.
 *
 * <p>B texts, T the longest's length, N labels that count.
 *
 * @param length T
 * @param inputs the labels one place to the right behind the start id, (B T)
 * @param places of labels that count, in (B T), (N)
 * @param words the labels that count, (N)
 * @param shares of each in the loss, summing to 1, (N)
 */
record Targets(int length, long[] inputs, long[] places, long[] words, float[] shares) {

  static Targets of(int[][] labels, T5Config config, T5.Mean mean) {
    int longest = Arrays.stream(labels).mapToInt(row -> row.length).max().orElse(0);
    int count = Arrays.stream(labels).mapToInt(Targets::counted).sum();
    if (count == 0) {
      throw new IllegalArgumentException("no label counts: the loss is a mean of nothing");
    }
    long texts = Arrays.stream(labels).filter(row -> counted(row) > 0).count();
    long[] inputs = new long[labels.length * longest];
    Arrays.fill(inputs, config.pad());
    long[] places = new long[count];
    long[] words = new long[count];
    float[] shares = new float[count];
    int n = 0;
    for (int b = 0; b < labels.length; b++) {
      int[] row = labels[b];
      float share =
          mean == T5.Mean.TOKENS ? 1f / count : (float) (1.0 / texts / Math.max(1, counted(row)));
      inputs[b * longest] = config.start();
      for (int t = 0; t < row.length; t++) {
        int place = b * longest + t;
        if (t + 1 < longest && row[t] != T5.IGNORED) {
          inputs[place + 1] = row[t];
        }
        if (row[t] != T5.IGNORED) {
          places[n] = place;
          words[n] = row[t];
          shares[n++] = share;
        }
      }
    }
    return new Targets(longest, inputs, places, words, shares);
  }

  private static int counted(int[] row) {
    return (int) Arrays.stream(row).filter(id -> id != T5.IGNORED).count();
  }
}
