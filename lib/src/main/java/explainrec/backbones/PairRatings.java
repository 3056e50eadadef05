package explainrec.backbones;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import explainrec.data.Interactions;
import explainrec.data.Split;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.RatingLearner;
import explainrec.nn.Shuffle;
import explainrec.nn.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/**
 * What the rating baselines that are trained by gradient share: batches of train rows, the squared
 * error of the overall rating, validation, prediction, and the saved file. A baseline says what its
 * parameters are and how it rates a pair.
 */
abstract class PairRatings implements RatingLearner {
  private static final int CHUNK = 1024;

  private final Split split;
  private final int batchSize;
  private final Function<float[][], Validation> validator;
  private final NDManager manager;
  private final Parameters parameters;
  private int[] order = {};

  /**
   * What every baseline is made of.
   *
   * @param split train, validation and test rows
   * @param device where it computes
   * @param seed of the random start
   * @param validator scores the predictions of the validation rows, (1, N)
   */
  record Setup(Split split, Device device, long seed, Function<float[][], Validation> validator) {
    /** The mean overall rating of the train rows, mu. */
    double mean() {
      return Arrays.stream(split.train()).mapToDouble(split.data()::overall).average().orElse(3);
    }

    int users() {
      return split.data().users().size();
    }

    int items() {
      return split.data().items().size();
    }
  }

  /**
   * A batch of pairs.
   *
   * @param users user numbers, B
   * @param items item numbers, B
   * @param user the same as int64, (B)
   * @param item the same as int64, (B)
   */
  record Pairs(int[] users, int[] items, NDArray user, NDArray item) {}

  PairRatings(Setup setup, int batchSize, Parameters.Builder described) {
    this.split = setup.split();
    this.batchSize = batchSize;
    this.validator = setup.validator();
    this.manager = NDManager.newBaseManager(setup.device());
    this.parameters = described.build(manager, setup.device(), setup.seed());
  }

  /**
   * Rates pairs.
   *
   * @param weights the parameters
   * @param pairs B of them
   * @param training whether dropout is on
   * @return not clipped, (B)
   */
  abstract NDArray rate(Weights weights, Pairs pairs, boolean training);

  /**
   * The loss to follow down; the squared error alone unless a baseline adds to it.
   *
   * @param weights the parameters
   * @param pairs of the batch
   * @param error mean squared error of the batch, a scalar
   * @return a scalar
   */
  NDArray objective(Weights weights, Pairs pairs, NDArray error) {
    return error;
  }

  /** Starts the sequence of dropout masks of an epoch, where a baseline has any. */
  void seedDropout(long seed) {}

  /** Owner of what lives as long as the model. */
  final NDManager manager() {
    return manager;
  }

  /** The rows it learns from. */
  final Split split() {
    return split;
  }

  @Override
  public final Parameters parameters() {
    return parameters;
  }

  @Override
  public final int beginEpoch(long seed) {
    seedDropout(seed);
    order = Shuffle.of(split.train(), seed);
    return (order.length + batchSize - 1) / batchSize;
  }

  @Override
  public final int examples(int step) {
    return Math.min(batchSize, order.length - step * batchSize);
  }

  @Override
  public final Loss loss(int step, Weights weights) {
    int from = step * batchSize;
    int[] rows = Arrays.copyOfRange(order, from, from + examples(step));
    float[] truth = new float[rows.length];
    for (int n = 0; n < rows.length; n++) {
      truth[n] = split.data().overall(rows[n]);
    }
    Pairs pairs = pairs(numbers(rows, split.data()::user), numbers(rows, split.data()::item));
    NDArray predicted = rate(weights, pairs, true); // (B)
    NDArray error = Layers.meanSquaredError(predicted, manager.create(truth));
    return new Loss(objective(weights, pairs, error), Map.of("overall", error));
  }

  @Override
  public final Validation validate() {
    Interactions data = split.data();
    return validator.apply(
        predict(numbers(split.validation(), data::user), numbers(split.validation(), data::item)));
  }

  @Override
  public final float[][] predict(int[] users, int[] items) {
    float[] ratings = new float[users.length];
    for (int from = 0; from < users.length; from += CHUNK) {
      int to = Math.min(users.length, from + CHUNK);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        Pairs pairs =
            pairs(Arrays.copyOfRange(users, from, to), Arrays.copyOfRange(items, from, to));
        float[] part = rate(parameters.frozen(), pairs, false).toFloatArray();
        System.arraycopy(part, 0, ratings, from, part.length);
      }
    }
    return new float[][] {ratings};
  }

  /** A batch of pairs that lives as long as the scope that is open. */
  final Pairs pairs(int[] users, int[] items) {
    return new Pairs(users, items, manager.create(wide(users)), manager.create(wide(items)));
  }

  private static int[] numbers(int[] rows, IntUnaryOperator number) {
    return Arrays.stream(rows).map(number).toArray();
  }

  private static long[] wide(int[] numbers) {
    return Arrays.stream(numbers).asLongStream().toArray();
  }

  @Override
  public void save(Path file) {
    parameters.save(file);
  }

  @Override
  public void load(Path file) {
    parameters.load(file);
  }

  @Override
  public void close() {
    parameters.close();
    manager.close();
  }
}
