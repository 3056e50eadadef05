package explainrec.nn;

/** What all optimizers keep alike: the step size, and how many steps were made. */
abstract class CountedOptimizer implements Optimizer {
  private double learningRate;
  private long steps;

  /**
   * An optimizer before its first step.
   *
   * @param learningRate step size, above 0
   */
  CountedOptimizer(double learningRate) {
    this.learningRate = learningRate;
  }

  /**
   * Makes one step.
   *
   * @param leaves whose gradients are known
   * @param t the step's number, from 1
   * @param rate step size before a parameter's own factor
   */
  abstract void update(Weights leaves, long t, double rate);

  @Override
  public final void step(Weights leaves) {
    steps++;
    update(leaves, steps, learningRate);
  }

  @Override
  public final void learningRate(double rate) {
    learningRate = rate;
  }

  @Override
  public final long steps() {
    return steps;
  }

  @Override
  public final void resume(long made) {
    steps = made;
  }
}
