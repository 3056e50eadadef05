package explainrec.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import explainrec.nn.Layers;
import explainrec.nn.Weights;

/**
 * From a language model's output to words: scores over the vocabulary, and the cross-entropy.
 *
 * <p>Shapes: N words, d width, V vocabulary.
 */
public final class Head {
  private static final int[] LAST = {1}; // axis
  private static final int ROWS = 512; // of scores that the loss holds at a time

  private final String table;
  private final double factor;

  /**
   * Makes a head.
   *
   * @param table name of the weight with a row a word, (V, d)
   * @param factor that outputs are multiplied with before; 1 for none
   */
  public Head(String table, double factor) {
    this.table = table;
    this.factor = factor;
  }

  Head(T5Config config) {
    this(
        config.tied() ? T5Weights.EMBEDDING : T5Weights.HEAD,
        config.tied() ? 1 / Math.sqrt(config.width()) : 1);
  }

  /** What {@link #table} is multiplied with, (..., d). */
  private NDArray scaled(NDArray decoded) {
    return factor == 1 ? decoded : Layers.scale(decoded, factor);
  }

  private NDArray table(Weights weights) { // (V, d)
    return weights.get(table);
  }

  /**
   * Scores every word.
   *
   * @param weights of the model
   * @param decoded the decoder's output, (..., d)
   * @return not normalised, (..., V)
   */
  public NDArray scores(Weights weights, NDArray decoded) {
    return Products.linear(scaled(decoded), table(weights));
  }

  /**
   * The cross-entropy. Its gradient is worked out together with its value, some rows at a time, so
   * that the scores of all rows are never held: of -log p(w) it is the expectation of the table's
   * rows under p, less the row of w. {@code slope - slope.stopGradient()} is 0, with that gradient.
   *
   * @param weights of the model
   * @param decoded the decoder's output where there is a word, (N, d)
   * @param targets the words and their shares in the loss
   * @return a scalar
   */
  NDArray loss(Weights weights, NDArray decoded, Targets targets) {
    return loss(weights, decoded, targets.words(), targets.shares());
  }

  /**
   * The cross-entropy of given words.
   *
   * @param weights of the model
   * @param decoded the model's output where there is a word, (N, d)
   * @param ids the words, (N)
   * @param each share of each word in the loss, (N)
   * @return a scalar
   */
  public NDArray loss(Weights weights, NDArray decoded, long[] ids, float[] each) {
    NDManager manager = decoded.getManager();
    NDArray table = table(weights);
    NDArray hidden = scaled(decoded); // (N, d)
    NDArray words = manager.create(ids); // (N)
    NDArray shares = manager.create(each).expandDims(1); // (N, 1)
    if (!JniUtils.isGradMode()) { // nobody collects gradients
      return logs(hidden, table, words, null, null, null).mul(shares).sum().neg();
    }
    NDArray hiddenSlope = manager.create(hidden.getShape(), DataType.FLOAT32); // (N, d)
    NDArray tableSlope = table.hasGradient() ? manager.zeros(table.getShape()) : null; // (V, d)
    NDArray logs =
        logs(hidden.stopGradient(), table.stopGradient(), words, shares, hiddenSlope, tableSlope);
    NDArray own = Layers.embed(words, table).mul(shares); // (N, d)
    NDArray slope = hidden.mul(hiddenSlope.sub(own)).sum();
    if (tableSlope != null) {
      slope = slope.add(table.mul(tableSlope).sum());
    }
    return logs.mul(shares).sum().neg().add(slope.sub(slope.stopGradient()));
  }

  /**
   * How likely words are, each with its own gradient. Of a frozen table the scores of all rows are
   * never held: the gradient is the row of the word, less the expectation of the table's rows.
   *
   * @param weights of the model
   * @param decoded the decoder's output where there is a word, (N, d)
   * @param words the words, int64, (N)
   * @return logarithms of their probabilities, (N, 1)
   */
  public NDArray logProbabilities(Weights weights, NDArray decoded, NDArray words) {
    NDArray table = table(weights);
    NDArray hidden = scaled(decoded); // (N, d)
    if (!JniUtils.isGradMode()) {
      return logs(hidden, table, words, null, null, null);
    }
    if (table.hasGradient()) {
      return Products.linear(hidden, table).logSoftmax(1).gather(words.expandDims(1), 1);
    }
    NDManager manager = decoded.getManager();
    NDArray expected = manager.create(hidden.getShape(), DataType.FLOAT32); // (N, d)
    NDArray each = manager.ones(new Shape(words.size(), 1));
    NDArray logs = logs(hidden.stopGradient(), table, words, each, expected, null); // (N, 1)
    NDArray slope = hidden.mul(Layers.embed(words, table).sub(expected)).sum(new int[] {1}, true);
    return logs.add(slope.sub(slope.stopGradient()));
  }

  /**
   * How likely words are, without a gradient.
   *
   * @param weights of the model
   * @param decoded the decoder's output where there is a word, (N, d)
   * @param words the words, int64, (N)
   * @return logarithms of their probabilities, (N, 1)
   */
  NDArray logs(Weights weights, NDArray decoded, NDArray words) {
    return logs(
        scaled(decoded).stopGradient(), table(weights).stopGradient(), words, null, null, null);
  }

  /**
   * Logarithms of probabilities and, when they are wanted, gradients of the shared sum of their
   * first part, the logarithm of the sum over the vocabulary.
   *
   * @param shares of the words in the sum, (N, 1); null without gradients
   * @param hiddenSlope takes the gradient with respect to hidden; null when it is not wanted
   * @param tableSlope is increased by the gradient with respect to the table; null when it is not
   *     wanted
   */
  private static NDArray logs(
      NDArray hidden,
      NDArray table,
      NDArray words,
      NDArray shares,
      NDArray hiddenSlope,
      NDArray tableSlope) {
    long count = words.size();
    NDArray found = hidden.getManager().create(new Shape(count, 1), DataType.FLOAT32);
    for (long from = 0; from < count; from += ROWS) {
      NDIndex rows = new NDIndex().addSliceDim(from, Math.min(count, from + ROWS));
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray some = hidden.get(rows); // (n, d)
        NDArray scores = Products.linear(some, table); // (n, V)
        NDArray probabilities = scores.softmax(1); // (n, V)
        // No small probability's logarithm is taken: the largest says what all sum to.
        NDArray most = probabilities.max(LAST, true).log().sub(scores.max(LAST, true)); // (n, 1)
        found.set(rows, scores.gather(words.get(rows).expandDims(1), 1).add(most));
        if (hiddenSlope != null) {
          NDArray share = shares.get(rows); // (n, 1)
          hiddenSlope.set(rows, probabilities.matMul(table).mul(share));
          if (tableSlope != null) {
            tableSlope.addi(probabilities.swapAxes(0, 1).matMul(some.mul(share)));
          }
        }
      }
    }
    return found;
  }
}
