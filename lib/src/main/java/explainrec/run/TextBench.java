package explainrec.run;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import explainrec.elixir.PromptGenerator;
import explainrec.elixir.ReviewSettings;
import explainrec.nn.Adam;
import explainrec.nn.Dropout;
import explainrec.nn.Optimizer;
import explainrec.nn.Parameters;
import explainrec.nn.Shuffle;
import explainrec.nn.Weights;
import explainrec.t5.GenerationSettings;
import explainrec.t5.Generator;
import explainrec.t5.T5;
import explainrec.t5.T5Config;
import explainrec.t5.T5Weights;
import explainrec.text.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * How fast a prompt is tuned in front of a frozen T5 of random weights, how fast that T5 writes,
 * and how much memory it takes. Only the lengths of reviews are real: speed does not depend on
 * their words.
 */
public final class TextBench {
  private static final int WRITTEN = 32;
  private static final int VECTORS = 10; // u, i and four aspects of each
  private static final int VECTOR_WIDTH = 256;
  private static final int POOL = 32; // batches that are sorted by length together

  private final Path folder;
  private final int[] lengths;
  private final Device device;
  private final long seed;

  /**
   * Describes the measurement.
   *
   * @param folder of the model and the prompt that {@code bench_t5.py prepare} wrote
   * @param lengths of real reviews in tokens, ends included
   * @param device where it computes
   * @param seed of everything random
   */
  public TextBench(Path folder, int[] lengths, Device device, long seed) {
    this.folder = folder;
    this.lengths = lengths.clone();
    this.device = device;
    this.seed = seed;
  }

  /**
   * Prompt tuning.
   *
   * @param reviewsPerSecond over all steps after the warm-up
   * @param tokensPerSecond the same in tokens, padding not counted
   * @param steps timed
   * @param trainedParameters of psi
   * @param memory over all steps
   * @param growthMiB largest resident memory, less what was resident before
   */
  public record Training(
      double reviewsPerSecond,
      double tokensPerSecond,
      int steps,
      long trainedParameters,
      MemoryWatch.Use memory,
      double growthMiB) {}

  /**
   * Writing of 32 texts.
   *
   * @param seconds median over rounds
   * @param byRound every round's
   * @param ids of the texts, (32, ...)
   */
  public record Writing(double seconds, double[] byRound, int[][] ids) {}

  /**
   * The settings that are compared: the paper's with the light psi and larger batches.
   *
   * @param batchSize reviews a step
   * @return the settings
   */
  public static ReviewSettings light(int batchSize) {
    return RecordSettings.with(
        ReviewSettings.paper().withPsi("light"),
        Map.of("reviewBatchSize", Integer.toString(batchSize)));
  }

  /**
   * Batches of reviews of similar length, as {@code ElixirReviews} lays them out.
   *
   * @param count how many
   * @param size reviews of each
   * @return lengths of the reviews of each batch
   */
  public int[][] batches(int count, int size) {
    int[] rows = new int[count * size];
    int[] order = Shuffle.of(lengths, seed);
    Arrays.setAll(rows, n -> order[n % order.length]);
    int[][] batches = new int[count][];
    for (int from = 0; from < rows.length; from += POOL * size) {
      int[] pool = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + POOL * size));
      Arrays.sort(pool);
      for (int k = 0; k < pool.length; k += size) {
        batches[(from + k) / size] = Arrays.copyOfRange(pool, k, k + size);
      }
    }
    int[] places = Shuffle.of(IntStream.range(0, count).toArray(), seed + 1);
    return Arrays.stream(places).mapToObj(k -> batches[k]).toArray(int[][]::new);
  }

  /**
   * Tunes a prompt.
   *
   * @param batches lengths of the reviews of each step
   * @param warmUp steps that are not counted
   * @param settings of psi
   * @param done hears how many steps are done
   * @return speed and memory
   */
  public Training train(int[][] batches, int warmUp, ReviewSettings settings, IntConsumer done) {
    double before = Memory.residentMiB();
    MemoryWatch memory = new MemoryWatch(batches.length);
    try (NDManager manager = NDManager.newBaseManager(device)) {
      Tuning tuning = new Tuning(manager, settings);
      try (Optimizer adam = Adam.of(tuning.parameters, settings.reviewLearningRate())) {
        double seconds = 0;
        for (int step = 0; step < batches.length; step++) {
          long start = System.nanoTime();
          tuning.step(batches[step], adam);
          seconds += step < warmUp ? 0 : (System.nanoTime() - start) / 1e9;
          memory.step(step + 1);
          done.accept(step + 1);
        }
        int[][] timed = Arrays.copyOfRange(batches, warmUp, batches.length);
        long reviews = Arrays.stream(timed).mapToLong(batch -> batch.length).sum();
        long tokens = Arrays.stream(timed).flatMapToInt(Arrays::stream).asLongStream().sum();
        return new Training(
            reviews / seconds,
            tokens / seconds,
            timed.length,
            tuning.parameters.count(),
            memory.use(),
            memory.use().residentMiB() - before);
      }
    }
  }

  /** A frozen T5, and psi in front of it. */
  private final class Tuning {
    private final NDManager manager;
    private final T5 t5 = new T5(T5Config.read(folder.resolve("config.json")));
    private final Weights frozen;
    private final PromptGenerator psi;
    private final Dropout dropout;
    private final Parameters parameters;

    Tuning(NDManager manager, ReviewSettings settings) {
      this.manager = manager;
      this.frozen = T5Weights.frozen(manager, t5.config(), folder.resolve("model.safetensors"));
      int width = t5.config().width();
      this.psi = new PromptGenerator(settings, VECTORS, VECTOR_WIDTH, width, 1);
      this.dropout = new Dropout(manager, settings.promptDropout());
      dropout.seed(seed);
      Parameters.Builder builder = Parameters.builder();
      psi.describe(builder, new float[settings.promptTokens() * width]);
      this.parameters = builder.build(manager, device, seed);
    }

    void step(int[] batch, Optimizer adam) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray vectors =
            manager.randomNormal(
                0, 1, new Shape(batch.length, VECTORS * VECTOR_WIDTH), DataType.FLOAT32);
        int[][] labels = new int[batch.length][];
        Arrays.setAll(labels, row -> review(row, batch[row]));
        Weights leaves = parameters.leaves();
        dropout.begin();
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          NDArray memory = t5.encode(frozen, psi.prompt(leaves, vectors, dropout), null, null);
          collector.backward(t5.loss(frozen, memory, null, labels, T5.Mean.TOKENS, null));
        }
        adam.step(leaves);
      }
    }
  }

  /** Ids of a review: any will do, as long as the peers take the same. */
  private static int[] review(int row, int length) {
    return IntStream.range(0, length)
        .map(place -> (int) (2 + 7919L * (131 * row + place) % 30_000))
        .toArray();
  }

  /**
   * Lengths for 32 texts, spread evenly over those of the real reviews.
   *
   * @return shortest first, (32)
   */
  public int[] realLengths() {
    int[] sorted = lengths.clone();
    Arrays.sort(sorted);
    return IntStream.range(0, WRITTEN)
        .map(n -> sorted[(int) ((n + 0.5) * sorted.length / WRITTEN)])
        .toArray();
  }

  /**
   * Writes 32 texts greedily. The model never ends a text by itself.
   *
   * @param longest tokens of each
   * @param rounds timed, after one that is not
   * @return how long it took, and what was written
   */
  public Writing write(int[] longest, int rounds) {
    try (NDManager manager = NDManager.newBaseManager(device);
        Safetensors prompts = Safetensors.open(folder.resolve("prompt.safetensors"))) {
      T5 t5 = new T5(T5Config.read(folder.resolve("config.json")));
      Weights weights = T5Weights.frozen(manager, t5.config(), folder.resolve("model.safetensors"));
      long[] shape = prompts.shape("prompt");
      NDArray prompt = manager.create(prompts.read("prompt", shape), new Shape(shape));
      int most = Arrays.stream(longest).max().orElseThrow();
      Generator generator = new Generator(t5, weights, GenerationSettings.greedy(most));
      double[] seconds = new double[rounds];
      int[][] ids = generator.generate(prompt, null, seed, longest);
      for (int n = 0; n < rounds; n++) {
        long start = System.nanoTime();
        ids = generator.generate(prompt, null, seed, longest);
        seconds[n] = (System.nanoTime() - start) / 1e9;
      }
      return new Writing(RunJson.median(Arrays.stream(seconds)), seconds, ids);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
