package explainrec.elixir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import explainrec.nn.Adam;
import explainrec.nn.Optimizer;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PromptGeneratorTest {
  private static final int STEPS = 200;
  private static final int VECTORS = 14;
  private static final int WIDTH = 256;
  private static final int WORD_WIDTH = 32;

  /** Worked out by hand: two vectors of width 1, one soft word of width 2, hidden as wide. */
  @Test
  void psiOfThePaperIsATwoLayerPerceptron() {
    ReviewSettings settings = settings("paper", 1);
    PromptGenerator psi = new PromptGenerator(settings, 2, 1, 2, 1);
    Parameters.Builder builder = Parameters.builder();
    psi.describe(builder, new float[0]);
    try (NDManager manager = NDManager.newBaseManager();
        Parameters parameters = builder.build(manager, Device.cpu(), 1)) {
      parameters.set(new float[] {1, 2, 3, -4, 0.5f, 1, 1, 2, 3, 4, 10, 20});
      // hidden = (1, 2) [[1, 2], [3, -4]] + (0.5, 1) = (7.5, -5), after ReLU (7.5, 0)
      // output = (7.5, 0) [[1, 2], [3, 4]] + (10, 20) = (17.5, 35)
      NDArray inputs = manager.create(new float[] {1, 2}, new Shape(1, 2));
      NDArray prompt = psi.prompt(parameters.frozen(), inputs, null);
      assertEquals(new Shape(1, 1, 2), prompt.getShape());
      assertEquals("[17.5, 35.0]", Arrays.toString(prompt.toFloatArray()));
    }
  }

  @Test
  void lightPsiBeginsNearTheWordsItWasGiven() {
    float[] words = random(4 * WORD_WIDTH, 3, 2);
    try (NDManager manager = NDManager.newBaseManager();
        Parameters parameters = light(manager, words)) {
      float[] prompt = light().prompt(parameters.frozen(), inputs(manager, 1), null).toFloatArray();
      for (int k = 0; k < words.length; k++) {
        assertEquals(words[k], prompt[k], 1.5, "number " + k + " of words of size 2");
      }
    }
  }

  @Test
  void lightPsiStillTellsPairsApartAfterManySteps() {
    float[] words = random(4 * WORD_WIDTH, 3, 1);
    try (NDManager manager = NDManager.newBaseManager();
        Parameters parameters = light(manager, words)) {
      NDArray inputs = inputs(manager, 16);
      float[] direction = random(4 * WORD_WIDTH, 5, 1);
      float[] wanted = new float[16 * direction.length];
      for (int k = 0; k < wanted.length; k++) {
        int sign = k / direction.length % 2 == 0 ? 1 : -1; // of every other pair
        wanted[k] = words[k % words.length] + sign * direction[k % words.length];
      }
      NDArray target = manager.create(wanted, new Shape(16, 4, WORD_WIDTH));
      try (Optimizer adam = Adam.of(parameters, 0.001)) {
        for (int step = 0; step < STEPS; step++) {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Weights leaves = parameters.leaves();
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
              collector.backward(light().prompt(leaves, inputs, null).sub(target).square().mean());
            }
            adam.step(leaves);
          }
        }
      }
      double miss =
          light().prompt(parameters.frozen(), inputs, null).sub(target).square().mean().getFloat();
      // The same prompt for all pairs would miss by 1/3.

      assertTrue(miss < 0.1, "mean square of what is missed: " + miss);
    }
  }

  private static PromptGenerator light() {
    return new PromptGenerator(settings("light", 4), VECTORS, WIDTH, WORD_WIDTH, 1);
  }

  private static Parameters light(NDManager manager, float[] words) {
    Parameters.Builder builder = Parameters.builder();
    light().describe(builder, words);
    return builder.build(manager, Device.cpu(), 1);
  }

  private static NDArray inputs(NDManager manager, int batch) {
    return manager.create(
        random(batch * VECTORS * WIDTH, 4, 0.1), new Shape(batch, (long) VECTORS * WIDTH));
  }

  private static float[] random(int count, long seed, double bound) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int k = 0; k < count; k++) {
      values[k] = (float) random.nextDouble(-bound, bound);
    }
    return values;
  }

  private static ReviewSettings settings(String psi, int tokens) {
    return new ReviewSettings(
        "folder",
        "frozen",
        psi,
        tokens,
        0,
        64,
        8,
        "sequential",
        "reviews",
        1e-3,
        8,
        1,
        0,
        24,
        "loss",
        5,
        1,
        1);
  }
}
