package explainrec.run;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import explainrec.data.Split;
import explainrec.elixir.ElixirRatings;
import explainrec.elixir.RatingSettings;
import explainrec.nn.Adam;
import explainrec.nn.Checkpoint;
import explainrec.nn.EpochLog;
import explainrec.nn.Optimizer;
import explainrec.nn.Trainable;
import explainrec.nn.Trainer;
import explainrec.nn.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How fast ELIXIR's rating module trains, where a step's time goes, and whether memory stays flat.
 */
public final class RatingBench {
  private static final int WARM_UP = 200;
  private static final int STEPS = 200;
  private static final int MEMORY_STEPS = 1000;

  private final Split split;
  private final RatingSettings settings;
  private final Device device;
  private final long seed;

  /**
   * Describes the measurement.
   *
   * @param split rows to train and validate on
   * @param settings of the module; the paper's batch size and width are what is claimed about
   * @param device where it computes
   * @param seed of everything random
   */
  public RatingBench(Split split, RatingSettings settings, Device device, long seed) {
    this.split = split;
    this.settings = settings;
    this.device = device;
    this.seed = seed;
  }

  /**
   * Training by the kit's loop.
   *
   * @param examplesPerSecond median over the epochs after the first
   * @param byEpoch every epoch's
   * @param validationRmse overall rating, after each epoch
   * @param validationAspectRmse mean over aspects, after each epoch
   */
  public record Training(
      double examplesPerSecond,
      double[] byEpoch,
      double[] validationRmse,
      double[] validationAspectRmse) {}

  /**
   * Where a step's time goes, medians in milliseconds.
   *
   * @param forward the loss from a batch
   * @param backward its gradient
   * @param optimizer Adam
   * @param step the whole step, with what is freed at its end
   * @param productGflop floating point operations of the step's matrix products, in 1e9
   * @param limitGflops what this machine reaches on a product of two 1024 x 1024 matrices, in 1e9 a
   *     second
   * @param productsShare share of that limit at which forward and backward ran, 0..1
   */
  public record Step(
      double forward,
      double backward,
      double optimizer,
      double step,
      double productGflop,
      double limitGflops,
      double productsShare) {}

  /**
   * Trains some epochs.
   *
   * @param epochs one more than are timed
   * @param lines hears of each epoch
   * @return speed and validation errors
   */
  public Training train(int epochs, Consumer<String> lines) {
    List<EpochLog> logs;
    try (ElixirRatings elixir = module()) {
      logs =
          new Trainer(
                  settings.learningRate(),
                  epochs,
                  seed,
                  List.of(Reports.training("bench: training", lines)))
              .train(elixir, Checkpoint.NONE)
              .epochs();
    }
    double[] speeds =
        logs.stream().mapToDouble(log -> log.examples() / log.trainSeconds()).toArray();
    return new Training(
        RunJson.median(Arrays.stream(speeds).skip(1)),
        speeds,
        logs.stream().mapToDouble(EpochLog::score).toArray(),
        logs.stream().mapToDouble(log -> log.validation().get("aspects")).toArray());
  }

  /**
   * Times the parts of a step.
   *
   * @return medians over steps after a warm-up
   */
  public Step step() {
    try (ElixirRatings elixir = module();
        Optimizer adam = Adam.of(elixir.parameters(), settings.learningRate())) {
      double[][] parts = new double[4][STEPS];
      int steps = elixir.beginEpoch(seed);
      for (int n = -WARM_UP; n < STEPS; n++) {
        double[] times = timed(elixir, adam, Math.floorMod(n, steps));
        for (int part = 0; n >= 0 && part < parts.length; part++) {
          parts[part][n] = times[part];
        }
      }
      double[] medians =
          Arrays.stream(parts).mapToDouble(p -> RunJson.median(Arrays.stream(p))).toArray();
      double limit = limit();
      double flop = productGflop();
      return new Step(
          medians[0],
          medians[1],
          medians[2],
          medians[3],
          flop,
          limit,
          flop / ((medians[0] + medians[1]) / 1e3) / limit);
    }
  }

  private static double[] timed(ElixirRatings elixir, Optimizer adam, int step) {
    double start = System.nanoTime();
    double forward;
    double backward;
    double optimizer;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Weights leaves = elixir.parameters().leaves();
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        Trainable.Loss loss = elixir.loss(step, leaves);
        loss.total().getFloat();
        forward = System.nanoTime();
        collector.backward(loss.total());
      }
      backward = System.nanoTime();
      adam.step(leaves);
      optimizer = System.nanoTime();
    }
    return new double[] {
      (forward - start) / 1e6,
      (backward - forward) / 1e6,
      (optimizer - backward) / 1e6,
      (System.nanoTime() - start) / 1e6
    };
  }

  /** 2 operations a weight and row in the forward pass, twice that in the backward pass. */
  private double productGflop() {
    double d = settings.width();
    double a = split.data().aspects().size();
    double perRow =
        2 * a * 2 * d * d // phi of both sides, two layers
            + 2 * 3 * d * d // query, key and value of both sides
            + (a + 1) * (2 * d * d + d); // f and the g_a
    return 3 * 2 * perRow * settings.batchSize() / 1e9;
  }

  private double limit() {
    int n = 1024;
    try (NDManager manager = NDManager.newBaseManager(device)) {
      NDArray left = manager.randomUniform(-1, 1, new Shape(n, n), DataType.FLOAT32);
      NDArray right = manager.randomUniform(-1, 1, new Shape(n, n), DataType.FLOAT32);
      double[] seconds = new double[30];
      for (int k = 0; k < seconds.length; k++) {
        long start = System.nanoTime();
        try (NDArray product = left.matMul(right)) {
          product.get(0, 0).getFloat();
        }
        seconds[k] = (System.nanoTime() - start) / 1e9;
      }
      return 2.0 * n * n * n / RunJson.median(Arrays.stream(seconds)) / 1e9;
    }
  }

  /**
   * Watches resident memory over 1,000 steps after a warm-up.
   *
   * @return what was seen
   */
  public MemoryWatch.Use memory() {
    try (ElixirRatings elixir = module();
        Optimizer adam = Adam.of(elixir.parameters(), settings.learningRate())) {
      int steps = elixir.beginEpoch(seed);
      for (int n = 0; n < WARM_UP; n++) {
        timed(elixir, adam, n % steps);
      }
      MemoryWatch watch = new MemoryWatch(MEMORY_STEPS);
      for (int n = 0; n < MEMORY_STEPS; n++) {
        timed(elixir, adam, n % steps);
        watch.step(n + 1);
      }
      return watch.use();
    }
  }

  /**
   * The rows in the form that the Python peers read.
   *
   * @return to be written as JSON
   */
  public Map<String, Object> export() {
    return Map.of(
        "users", split.data().users().size(),
        "items", split.data().items().size(),
        "aspects", split.data().aspects().size(),
        "train", columns(split.train()),
        "validation", columns(split.validation()));
  }

  private Map<String, Object> columns(int[] rows) {
    int a = split.data().aspects().size();
    return Map.of(
        "user", IntStream.of(rows).map(split.data()::user).toArray(),
        "item", IntStream.of(rows).map(split.data()::item).toArray(),
        "overall", IntStream.of(rows).mapToDouble(split.data()::overall).toArray(),
        "aspects",
            IntStream.of(rows)
                .mapToObj(
                    row ->
                        IntStream.range(0, a)
                            .mapToDouble(k -> split.data().aspect(row, k))
                            .toArray())
                .toArray());
  }

  private ElixirRatings module() {
    return new ElixirRatings(
        split, settings, device, seed, predicted -> Ratings.validation(split, predicted));
  }
}
