package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.core.Linear;
import explainrec.nn.Initial;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;
import java.util.Arrays;

/**
 * From a model's states to words: a linear map onto the vocabulary.
 *
 * <p>Shapes: H width of a state, V words, T tokens, U distinct states.
 */
final class WordHead {
  /** The map's name among the parameters, (V, H). */
  static final String WEIGHT = "linear.weight";

  /** Its constant's, (V). */
  static final String BIAS = "linear.bias";

  // Scores computed at a time: few enough that their memory, 15 MiB, is used again and not asked
  // of the operating system anew (from 16 MiB on it is), many enough that the table is read seldom.
  private static final int SCORES = 15 << 18;

  private WordHead() {}

  /**
   * Describes the map, {@code linear.weight} (V, H) and {@code linear.bias} (V).
   *
   * @param builder takes them
   * @param width H
   * @param words V
   */
  static void describe(Parameters.Builder builder, int width, int words) {
    double bound = 1 / Math.sqrt(width);
    builder.add(WEIGHT, Initial.uniform(-bound, bound), words, width);
    builder.add(BIAS, Initial.uniform(-bound, bound), words);
  }

  /**
   * Scores every word.
   *
   * @param weights of the model
   * @param states (R, H)
   * @return not normalised, (R, V)
   */
  static NDArray scores(Weights weights, NDArray states) {
    return Linear.linear(states, weights.get(WEIGHT), weights.get(BIAS)).singletonOrThrow();
  }

  /**
   * Log-probabilities of words, part of the gradient graph. Tokens that share a state, as the first
   * words of a request's samples do, share its scores: most of a model's work is done here.
   *
   * @param weights of the model
   * @param states (U, H)
   * @param of the state of each token, (T)
   * @param tokens word of each, (T)
   * @return (T)
   */
  static NDArray logs(Weights weights, NDArray states, int[] of, long[] tokens) {
    return logs(weights, states, of, tokens, (first, last, all) -> {});
  }

  /** Takes the log-probabilities of all words at some states, which are freed afterwards. */
  interface Part {
    /**
     * Takes a part.
     *
     * @param first its first state
     * @param last behind its last, u states in all
     * @param logs of all words, (u, V)
     */
    void take(int first, int last, NDArray logs);
  }

  /**
   * The same, and shows the log-probabilities of all words on the way, part by part.
   *
   * @param weights of the model
   * @param states (U, H)
   * @param of the state of each token, (T)
   * @param tokens word of each, (T)
   * @param taker gets the parts in the order of the states
   * @return (T)
   */
  static NDArray logs(Weights weights, NDArray states, int[] of, long[] tokens, Part taker) {
    int count = Math.toIntExact(states.getShape().get(0));
    int words = Math.toIntExact(weights.get(WEIGHT).getShape().get(0));
    NDManager manager = states.getManager();
    int rows = Math.max(1, SCORES / words);
    int[] order = byState(of, count); // of the tokens
    long[] back = new long[of.length];
    NDList parts = new NDList();
    int from = 0; // in order
    for (int first = 0; first < count; first += rows) {
      int last = Math.min(count, first + rows);
      int to = from;
      while (to < of.length && of[order[to]] < last) {
        to++;
      }
      long[] places = new long[to - from]; // in (u V)
      for (int n = from; n < to; n++) {
        places[n - from] = (long) (of[order[n]] - first) * words + tokens[order[n]];
        back[order[n]] = n;
      }
      NDArray some =
          count <= rows ? states : states.get(new NDIndex().addSliceDim(first, last)); // (u, H)
      // What the gradient needs of these it keeps itself.
      try (NDArray scores = scores(weights, some);
          NDArray logs = scores.logSoftmax(1); // (u, V)
          NDArray flat = logs.reshape(-1)) {
        parts.add(flat.gather(manager.create(places), 0)); // (t)
        taker.take(first, last, logs);
      }
      from = to;
    }
    NDArray all = parts.size() == 1 ? parts.head() : NDArrays.concat(parts);
    return all.gather(manager.create(back), 0);
  }

  /** Tokens by their state's number. */
  private static int[] byState(int[] of, int states) {
    int[] next = new int[states + 1];
    for (int state : of) {
      next[state + 1]++;
    }
    Arrays.parallelPrefix(next, Integer::sum);
    int[] order = new int[of.length];
    for (int n = 0; n < of.length; n++) {
      order[next[of[n]]++] = n;
    }
    return order;
  }
}
