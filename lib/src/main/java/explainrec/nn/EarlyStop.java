package explainrec.nn;

/**
 * Stops when validation has not become better for some epochs: neither the score nor, where a model
 * has one beside it, its own validation loss ({@link Trainable.Validation#FOLLOWED}).
 *
 * @param patience epochs without a better score that are still borne; 0 never stops early
 */
public record EarlyStop(int patience) implements TrainingListener {
  @Override
  public void onEpoch(TrainingState state) {
    if (patience > 0 && state.epochs().size() - lastBetter(state) >= patience) {
      state.stop();
    }
  }

  private static int lastBetter(TrainingState state) {
    int last = state.bestEpoch();
    double least = Double.POSITIVE_INFINITY;
    for (EpochLog epoch : state.epochs()) {
      Double own = epoch.validation().get(Trainable.Validation.FOLLOWED);
      if (own != null && own < least) {
        least = own;
        last = Math.max(last, epoch.epoch());
      }
    }
    return last;
  }
}
