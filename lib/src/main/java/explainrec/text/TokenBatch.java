package explainrec.text;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Texts of like length, filled up to one length.
 *
 * @param texts which texts, by their number, (B)
 * @param length T, of the longest
 * @param ids of their tokens; the pad id after a text's end, (B T)
 * @param mask 1 where there is a token, 0 after a text's end, (B T)
 */
record TokenBatch(int[] texts, int length, long[] ids, long[] mask) {
  private static final int MOST_TOKENS = 4096; // of one batch, padding included

  /**
   * Encodes texts batch by batch.
   *
   * @param texts any texts
   * @param most tokens kept of each
   * @param tokenizer of the model
   * @param pad the model's id for padding
   * @param model vectors of a batch, (B T d)
   * @return the vectors of each text
   */
  static List<TokenVectors> encode(
      List<String> texts,
      int most,
      EncoderTokenizer tokenizer,
      int pad,
      Function<TokenBatch, FloatBuffer> model) {
    if (texts.isEmpty()) {
      return List.of();
    }
    List<int[]> ids = tokenizer.encode(texts, most);
    TokenVectors[] encoded = new TokenVectors[texts.size()];
    for (TokenBatch batch : split(ids, pad)) {
      FloatBuffer values = model.apply(batch);
      int width = values.remaining() / batch.ids.length;
      for (int row = 0; row < batch.texts.length; row++) {
        int[] tokens = ids.get(batch.texts[row]);
        float[] vectors = new float[tokens.length * width];
        values.get(values.position() + row * batch.length * width, vectors);
        boolean[] counts = new boolean[tokens.length];
        for (int t = 0; t < tokens.length; t++) {
          counts[t] = !tokenizer.isMark(tokens[t]);
        }
        encoded[batch.texts[row]] = new TokenVectors(tokens, vectors, counts);
      }
    }
    return List.of(encoded);
  }

  private static List<TokenBatch> split(List<int[]> ids, int pad) {
    int[] order =
        IntStream.range(0, ids.size())
            .boxed()
            .sorted(Comparator.comparingInt(n -> -ids.get(n).length))
            .mapToInt(n -> n)
            .toArray();
    List<TokenBatch> batches = new ArrayList<>();
    int from = 0;
    while (from < order.length) {
      int length = ids.get(order[from]).length;
      int rows = Math.max(1, MOST_TOKENS / length);
      int to = Math.min(order.length, from + rows);
      batches.add(fill(Arrays.copyOfRange(order, from, to), length, ids, pad));
      from = to;
    }
    return batches;
  }

  private static TokenBatch fill(int[] texts, int length, List<int[]> ids, int pad) {
    long[] padded = new long[texts.length * length];
    long[] mask = new long[padded.length];
    Arrays.fill(padded, pad);
    for (int row = 0; row < texts.length; row++) {
      int[] tokens = ids.get(texts[row]);
      for (int t = 0; t < tokens.length; t++) {
        padded[row * length + t] = tokens[t];
        mask[row * length + t] = 1;
      }
    }
    return new TokenBatch(texts, length, padded, mask);
  }
}
