package explainrec.report;

import explainrec.run.AspectResult;
import explainrec.run.AspectResult.Pair;
import explainrec.run.AspectResult.Side;
import explainrec.run.AspectResult.Vectors;
import explainrec.run.RunResult.Data;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Made-up aspect files for the tests of tables and charts. */
final class SampleAspects {
  static final List<String> ASPECTS = List.of("location", "service", "value");

  private SampleAspects() {}

  /**
   * Users whose attention is given, with their truth, and aspect vectors in three far clouds.
   *
   * @param attention (n, 3)
   * @param truth (n, 3), or null
   */
  static AspectResult run(String model, long seed, float[][] attention, float[][] truth) {
    int users = attention.length;
    int[] numbers = IntStream.range(0, users).toArray();
    Random random = new Random(3);
    float[][][] components = new float[ASPECTS.size()][users][4];
    for (int a = 0; a < components.length; a++) {
      for (float[] vector : components[a]) {
        for (int k = 0; k < vector.length; k++) {
          vector[k] = (float) (random.nextGaussian() + (k == a ? 20 : 0));
        }
      }
    }
    Pair pair =
        new Pair(
            7,
            0,
            1,
            3.75f,
            4f,
            new float[] {3.5f, 4.25f, 2f},
            new float[] {4f, 4f, 2f},
            attention[0],
            attention[0],
            truth == null ? null : truth[0]);
    String name = truth == null ? null : "true importance";
    return new AspectResult(
        AspectResult.KIND,
        1,
        model,
        "ELIXIR",
        "quick",
        seed,
        new Data("world", ASPECTS, "f1", "s1", users, users, 80, 10, 10),
        new Side(numbers, attention, truth, name),
        new Side(numbers, attention, null, null),
        new Vectors(numbers, components, new double[] {0.5, 0.3, 0.1, 0.1}),
        List.of(pair));
  }

  /** Twelve users who attend to what is important to them, but for the first one. */
  static AspectResult attentive() {
    float[][] attention = new float[12][];
    float[][] truth = new float[12][];
    for (int u = 0; u < attention.length; u++) {
      truth[u] = new float[] {0.2f, 0.3f, 0.5f};
      attention[u] = u == 0 ? new float[] {0.6f, 0.3f, 0.1f} : new float[] {0.1f, 0.3f, 0.6f};
    }
    return run("elixir", 42, attention, truth);
  }
}
