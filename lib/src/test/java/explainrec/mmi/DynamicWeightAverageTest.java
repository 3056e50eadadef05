package explainrec.mmi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The weights against the formula. */
final class DynamicWeightAverageTest {
  @Test
  void theFirstTwoEpochsWeighAllLossesTheSame() {
    assertArrayEquals(new double[] {1, 1}, DynamicWeightAverage.weights(List.of(), 2, 0.1));
    List<double[]> one = List.of(new double[] {3, 5});
    assertArrayEquals(new double[] {1, 1}, DynamicWeightAverage.weights(one, 2, 0.1));
  }

  @Test
  void theLossThatFallsMoreSlowlyGetsMoreWeight() {
    // Rates 1/2 and 1: weights 2 e^(1/2) / (e^(1/2) + e) and 2 e / (e^(1/2) + e) at tau 1.
    List<double[]> history = List.of(new double[] {2, 4}, new double[] {1, 4});
    double slow = Math.E / (Math.exp(0.5) + Math.E);
    assertArrayEquals(
        new double[] {2 * (1 - slow), 2 * slow},
        DynamicWeightAverage.weights(history, 2, 1),
        1e-12);
  }

  @Test
  void onlyTheLastTwoEpochsCount() {
    List<double[]> longer = List.of(new double[] {9, 1}, new double[] {2, 4}, new double[] {1, 4});
    assertArrayEquals(
        DynamicWeightAverage.weights(longer.subList(1, 3), 2, 0.1),
        DynamicWeightAverage.weights(longer, 2, 0.1));
  }

  @Test
  void aLowTemperatureDoesNotOverflowAndAVanishedLossHasRateOne() {
    List<double[]> history = List.of(new double[] {1e-9, 0, 1}, new double[] {1, 1, 1});
    double[] weights = DynamicWeightAverage.weights(history, 3, 1e-3);
    assertEquals(3, Arrays.stream(weights).sum(), 1e-9);
    assertEquals(3, weights[0], 1e-9);
  }
}
