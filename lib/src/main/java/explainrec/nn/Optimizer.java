package explainrec.nn;

import ai.djl.ndarray.NDArray;

/** Turns gradients into updates of the parameters. */
public interface Optimizer extends AutoCloseable {
  /**
   * Updates the parameters in place.
   *
   * @param gradient of the loss with respect to all parameters, (P)
   */
  void step(NDArray gradient);

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
