package explainrec.mmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import explainrec.data.InputException;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Shuffle;
import explainrec.nn.Trainable;
import explainrec.nn.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Training of T on pairs (e_n, y_n). Joint pairs are the given ones; marginal pairs have y permuted
 * in the batch. With J and M the values of T on a batch's joint and marginal pairs, the bounds that
 * are raised are
 *
 * <ul>
 *   <li>{@code dv} (Donsker and Varadhan 1983; Belghazi et al. 2018, eq. 10-12): mean J - log mean
 *       exp M. The gradient of the logarithm has the batch's mean exp M below the fraction, which
 *       biases it; the moving average m takes its place: loss = -(mean J - mean exp M / m), where m
 *       <- (1 - a) m + a mean exp M before it is used, and no gradient goes through m;
 *   <li>{@code infonce} (van den Oord et al. 2018): mean over n of J_n - log of the mean of exp
 *       T(e_n, y) over y_n and up to 31 other y of the batch; it cannot exceed log 32;
 *   <li>{@code nwj} (Nguyen, Wainwright and Jordan 2010): mean J - mean exp(M - 1).
 * </ul>
 *
 * <p>Shapes: N pairs, B batch, P values of y a pair, the first its own, d width of e, k of y.
 */
final class MineTraining implements Trainable, AutoCloseable {
  private static final int OTHERS = 31; // of InfoNCE
  private static final int VALIDATED = 16; // other y's of each held-out pair

  private final StatisticsNetwork network;
  private final MineSettings settings;
  private final Parameters parameters;
  private final NDManager manager;
  private final NDArray explanations; // (N, d)
  private final NDArray table; // vectors of y, (C, k)
  private final int[] classes; // (N)
  private final int[] train; // places among the N
  private final int[] heldOut;
  private double average; // m
  private long steps; // of all epochs
  private int epochs;
  private NDManager epoch;
  private NDList places; // of the explanations, one (B) a step
  private NDList values; // of the y's, one (P, B) a step

  /**
   * Gathers the pairs once.
   *
   * @param network T
   * @param settings objective, batch and held-out share
   * @param parameters T's
   * @param e vectors of explanations, (N, d)
   * @param y vectors that y takes, (C, k)
   * @param classes number of each explanation's y, (N)
   * @param seed of what is held out
   */
  MineTraining(
      StatisticsNetwork network,
      MineSettings settings,
      Parameters parameters,
      float[][] e,
      float[][] y,
      int[] classes,
      long seed) {
    this.network = network;
    this.settings = settings;
    this.parameters = parameters;
    this.classes = classes;
    manager = NDManager.newBaseManager(parameters.device());
    epoch = manager.newSubManager();
    explanations = array(manager, e);
    table = array(manager, y);
    int[] order = Shuffle.of(IntStream.range(0, e.length).toArray(), seed);
    int held = (int) (settings.mineHeldOut() * e.length);
    heldOut = held < 2 ? new int[0] : Arrays.copyOf(order, held);
    train = Arrays.copyOfRange(order, heldOut.length, order.length);
    Arrays.sort(train);
    average = parameters.frozen().get(StatisticsNetwork.AVERAGE).getFloat(0);
  }

  /** One array of many rows, (N, d). */
  static NDArray array(NDManager manager, float[][] rows) {
    int width = rows[0].length;
    float[] flat = new float[Math.multiplyExact(rows.length, width)];
    for (int n = 0; n < rows.length; n++) {
      System.arraycopy(rows[n], 0, flat, n * width, width);
    }
    return manager.create(flat, new Shape(rows.length, width));
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public int beginEpoch(long seed) {
    int[] order = Shuffle.of(train, seed);
    int batch = settings.mineBatchSize();
    // A single pair that is left over has no other y.
    int count = order.length / batch + (order.length % batch > 1 ? 1 : 0);
    SplittableRandom random = new SplittableRandom(seed + 1);
    epoch.close();
    epoch = manager.newSubManager();
    places = new NDList();
    values = new NDList();
    for (int step = 0; step < count; step++) {
      int[] part =
          Arrays.copyOfRange(order, step * batch, Math.min(order.length, (step + 1) * batch));
      places.add(epoch.create(Arrays.stream(part).asLongStream().toArray()));
      values.add(
          settings.objective().equals("infonce")
              ? shifted(epoch, part, OTHERS, random.nextLong())
              : permuted(part, random.nextLong()));
    }
    return count;
  }

  /** Each pair's own y, then the y's permuted, (2, B). */
  private NDArray permuted(int[] part, long seed) {
    int[] order = Shuffle.of(part, seed);
    long[] numbers = new long[2 * part.length];
    for (int n = 0; n < part.length; n++) {
      numbers[n] = classes[part[n]];
      numbers[part.length + n] = classes[order[n]];
    }
    return epoch.create(numbers, new Shape(2, part.length));
  }

  /** Each pair's own y, then those of others a distance further on, never its own, (P, B). */
  private NDArray shifted(NDManager target, int[] part, int most, long seed) {
    int size = part.length;
    int[] distances = Shuffle.of(IntStream.range(1, size).toArray(), seed);
    int others = Math.min(most, distances.length);
    long[] numbers = new long[(others + 1) * size];
    for (int p = 0; p <= others; p++) {
      int distance = p == 0 ? 0 : distances[p - 1];
      for (int n = 0; n < size; n++) {
        numbers[p * size + n] = classes[part[(n + distance) % size]];
      }
    }
    return target.create(numbers, new Shape(others + 1, size));
  }

  @Override
  public int examples(int step) {
    return (int) places.get(step).size();
  }

  @Override
  public Loss loss(int step, Weights weights) {
    return loss(values(weights, places.get(step), values.get(step)));
  }

  /** The loss of a batch's T, the first row that of the joint pairs, (P, B). */
  Loss loss(NDArray t) {
    steps++;
    NDList split = t.split(new long[] {1});
    NDArray joint = split.get(0).mean();
    NDArray exp = split.get(1).exp().mean();
    double mean = exp.getFloat();
    if (!Double.isFinite(mean) || !Float.isFinite(joint.getFloat())) {
      throw new InputException(
          "MINE: T is no longer a number at step "
              + steps
              + " ("
              + settings.objective()
              + ");"
              + " the last whole epoch is kept; use a smaller mineLearningRate");
    }
    NDArray bound =
        switch (settings.objective()) {
          case "infonce" -> infoNce(t);
          // mean exp(M - 1) = mean exp M / e
          case "nwj" -> joint.sub(Layers.divide(exp, Math.E));
          default -> {
            double share = settings.mineMovingAverage();
            average = (1 - share) * average + share * mean;
            yield joint.sub(Layers.divide(exp, average));
          }
        };
    Map<String, NDArray> parts = new LinkedHashMap<>();
    parts.put("bound", settings.objective().equals("dv") ? joint.sub(exp.log()) : bound);
    return new Loss(bound.neg(), parts);
  }

  private static NDArray infoNce(NDArray t) {
    NDArray all = t.logSoftmax(0).split(new long[] {1}).get(0); // log of own share, (1, B)
    return all.mean().add((float) Math.log(t.getShape().get(0)));
  }

  private NDArray values(Weights weights, NDArray place, NDArray value) {
    NDArray e = Layers.embed(place, explanations); // (B, d)
    return network.pairs(weights, e, Layers.embed(value, table));
  }

  /**
   * The score is the bound on what is held out, turned; with nothing held out each epoch is better
   * than the one before, and the last is kept.
   */
  @Override
  public Validation validate() {
    epochs++;
    // m goes with T: whoever goes on later, or back to this epoch, goes on with it.
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      parameters.frozen().get(StatisticsNetwork.AVERAGE).set(new NDIndex(":"), (float) average);
      if (heldOut.length == 0) {
        return new Validation(-epochs, Map.of());
      }
      double bound = bound(heldOut, VALIDATED).bound(settings.objective());
      return new Validation(-bound, Map.of("heldOut", bound));
    }
  }

  /** What T says of some pairs, each with its own y and some others. */
  private Scored bound(int[] part, int others) {
    NDArray place = epoch.create(Arrays.stream(part).asLongStream().toArray());
    NDArray t = values(parameters.frozen(), place, shifted(epoch, part, others, 0)); // (P, B)
    float[][] rows = new float[(int) t.getShape().get(0)][];
    Arrays.setAll(rows, p -> t.get(p).toFloatArray());
    return Scored.ofPairs(rows);
  }

  @Override
  public void close() {
    manager.close();
  }
}
