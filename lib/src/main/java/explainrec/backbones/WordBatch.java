package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import explainrec.nn.Layers;
import explainrec.text.Vocabulary;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Sequences of one batch as a word-level model reads them: the word before each, and which places
 * are real. Short sequences are filled up at their end.
 *
 * <p>N sequences, L the longest's tokens, T real tokens of all of them.
 *
 * @param size N
 * @param length L
 * @param inputs {@link Vocabulary#START}, then every token but the last, row by row, (N L)
 * @param places of the real tokens in (N L), ascending, (T)
 * @param tokens the real tokens, in the same order, (T)
 * @param parents where the places are those of distinct states: number of the state one word before
 *     each, -1 at the start, (U); null else
 */
record WordBatch(int size, int length, long[] inputs, long[] places, long[] tokens, int[] parents) {

  /**
   * Lays sequences out.
   *
   * @param sequences at least one token each, (N)
   * @return the batch
   */
  static WordBatch of(int[][] sequences) {
    int length = Arrays.stream(sequences).mapToInt(row -> row.length).max().orElse(0);
    int count = Arrays.stream(sequences).mapToInt(row -> row.length).sum();
    long[] inputs = new long[sequences.length * length];
    Arrays.fill(inputs, Vocabulary.PAD);
    long[] places = new long[count];
    long[] tokens = new long[count];
    int n = 0;
    for (int row = 0; row < sequences.length; row++) {
      int[] ids = sequences[row];
      if (ids.length == 0) {
        throw new IllegalArgumentException("sequence " + row + " has no token");
      }
      inputs[row * length] = Vocabulary.START;
      for (int t = 0; t < ids.length; t++) {
        if (t + 1 < ids.length) {
          inputs[row * length + t + 1] = ids[t];
        }
        places[n] = (long) row * length + t;
        tokens[n++] = ids[t];
      }
    }
    return new WordBatch(sequences.length, length, inputs, places, tokens, null);
  }

  /**
   * The word before each token.
   *
   * @param manager of the array
   * @return (N, L)
   */
  NDArray inputs(NDManager manager) {
    return manager.create(inputs, new Shape(size, length));
  }

  /**
   * Keeps the values at real tokens, so that nothing is computed for the others.
   *
   * @param values (N, L, H)
   * @return (T, H)
   */
  NDArray pack(NDArray values) {
    NDArray rows = values.reshape((long) size * length, values.getShape().get(2));
    return places.length == inputs.length
        ? rows
        : Layers.embed(values.getManager().create(places), rows);
  }

  /**
   * Puts values of real tokens back in their places.
   *
   * @param values (T)
   * @return 0 where there is no token, (N, L)
   */
  NDArray spread(NDArray values) {
    if (places.length == inputs.length) {
      return values.reshape(size, length);
    }
    long[] from = new long[inputs.length];
    Arrays.fill(from, places.length); // the zero behind the values
    for (int n = 0; n < places.length; n++) {
      from[(int) places[n]] = n;
    }
    NDManager manager = values.getManager();
    NDArray zero = manager.zeros(new Shape(1), DataType.FLOAT32);
    NDArray all = NDArrays.concat(new NDList(values, zero)); // (T + 1)
    return all.gather(manager.create(from), 0).reshape(size, length);
  }

  /**
   * Finds tokens that are told from one state: those of one request behind the same words.
   *
   * @param requests one a sequence; equal ones that stand side by side are one, (N)
   * @return U states and the state of each token
   */
  Shared shared(Requests requests) {
    Map<Long, Integer> branches = new HashMap<>(); // a state and a word to the state after it
    long[] first = new long[places.length]; // place of each state, (U)
    int[] parents = new int[places.length]; // (U)
    int[] of = new int[places.length];
    int states = 0;
    int root = -1; // of the request
    int state = -1;
    for (int n = 0; n < places.length; n++) {
      int row = (int) (places[n] / length);
      int before = places[n] % length > 0 ? state : -1;
      if (before >= 0) {
        Integer next = branches.putIfAbsent(((long) state << Integer.SIZE) + tokens[n - 1], states);
        state = next == null ? states : next;
      } else if (row > 0 && requests.equal(row - 1, row)) {
        state = root;
      } else {
        root = states;
        state = states;
      }
      if (state == states) {
        parents[states] = before;
        first[states++] = places[n];
      }
      of[n] = state;
    }
    return new Shared(
        new WordBatch(
            size,
            length,
            inputs,
            Arrays.copyOf(first, states),
            tokens,
            Arrays.copyOf(parents, states)),
        of);
  }

  /**
   * Tokens that share states.
   *
   * @param batch whose places are those of U distinct states; its tokens are not of them
   * @param of the state of each token, (T)
   */
  record Shared(WordBatch batch, int[] of) {}
}
