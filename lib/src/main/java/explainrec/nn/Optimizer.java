package explainrec.nn;

/** Turns gradients into updates of the parameters. */
public interface Optimizer extends AutoCloseable {
  /**
   * Updates the parameters in place.
   *
   * @param leaves from {@link Parameters#leaves()}, after the backward pass; a parameter that took
   *     no part in the loss has gradient 0
   */
  void step(Weights leaves);

  /**
   * What has to be kept to go on later as if nothing had happened.
   *
   * @return a copy
   */
  State state();

  /**
   * Goes on from a kept state.
   *
   * @param state from {@link #state()} of the same kind of optimizer
   */
  void restore(State state);

  @Override
  void close();

  /**
   * An optimizer's memory.
   *
   * @param steps updates made
   * @param first first moments, (P)
   * @param second second moments, (P)
   */
  record State(long steps, float[] first, float[] second) {}
}
