package explainrec.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** Adam as in-place array operations, for parameters that live on a GPU. */
final class DeviceAdam extends CountedOptimizer {
  private final Parameters parameters;
  private final NDManager manager;
  private final NDArray first; // m, (P)
  private final NDArray second; // v, (P)
  private final NDArray factors; // of each number's learning rate, (P); null where all are 1

  DeviceAdam(Parameters parameters, double learningRate) {
    super(learningRate);
    this.parameters = parameters;
    this.manager = parameters.flat().getManager().newSubManager();
    Shape shape = new Shape(parameters.count());
    this.first = manager.zeros(shape, DataType.FLOAT32);
    this.second = manager.zeros(shape, DataType.FLOAT32);
    this.factors = factors(parameters);
  }

  private NDArray factors(Parameters parameters) {
    float[] rates = parameters.rates();
    NDList all = new NDList();
    boolean same = true;
    int n = 0;
    for (NDArray view : parameters.views()) {
      same &= rates[n] == 1;
      all.add(manager.full(new Shape(view.size()), rates[n++]));
    }
    return same ? null : NDArrays.concat(all);
  }

  @Override
  void update(Weights leaves, long t, double rate) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDList flat = new NDList();
      float[] rates = parameters.rates();
      int n = 0;
      for (NDArray leaf : leaves.all().values()) {
        boolean frozen = rates[n++] == 0;
        flat.add((frozen ? leaf.zerosLike() : leaf.getGradient()).flatten());
      }
      NDArray gradient = NDArrays.concat(flat); // (P)
      first.muli(Adam.BETA1).addi(gradient.mul(1 - Adam.BETA1));
      second.muli(Adam.BETA2).addi(gradient.square().muli(1 - Adam.BETA2));
      NDArray scale = second.sqrt().divi(Adam.squareCorrection(t)).addi(Adam.EPSILON); // (P)
      NDArray change = first.mul(Adam.stepSize(rate, t)).divi(scale); // (P)
      parameters.flat().subi(factors == null ? change : change.muli(factors));
    }
  }

  @Override
  public Numbers first() {
    return new TensorNumbers(first);
  }

  @Override
  public Numbers second() {
    return new TensorNumbers(second);
  }

  @Override
  public void close() {
    manager.close();
  }
}
