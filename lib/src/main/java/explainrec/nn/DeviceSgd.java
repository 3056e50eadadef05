package explainrec.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.List;

/** Plain stochastic gradient descent as array operations, for parameters that live on a GPU. */
final class DeviceSgd extends CountedOptimizer {
  private final List<NDArray> views;
  private final float[] rates; // one a parameter
  private final long count;

  DeviceSgd(Parameters parameters, double learningRate) {
    super(learningRate);
    this.views = parameters.views();
    this.rates = parameters.rates();
    this.count = parameters.count();
  }

  @Override
  void update(Weights leaves, long t, double rate) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      int n = 0;
      for (NDArray leaf : leaves.all().values()) {
        if (rates[n] > 0) {
          views.get(n).subi(Layers.scale(leaf.getGradient(), rate * rates[n]));
        }
        n++;
      }
    }
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
