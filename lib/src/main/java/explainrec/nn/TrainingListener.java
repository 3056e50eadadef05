package explainrec.nn;

/** Hears what the training loop does: progress, early stop, checkpoints, live curves. */
public interface TrainingListener {
  /**
   * A step is done.
   *
   * @param state where training stands
   */
  default void onStep(TrainingState state) {}

  /**
   * An epoch is done and validated.
   *
   * @param state where training stands; {@link TrainingState#stop()} ends it here
   */
  default void onEpoch(TrainingState state) {}
}
