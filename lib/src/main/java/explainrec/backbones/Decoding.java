package explainrec.backbones;

import ai.djl.ndarray.NDArray;

/**
 * A batch of texts that a word-level generator is writing, one word a step. {@link #next} runs in a
 * scope that ends with its step: what the next step needs has to be taken out of it (see {@link
 * Kept}).
 *
 * <p>R rows: one a request at first, then as {@link #select} says. V words.
 */
interface Decoding extends AutoCloseable {
  /**
   * Reads one more word of each row.
   *
   * @param last the row's last word, {@link explainrec.text.Vocabulary#START} at first, (R)
   * @return scores of the words after it, not normalised, (R, V)
   */
  NDArray next(int[] last);

  /**
   * Goes on with other rows.
   *
   * @param rows of the last step, in their new order; a row may come more than once, or not at all
   */
  void select(int[] rows);

  @Override
  void close();
}
