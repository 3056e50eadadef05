package explainrec.mmi;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import explainrec.nn.Initial;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;

/**
 * The statistics network T(e, y) of MINE (Belghazi et al. 2018): Linear, ReLU, Linear, ReLU,
 * Linear(1) over [e ; y].
 *
 * <p>The first layer's weight stands in two parts, W [e ; y] = W_e e + W_y y: the part of an
 * explanation is computed once, with however many y it is asked about.
 *
 * <p>Shapes: B batch, P values of y an explanation, d width of e, k of y, h hidden.
 *
 * @param width d
 * @param targetWidth k
 * @param hidden h
 */
record StatisticsNetwork(int width, int targetWidth, int hidden) {
  /** Name of the number m, the moving average of the correction; no part of T. */
  static final String AVERAGE = "average";

  /**
   * Describes T's parameters and m.
   *
   * @param spread standard deviation of the weights' start; biases start at 0, m at 1
   */
  Parameters.Builder describe(double spread) {
    Initial weight = Initial.normal(spread);
    return Parameters.builder()
        .add("first.e", weight, hidden, width)
        .add("first.y", weight, hidden, targetWidth)
        .add("first.bias", Initial.zeros(), hidden)
        .add("second.weight", weight, hidden, hidden)
        .add("second.bias", Initial.zeros(), hidden)
        .add("last.weight", weight, 1, hidden)
        .add("last.bias", Initial.zeros(), 1)
        .add(AVERAGE, (values, from, to, random) -> values[from] = 1, 1);
  }

  /**
   * T of explanations, each with y's of its own.
   *
   * @param weights T's
   * @param e vectors of explanations, (B, d)
   * @param y vectors, (P, B, k)
   * @return (P, B)
   */
  NDArray pairs(Weights weights, NDArray e, NDArray y) {
    return rest(weights, explanations(weights, e).add(values(weights, y))); // (B, h) + (P, B, h)
  }

  /**
   * T of explanations, all with the same y's.
   *
   * @param weights T's
   * @param e vectors of explanations, (B, d)
   * @param y vectors, (P, k)
   * @return (B, P)
   */
  NDArray all(Weights weights, NDArray e, NDArray y) {
    NDArray left = explanations(weights, e).expandDims(1); // (B, 1, h)
    return rest(weights, left.add(values(weights, y))); // (B, P, h)
  }

  private static NDArray explanations(Weights weights, NDArray e) {
    return Linear.linear(e, weights.get("first.e"), weights.get("first.bias")).singletonOrThrow();
  }

  private static NDArray values(Weights weights, NDArray y) {
    return Linear.linear(y, weights.get("first.y")).singletonOrThrow();
  }

  private static NDArray rest(Weights weights, NDArray first) {
    NDArray second =
        Linear.linear(
                Activation.relu(first), weights.get("second.weight"), weights.get("second.bias"))
            .singletonOrThrow();
    return Linear.linear(
            Activation.relu(second), weights.get("last.weight"), weights.get("last.bias"))
        .singletonOrThrow()
        .squeeze(-1);
  }
}
