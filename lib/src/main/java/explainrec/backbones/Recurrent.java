package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import explainrec.nn.Dropout;
import explainrec.nn.Initial;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers of an LSTM or a GRU, by PyTorch's own kernels and with its names and layout: {@code
 * NAME.weight_ih_l0} (g H, d), {@code weight_hh_l0} (g H, H), {@code bias_ih_l0} and {@code
 * bias_hh_l0} (g H), with g = 4 gates of an LSTM (input, forget, cell, output) or 3 of a GRU
 * (reset, update, new).
 *
 * <p>Shapes: N sequences, L steps, d inputs, H hidden.
 */
final class Recurrent {
  private static final int LSTM_GATES = 4;
  private static final int GRU_GATES = 3;

  private final String name;
  private final int gates;
  private final int inputs;
  private final int hidden;
  private final int layers;

  private Recurrent(String name, int gates, int inputs, int hidden, int layers) {
    this.name = name;
    this.gates = gates;
    this.inputs = inputs;
    this.hidden = hidden;
    this.layers = layers;
  }

  /**
   * An LSTM (Hochreiter and Schmidhuber 1997).
   *
   * @param name before the names of its parameters
   * @param inputs d
   * @param hidden H
   * @param layers at least 1
   */
  static Recurrent lstm(String name, int inputs, int hidden, int layers) {
    return new Recurrent(name, LSTM_GATES, inputs, hidden, layers);
  }

  /**
   * A GRU (Cho et al. 2014), with the reset gate behind the recurrent product, as PyTorch has it.
   *
   * @param name before the names of its parameters
   * @param inputs d
   * @param hidden H
   * @param layers at least 1
   */
  static Recurrent gru(String name, int inputs, int hidden, int layers) {
    return new Recurrent(name, GRU_GATES, inputs, hidden, layers);
  }

  /**
   * Describes the parameters, which start as PyTorch's: uniform within 1 / sqrt(H).
   *
   * @param builder takes them
   */
  void describe(Parameters.Builder builder) {
    double bound = 1 / Math.sqrt(hidden);
    Initial start = Initial.uniform(-bound, bound);
    long rows = (long) gates * hidden;
    for (int layer = 0; layer < layers; layer++) {
      builder.add(name + ".weight_ih_l" + layer, start, rows, layer == 0 ? inputs : hidden);
      builder.add(name + ".weight_hh_l" + layer, start, rows, hidden);
      builder.add(name + ".bias_ih_l" + layer, start, rows);
      builder.add(name + ".bias_hh_l" + layer, start, rows);
    }
  }

  /** Arrays that make the state of a layer: h, and c of an LSTM. */
  int statesOfLayer() {
    return gates == LSTM_GATES ? 2 : 1;
  }

  /**
   * The state that starts from given h; an LSTM's c starts from 0.
   *
   * @param first h of every layer, one behind the other, (N, layers H)
   * @return by layer h, and c of an LSTM, each (1, N, H)
   */
  NDList start(NDArray first) {
    NDList states = new NDList();
    long rows = first.getShape().get(0);
    for (NDArray h : first.split(layers, 1)) { // (N, H)
      states.add(h.expandDims(0));
      if (gates == LSTM_GATES) {
        states.add(
            first
                .getManager()
                .zeros(new Shape(1, rows, hidden), DataType.FLOAT32, first.getDevice()));
      }
    }
    return states;
  }

  /**
   * Runs all layers over all steps.
   *
   * @param weights of the model
   * @param sequences (N, L, d)
   * @param states by layer, as of {@link #start}
   * @param dropout between layers; null when not training
   * @return the last layer's h at every step (N, L, H), then the states behind the last step
   */
  NDList run(Weights weights, NDArray sequences, NDList states, Dropout dropout) {
    NDArray values = sequences;
    NDList after = new NDList();
    for (int layer = 0; layer < layers; layer++) {
      NDList ended = layer(weights, layer, values, states);
      values = ended.remove(0);
      after.addAll(ended);
      if (dropout != null && layer + 1 < layers) {
        values = dropout.apply(values);
      }
    }
    after.add(0, values);
    return after;
  }

  /**
   * Runs all layers over sequences that begin alike: each state once, level by level.
   *
   * @param weights of the model
   * @param batch U distinct states, with their parents
   * @param words looks the words up that are read
   * @param states of every sequence at its start, as of {@link #start}
   * @return the last layer's h at each state, in the batch's order, (U, H)
   */
  NDArray tree(Weights weights, WordBatch batch, Words words, NDList states) {
    int[] parents = batch.parents();
    int count = parents.length;
    int[] rows = new int[count]; // of each state within its level
    long[] order = new long[count]; // of each state among all levels
    List<List<Integer>> levels = new ArrayList<>();
    for (int state = 0; state < count; state++) {
      int level = (int) (batch.places()[state] % batch.length());
      if (level == levels.size()) {
        levels.add(new ArrayList<>());
      }
      rows[state] = levels.get(level).size();
      levels.get(level).add(state);
    }
    NDManager manager = states.head().getManager();
    NDList found = new NDList();
    NDList now = states;
    int done = 0;
    for (List<Integer> level : levels) {
      long[] before = new long[level.size()];
      long[] read = new long[level.size()];
      for (int r = 0; r < before.length; r++) {
        int state = level.get(r);
        long place = batch.places()[state];
        before[r] = parents[state] < 0 ? place / batch.length() : rows[parents[state]];
        read[r] = batch.inputs()[(int) place];
        order[state] = done++;
      }
      NDArray index = manager.create(before);
      NDList next = new NDList();
      for (NDArray state : now) {
        next.add(Layers.embed(index, state.squeeze(0)).expandDims(0)); // (1, R, H)
      }
      now = run(weights, words.embed(manager.create(read)).expandDims(1), next, null);
      found.add(now.remove(0).squeeze(1)); // (R, H)
    }
    NDArray all = found.size() == 1 ? found.head() : NDArrays.concat(found); // by level
    return Layers.embed(manager.create(order), all);
  }

  /** Looks words up. */
  @FunctionalInterface
  interface Words {
    /**
     * The vectors of words.
     *
     * @param words int64, (R)
     * @return (R, d)
     */
    NDArray embed(NDArray words);
  }

  private NDList layer(Weights weights, int layer, NDArray values, NDList states) {
    NDList parameters =
        new NDList(
            weights.get(name + ".weight_ih_l" + layer),
            weights.get(name + ".weight_hh_l" + layer),
            weights.get(name + ".bias_ih_l" + layer),
            weights.get(name + ".bias_hh_l" + layer));
    if (gates == LSTM_GATES) {
      NDList start = new NDList(states.get(2 * layer), states.get(2 * layer + 1));
      return values
          .getNDArrayInternal()
          .lstm(values, start, parameters, true, 1, 0, training(), false, true);
    }
    return values
        .getNDArrayInternal()
        .gru(values, states.get(layer), parameters, true, 1, 0, training(), false, true);
  }

  /**
   * Whether there will be a backward pass: a GPU's kernels keep what it needs in training only. It
   * drops nothing, for PyTorch's own dropout stands between its layers, and this is one.
   */
  private static boolean training() {
    return JniUtils.isGradMode();
  }
}
