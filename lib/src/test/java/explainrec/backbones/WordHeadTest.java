package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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

final class WordHeadTest {
  private static final int WORDS = 40_000; // so many that 250 states are scored in three parts
  private static final int WIDTH = 3;

  @Test
  void scoringInPartsGivesTheLogProbabilitiesAndGradientsOfScoringAtOnce() {
    SplittableRandom random = new SplittableRandom(7);
    int[] of = random.ints(400, 0, 250).toArray(); // states are shared, and in no order
    long[] tokens = random.longs(400, 0, WORDS).toArray();
    Parameters.Builder builder = Parameters.builder().add("states", Initial.normal(1), 250, WIDTH);
    WordHead.describe(builder, WIDTH, WORDS);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        Parameters parameters = builder.build(manager, Device.cpu(), 3)) {
      Weights parts = parameters.leaves();
      float[] logs;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray found = WordHead.logs(parts, parts.get("states"), of, tokens);
        logs = found.toFloatArray();
        collector.backward(found.mean());
      }
      Weights whole = parameters.leaves();
      float[] expected;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray all = WordHead.scores(whole, whole.get("states")).logSoftmax(1).reshape(-1);
        long[] places = new long[of.length];
        Arrays.setAll(places, n -> (long) of[n] * WORDS + tokens[n]);
        NDArray found = all.gather(manager.create(places), 0);
        expected = found.toFloatArray();
        collector.backward(found.mean());
      }
      assertArrayEquals(expected, logs, 1e-5f);
      for (String name : parameters.names()) {
        float[] gradient = whole.get(name).getGradient().toFloatArray();
        assertArrayEquals(gradient, parts.get(name).getGradient().toFloatArray(), 1e-6f, name);
        assertTrue(max(gradient) > 1e-4, name);
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
