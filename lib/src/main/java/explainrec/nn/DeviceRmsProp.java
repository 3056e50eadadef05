package explainrec.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** RMSprop as in-place array operations, for parameters that live on a GPU. */
final class DeviceRmsProp extends CountedOptimizer {
  private final List<NDArray> views;
  private final float[] rates; // one a parameter
  private final List<NDArray> squares = new ArrayList<>(); // v, in each parameter's shape
  private final NDManager manager;
  private final NDArray flat; // v of all, (P)

  DeviceRmsProp(Parameters parameters, double learningRate) {
    super(learningRate);
    this.views = parameters.views();
    this.rates = parameters.rates();
    this.manager = parameters.flat().getManager().newSubManager();
    this.flat = manager.zeros(new Shape(parameters.count()), DataType.FLOAT32);
    long from = 0;
    for (NDArray view : views) {
      long to = from + view.size();
      squares.add(flat.get("{}:{}", from, to).reshape(view.getShape()));
      from = to;
    }
  }

  @Override
  void update(Weights leaves, long t, double rate) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      int n = 0;
      for (NDArray leaf : leaves.all().values()) {
        if (rates[n] == 0) {
          n++;
          continue;
        }
        NDArray gradient = leaf.getGradient();
        NDArray square = squares.get(n);
        square.muli(RmsProp.DECAY).addi(gradient.square().muli(1 - RmsProp.DECAY));
        NDArray change =
            gradient.div(square.sqrt().addi(RmsProp.EPSILON)).muli((float) (rate * rates[n]));
        views.get(n++).subi(change);
      }
    }
  }

  @Override
  public Numbers first() {
    return new NoNumbers(flat.size());
  }

  @Override
  public Numbers second() {
    return new TensorNumbers(flat);
  }

  @Override
  public void close() {
    manager.close();
  }
}
