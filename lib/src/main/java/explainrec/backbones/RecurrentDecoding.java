package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;

/** Writing with a recurrent model: its states go from step to step. */
final class RecurrentDecoding implements Decoding {
  private final NDManager manager;
  private final Step step;
  private final Kept[] states;
  private int[] requests; // of each row, (R)

  /** One step of the model. */
  @FunctionalInterface
  interface Step {
    /**
     * Reads one word of each row.
     *
     * @param last words, int64, (R)
     * @param states of the step before, each (1, R, H)
     * @param requests whose text each row is, in order, (R)
     * @return scores (R, V), then the states behind this step
     */
    NDList run(NDArray last, NDList states, int[] requests);
  }

  /**
   * Starts.
   *
   * @param parent lives longer
   * @param states at the start, each (1, B, H)
   * @param step of the model
   */
  RecurrentDecoding(NDManager parent, NDList states, Step step) {
    this.manager = parent.newSubManager();
    this.step = step;
    this.states = new Kept[states.size()];
    Arrays.setAll(this.states, n -> new Kept(manager));
    keep(states);
    this.requests = new int[Math.toIntExact(states.head().getShape().get(1))];
    Arrays.setAll(requests, n -> n);
  }

  private void keep(NDList fresh) {
    for (int n = 0; n < states.length; n++) {
      states[n].set(fresh.get(n).squeeze(0)); // (R, H)
    }
  }

  @Override
  public NDArray next(int[] last) {
    NDList before = new NDList();
    for (Kept state : states) {
      before.add(state.get().expandDims(0)); // (1, R, H)
    }
    NDArray words = manager.create(Arrays.stream(last).asLongStream().toArray());
    NDList after = step.run(words, before, requests);
    NDArray scores = after.remove(0);
    keep(after);
    return scores;
  }

  @Override
  public void select(int[] rows) {
    NDArray index = manager.create(Arrays.stream(rows).asLongStream().toArray());
    for (Kept state : states) {
      state.select(index);
    }
    requests = Arrays.stream(rows).map(row -> requests[row]).toArray();
  }

  @Override
  public void close() {
    manager.close();
  }
}
