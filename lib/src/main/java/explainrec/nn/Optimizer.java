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
   * Changes the step size from the next update on.
   *
   * @param learningRate above 0
   */
  void learningRate(double learningRate);

  /**
   * What has to be kept to go on later as if nothing had happened.
   *
   * @return updates made so far
   */
  long steps();

  /**
   * Goes on from a kept state; the moments have been written back into {@link #first} and {@link
   * #second}.
   *
   * @param steps updates made
   */
  void resume(long steps);

  /**
   * First moments.
   *
   * @return the optimizer's own memory, (P)
   */
  Numbers first();

  /**
   * Second moments.
   *
   * @return the optimizer's own memory, (P)
   */
  Numbers second();

  @Override
  void close();
}
