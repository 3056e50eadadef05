package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import explainrec.nn.Initial;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class WordLossTest {
  private static final int WORDS = 40_000; // so many that 250 states are scored in three parts
  private static final int WIDTH = 3;

  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void valueAndGradientsAreThoseOfTheSumWorkedOutFromAllScores() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        WordLoss loss = new WordLoss(manager)) {
      check(loss, manager, 250, 400); // states are shared, and in no order
      check(loss, manager, 90, 91); // fewer rows than there is room for
      check(loss, manager, 260, 300); // more
    }
  }

  @Test
  void aWordToldTwiceFromOneStateCountsTwice() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        WordLoss loss = new WordLoss(manager)) {
      check(loss, manager, new int[] {0, 0, 1, 0}, new long[] {5, 5, 5, 6}, 2);
    }
  }

  @Test
  void aWordThatNoProbabilityIsLeftForHasAFiniteLoss() {
    Parameters.Builder builder = Parameters.builder().add("states", Initial.zeros(), 1, 1);
    WordHead.describe(builder, 1, 3);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        Parameters parameters = builder.build(manager, Device.cpu(), 3);
        WordLoss loss = new WordLoss(manager)) {
      parameters.set(new float[] {1, 0, 0, -200, 0, 0, 0});
      Weights leaves = parameters.leaves();
      WordLoss.Told told =
          loss.of(leaves, leaves.get("states"), new int[1], new long[] {2}, new float[] {-1});
      assertEquals(200 + Math.log(2), told.sum().getFloat(), 1e-3);
      assertEquals(200 + Math.log(2), told.loss(0, 1).getFloat(), 1e-3);
    }
  }

  private void check(WordLoss loss, NDManager manager, int states, int tokens) {
    int[] of = random.ints(tokens, 0, states).toArray();
    check(loss, manager, of, random.longs(tokens, 0, WORDS).toArray(), states);
  }

  private void check(WordLoss loss, NDManager manager, int[] of, long[] tokens, int states) {
    float[] coefficients = new float[of.length];
    for (int n = 0; n < of.length; n++) {
      coefficients[n] = (float) random.nextDouble(-1, 0.5);
    }
    Parameters.Builder builder =
        Parameters.builder().add("states", Initial.normal(1), states, WIDTH);
    WordHead.describe(builder, WIDTH, WORDS);
    try (Parameters parameters = builder.build(manager, Device.cpu(), 3)) {
      Weights whole = parameters.leaves();
      float[] logs;
      float sum;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray all = WordHead.scores(whole, whole.get("states")).logSoftmax(1).reshape(-1);
        long[] places = new long[of.length];
        Arrays.setAll(places, n -> (long) of[n] * WORDS + tokens[n]);
        NDArray found = all.gather(manager.create(places), 0);
        logs = found.toFloatArray();
        NDArray total = found.mul(manager.create(coefficients)).sum();
        sum = total.getFloat();
        collector.backward(total);
      }
      Weights leaves = parameters.leaves();
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        WordLoss.Told told = loss.of(leaves, leaves.get("states"), of, tokens, coefficients);
        assertArrayEquals(logs, told.logs(), 1e-5f);
        assertEquals(sum, told.sum().getFloat(), Math.abs(sum) * 1e-5);
        collector.backward(told.sum());
      }
      for (String name : parameters.names()) {
        float[] gradient = whole.get(name).getGradient().toFloatArray();
        assertArrayEquals(gradient, leaves.get(name).getGradient().toFloatArray(), 1e-5f, name);
        assertTrue(max(gradient) > 1e-2, name);
      }
    }
  }

  private static double max(float[] numbers) {
    double most = 0;
    for (float number : numbers) {
      most = Math.max(most, Math.abs(number));
    }
    return most;
  }
}
