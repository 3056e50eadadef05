package explainrec.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import explainrec.nn.Dropout;
import explainrec.nn.Weights;

/**
 * Multi-head attention without biases and without scaled scores: T5's start makes the queries small
 * instead.
 *
 * <p>Shapes: B batch, T queries, S keys, h heads, k width of a head, d width.
 */
final class Attention {
  private final int heads;
  private final int headWidth;

  Attention(T5Config config) {
    this.heads = config.heads();
    this.headWidth = config.headWidth();
  }

  /**
   * Keys and values of one attention.
   *
   * @param keys (B, h, S, k)
   * @param values (B, h, S, k)
   */
  record Keys(NDArray keys, NDArray values) {}

  /**
   * What can be attended to.
   *
   * @param weights of the model
   * @param name of the attention, as its weights begin
   * @param source (B, S, d)
   * @return its keys and values
   */
  Keys keys(Weights weights, String name, NDArray source) {
    return new Keys(
        split(Products.linear(source, weights.get(name + ".k.weight"))),
        split(Products.linear(source, weights.get(name + ".v.weight"))));
  }

  /**
   * Attends.
   *
   * @param weights of the model
   * @param name of the attention
   * @param x normalised, (B, T, d)
   * @param source keys and values
   * @param bias added to scores, (B or 1, h or 1, T or 1, S); null for none
   * @param dropout null when not training
   * @return (B, T, d)
   */
  NDArray attend(
      Weights weights, String name, NDArray x, Keys source, NDArray bias, Dropout dropout) {
    NDArray queries = split(Products.linear(x, weights.get(name + ".q.weight"))); // (B, h, T, k)
    NDArray scores = queries.matMul(source.keys().swapAxes(2, 3)); // (B, h, T, S)
    NDArray alpha = (bias == null ? scores : scores.add(bias)).softmax(3); // (B, h, T, S)
    NDArray heard = Stack.drop(alpha, dropout).matMul(source.values()); // (B, h, T, k)
    NDArray joined =
        heard
            .swapAxes(1, 2)
            .reshape(x.getShape().get(0), x.getShape().get(1), (long) heads * headWidth);
    return Products.linear(joined, weights.get(name + ".o.weight"));
  }

  /** (B, T, h k) to (B, h, T, k). */
  private NDArray split(NDArray x) {
    Shape shape = x.getShape();
    return x.reshape(shape.get(0), shape.get(1), heads, headWidth).swapAxes(1, 2);
  }
}
