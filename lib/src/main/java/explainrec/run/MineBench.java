package explainrec.run;

import ai.djl.Device;
import explainrec.mmi.Mine;
import explainrec.mmi.MineSettings;
import explainrec.mmi.Targets;
import explainrec.nn.TrainingListener;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * How fast MINE trains with the paper's settings for I(R;E), on pairs of a sentence vector (384
 * values, as MiniLM's) and a one-hot rating. The vectors are random: speed does not depend on them.
 */
public final class MineBench {
  /** Pairs of the claim about speed. */
  public static final int PAIRS = 50_000;

  /** Values of a sentence vector. */
  static final int WIDTH = 384;

  private final Device device;
  private final long seed;

  /**
   * Describes the measurement.
   *
   * @param device where it computes
   * @param seed of the vectors and of training
   */
  public MineBench(Device device, long seed) {
    this.device = device;
    this.seed = seed;
  }

  /**
   * A training.
   *
   * @param epochs trained
   * @param pairs of each epoch
   * @param seconds wall time of all epochs, gathering included
   * @param cpuSeconds time of all the process's threads on processors meanwhile
   */
  public record Training(int epochs, int pairs, double seconds, double cpuSeconds) {}

  /**
   * Trains from the start.
   *
   * @param epochs how many; the paper's 50
   * @param pairs how many, {@link #PAIRS} for the claim
   * @param lines hears of each second
   * @return how long it took
   */
  public Training train(int epochs, int pairs, Consumer<String> lines) {
    SplittableRandom random = new SplittableRandom(seed);
    List<float[]> vectors = new ArrayList<>(pairs);
    int[] classes = new int[pairs];
    for (int n = 0; n < pairs; n++) {
      float[] vector = new float[WIDTH];
      for (int k = 0; k < WIDTH; k++) {
        vector[k] = (float) random.nextDouble(-1, 1);
      }
      vectors.add(vector);
      classes[n] = random.nextInt(Targets.ratings().size());
    }
    MineSettings settings = MineSettings.paper();
    try (Mine mine =
        new Mine(
            "I(R;E)",
            WIDTH,
            Targets.ratings(),
            settings.mineHiddenRating(),
            settings,
            device,
            seed)) {
      TrainingListener listener =
          Reports.training(
              "bench: MINE", lines, log -> "bound " + log.losses().get("bound").floatValue());
      double cpu = cpuSeconds();
      long start = System.nanoTime();
      mine.fit(vectors, classes, epochs, seed, List.of(listener));
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Training(epochs, pairs, seconds, cpuSeconds() - cpu);
    }
  }

  /** Time of all threads on processors; NaN where the system does not tell. */
  private static double cpuSeconds() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime() / 1e9
        : Double.NaN;
  }
}
