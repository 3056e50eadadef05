package explainrec.nn;

/** Keeps training's state between epochs. */
public interface Checkpoint {
  /** Keeps nothing. */
  Checkpoint NONE =
      new Checkpoint() {
        @Override
        public void resume(TrainingState state) {}

        @Override
        public void save(TrainingState state) {}
      };

  /**
   * Brings back what was kept, if anything was.
   *
   * @param state at its start; afterwards as it stood when it was saved
   */
  void resume(TrainingState state);

  /**
   * Keeps the state after an epoch.
   *
   * @param state to keep
   */
  void save(TrainingState state);
}
