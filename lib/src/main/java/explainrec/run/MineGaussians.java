package explainrec.run;

import ai.djl.Device;
import explainrec.mmi.Mine;
import explainrec.mmi.MineSettings;
import explainrec.mmi.Targets;
import explainrec.nn.EpochLog;
import explainrec.nn.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** MINE on pairs of normal numbers, whose mutual information is known: -1/2 ln(1 - rho^2). */
final class MineGaussians {
  private static final int OTHERS = 50; // y's of each fresh pair
  private static final double SHOWN = 0.8; // rho of the training curve
  private static final double[] RHOS = {0, 0.2, 0.4, 0.6, 0.8, 0.95};

  private final int samples;
  private final int epochs;
  private final double[] rhos;
  private final Device device;
  private final long seed;
  private final Consumer<String> lines;

  MineGaussians(String profile, Device device, long seed, Consumer<String> lines) {
    boolean smoke = profile.equals("smoke");
    this.samples = smoke ? 1000 : 10_000;
    this.epochs = smoke ? 3 : 15;
    this.rhos = smoke ? new double[] {0, SHOWN} : RHOS;
    this.device = device;
    this.seed = seed;
    this.lines = lines;
  }

  /**
   * Estimates for every objective and correlation.
   *
   * @param curves takes the training curve of rho = 0.8 for each objective
   * @return in the order of objectives, then correlations
   */
  List<MineResult.Gaussian> run(Consumer<MineResult.Curve> curves) {
    List<MineResult.Gaussian> found = new ArrayList<>();
    for (String objective : List.of("dv", "infonce", "nwj")) {
      for (double rho : rhos) {
        lines.accept("MINE on Gaussians: " + objective + ", rho " + rho);
        found.add(estimate(objective, rho, curves));
      }
    }
    return found;
  }

  private MineResult.Gaussian estimate(
      String objective, double rho, Consumer<MineResult.Curve> curves) {
    // InfoNCE asks T about 32 y's of each pair where the others ask about 2.
    boolean many = objective.equals("infonce");
    MineSettings settings =
        RecordSettings.with(
            MineSettings.paper(),
            Map.of(
                "objective",
                objective,
                "mineLearningRate",
                "0.002",
                "mineWeightSpread",
                "0.1",
                "mineBatchSize",
                many || samples < 10_000 ? "256" : "1024"));
    int size = many ? samples / 2 : samples;
    double truth = -0.5 * Math.log(1 - rho * rho);
    long start = System.nanoTime();
    float[][][] train = draw(rho, size, seed);
    float[][][] fresh = draw(rho, samples / 2, seed + 1);
    Targets real = new Targets(List.of("y"), new float[1][1]);
    try (Mine mine = new Mine("I(X;Y)", 1, real, 100, settings, device, seed)) {
      int trained = many ? Math.max(2, epochs / 2) : epochs;
      Trainer.Outcome outcome = mine.fit(train[0], train[1], trained, seed, List.of());
      double bound = mine.score(fresh[0], fresh[1], OTHERS, seed).bound(objective);
      if (rho == SHOWN) {
        String name = "Gaussians, rho " + rho + ", " + objective;
        curves.accept(curve(name, truth, outcome.epochs()));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new MineResult.Gaussian(objective, rho, truth, bound, seconds);
    }
  }

  /** x and y, (2, N, 1). */
  private static float[][][] draw(double rho, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][][] pairs = new float[2][count][1];
    for (int n = 0; n < count; n++) {
      double x = random.nextGaussian();
      pairs[0][n][0] = (float) x;
      pairs[1][n][0] = (float) (rho * x + Math.sqrt(1 - rho * rho) * random.nextGaussian());
    }
    return pairs;
  }

  static MineResult.Curve curve(String name, double truth, List<EpochLog> epochs) {
    double[] training = epochs.stream().mapToDouble(log -> log.losses().get("bound")).toArray();
    double[] heldOut =
        epochs.stream()
            .mapToDouble(log -> log.validation().getOrDefault("heldOut", Double.NaN))
            .toArray();
    boolean none = Arrays.stream(heldOut).allMatch(Double::isNaN);
    return new MineResult.Curve(name, truth, training, none ? new double[0] : heldOut);
  }
}
