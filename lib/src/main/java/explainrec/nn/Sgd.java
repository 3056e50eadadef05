package explainrec.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.List;

/** Plain stochastic gradient descent: w = w - lr g, in place, on any device. */
final class Sgd implements Optimizer {
  private final List<NDArray> views;
  private final float[] rates; // one a parameter
  private final long count;
  private double learningRate;
  private long steps;

  Sgd(Parameters parameters, double learningRate) {
    this.views = parameters.views();
    this.rates = parameters.rates();
    this.count = parameters.count();
    this.learningRate = learningRate;
  }

  @Override
  public void step(Weights leaves) {
    steps++;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      int n = 0;
      for (NDArray leaf : leaves.all().values()) {
        if (rates[n] > 0) {
          views.get(n).subi(Layers.scale(leaf.getGradient(), learningRate * rates[n]));
        }
        n++;
      }
    }
  }

  @Override
  public void learningRate(double rate) {
    learningRate = rate;
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public void resume(long made) {
    steps = made;
  }

  @Override
  public Numbers first() {
    return new NoNumbers(count);
  }

  @Override
  public Numbers second() {
    return new NoNumbers(count);
  }

  @Override
  public void close() {
    // It keeps nothing of its own.
  }
}
