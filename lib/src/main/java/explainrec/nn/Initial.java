package explainrec.nn;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How a parameter starts; filled in Java, so that the same seed gives the same start on every
 * device.
 */
@FunctionalInterface
public interface Initial {
  /**
   * Fills a parameter's numbers.
   *
   * @param values all numbers of all parameters
   * @param from index of this parameter's first number
   * @param to index after its last
   * @param random the run's generator
   */
  void fill(float[] values, int from, int to, SplittableRandom random);

  /** All zero, as biases start. */
  static Initial zeros() {
    return (values, from, to, random) -> Arrays.fill(values, from, to, 0);
  }

  /**
   * The same number everywhere.
   *
   * @param value the number
   */
  static Initial constant(double value) {
    return (values, from, to, random) -> Arrays.fill(values, from, to, (float) value);
  }

  /**
   * Uniform between two bounds.
   *
   * @param low lower bound, inclusive
   * @param high upper bound, exclusive
   */
  static Initial uniform(double low, double high) {
    return (values, from, to, random) -> {
      for (int i = from; i < to; i++) {
        values[i] = (float) random.nextDouble(low, high);
      }
    };
  }

  /**
   * Xavier-uniform (Glorot and Bengio 2010): uniform within sqrt(6 / (fanIn + fanOut)).
   *
   * @param fanIn inputs of one linear map
   * @param fanOut its outputs
   */
  static Initial xavierUniform(long fanIn, long fanOut) {
    double bound = Math.sqrt(6.0 / (fanIn + fanOut));
    return uniform(-bound, bound);
  }

  /**
   * Normal around 0.
   *
   * @param deviation standard deviation
   */
  static Initial normal(double deviation) {
    return (values, from, to, random) -> {
      for (int i = from; i < to; i++) {
        values[i] = (float) (deviation * random.nextGaussian());
      }
    };
  }
}
