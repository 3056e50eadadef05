package explainrec.nn;

/**
 * Stops when validation has not become better for some epochs.
 *
 * @param patience epochs without a better score that are still borne; 0 never stops early
 */
public record EarlyStop(int patience) implements TrainingListener {
  @Override
  public void onEpoch(TrainingState state) {
    if (patience > 0 && state.epochs().size() - state.bestEpoch() >= patience) {
      state.stop();
    }
  }
}
