package explainrec.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The other optimizers, clipping and the falling learning rate, against numbers made by hand. */
final class OptimizationTest {
  @Test
  void stochasticGradientDescentSubtractsTheScaledGradient() {
    // The loss is 3 a + 4 b, its gradient (3, 4).
    assertArrayEquals(
        new float[] {1 - 0.1f * 3, 2 - 0.1f * 4},
        after(new Optimization("sgd", 0.1, 0, 1), 1),
        1e-6f);
  }

  @Test
  void aLongGradientIsShortenedAndKeepsItsDirection() {
    // (3, 4) has length 5; clipped to 1 it is (0.6, 0.8).
    assertArrayEquals(
        new float[] {1 - 0.6f, 2 - 0.8f}, after(new Optimization("sgd", 1, 1, 1), 1), 1e-6f);
  }

  @Test
  void aShortGradientIsLeftAsItIs() {
    assertArrayEquals(
        new float[] {1 - 3, 2 - 4}, after(new Optimization("sgd", 1, 5.5, 1), 1), 1e-6f);
  }

  @Test
  void rmspropDividesByTheRootOfTheMovingSquare() {
    double a = 1;
    double v = 0;
    for (int t = 0; t < 3; t++) {
      v = 0.99 * v + 0.01 * 9;
      a -= 0.01 * 3 / (Math.sqrt(v) + 1e-8);
    }
    assertEquals(a, after(new Optimization("rmsprop", 0.01, 0, 1), 3)[0], 1e-6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "rmsprop", "adam"})
  void aParameterMayLearnAtAShareOfTheRateOrNotAtAll(String optimizer) {
    Optimization how = new Optimization(optimizer, 0.1, 0, 1);
    float[] all = after(how, 3);
    float[] half = after(how, 3, 0.5, 1);
    float[] frozen = after(how, 3, 1, 0);
    assertEquals(0.5 * (all[0] - 1), half[0] - 1, 1e-5);
    assertEquals(all[1], half[1], 0);
    assertEquals(all[0], frozen[0], 0);
    assertEquals(2, frozen[1], 0);
  }

  @Test
  void whatIsFrozenAddsNothingToTheGradientsLength() {
    // (3, 0) has length 3 and is left as it is; with the frozen 4 it would be shortened.
    assertArrayEquals(
        new float[] {1 - 3, 2}, after(new Optimization("sgd", 1, 3.5, 1), 1, 1, 0), 1e-6f);
  }

  @Test
  void theLearningRateFallsAfterEveryEpochThatIsNotTheBest() {
    Optimization falling = new Optimization("sgd", 1, 1, 0.25);
    assertEquals(1, falling.rateAfter(List.of()), 0);
    assertEquals(1, falling.rateAfter(List.of(log(5), log(4))), 0);
    assertEquals(0.0625, falling.rateAfter(List.of(log(5), log(6), log(5), log(4))), 0);
  }

  private static EpochLog log(double score) {
    return new EpochLog(1, Map.of(), score, Map.of(), 1, 1, 1);
  }

  /** Parameters a = 1 and b = 2 after some steps down the loss 3 a + 4 b. */
  private static float[] after(Optimization optimization, int steps) {
    return after(optimization, steps, 1, 1);
  }

  /** The same with factors of the two learning rates. */
  private static float[] after(Optimization optimization, int steps, double ofA, double ofB) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        Parameters parameters =
            Parameters.builder()
                .add("a", Initial.zeros(), 1)
                .add("b", Initial.zeros(), 1)
                .rate("a", ofA)
                .rate("b", ofB)
                .build(manager, Device.cpu(), 1)) {
      parameters.set(new float[] {1, 2});
      try (Optimizer optimizer = optimization.of(parameters)) {
        for (int n = 0; n < steps; n++) {
          step(manager, parameters, optimization, optimizer);
        }
      }
      return parameters.values();
    }
  }

  private static void step(
      NDManager manager, Parameters parameters, Optimization how, Optimizer optimizer) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Weights leaves = parameters.leaves();
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray three = manager.create(new float[] {3});
        NDArray four = manager.create(new float[] {4});
        collector.backward(leaves.get("a").mul(three).add(leaves.get("b").mul(four)).sum());
      }
      if (how.clip() > 0) {
        boolean both = leaves.get("b").hasGradient();
        assertEquals(both ? 5 : 3, Clip.apply(leaves, how.clip()), 1e-5);
      }
      optimizer.step(leaves);
    }
  }
}
