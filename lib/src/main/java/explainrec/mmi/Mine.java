package explainrec.mmi;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import explainrec.data.InputException;
import explainrec.nn.Checkpoint;
import explainrec.nn.Optimization;
import explainrec.nn.Parameters;
import explainrec.nn.Shuffle;
import explainrec.nn.Trainer;
import explainrec.nn.TrainingListener;
import explainrec.nn.TrainingState;
import explainrec.nn.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * MINE (Belghazi et al. 2018), as MMI uses it: a neural network T(e, y) over the vector of an
 * explanation and that of a value y (a rating, a feature), trained so that a lower bound of the
 * mutual information I(Y;E) becomes as high as it can; see {@link MineSettings} for the bounds. The
 * y's are few and known, so that {@link #scores} has T of each of them at once, and bounds and
 * rewards have exact marginals.
 *
 * <p>Shapes: N explanations, C values of y, d width of an explanation's vector, k of a y's.
 */
public final class Mine implements AutoCloseable {
  private static final int AT_ONCE = 1 << 20; // numbers of a hidden layer

  private final String name;
  private final Targets targets;
  private final MineSettings settings;
  private final StatisticsNetwork network;
  private final NDManager manager;
  private final Parameters parameters;
  private final NDArray table; // (C, k)

  /**
   * Makes an untrained estimator.
   *
   * @param name what it estimates, for errors, such as {@code I(R;E)}
   * @param width d
   * @param targets the values of y
   * @param hidden width of both hidden layers
   * @param settings the rest
   * @param device where it computes
   * @param seed of T's random start
   */
  public Mine(
      String name,
      int width,
      Targets targets,
      int hidden,
      MineSettings settings,
      Device device,
      long seed) {
    this.name = name;
    this.targets = targets;
    this.settings = settings;
    this.network = new StatisticsNetwork(width, targets.width(), hidden);
    this.manager = NDManager.newBaseManager(device);
    this.parameters = network.describe(settings.mineWeightSpread()).build(manager, device, seed);
    this.table = MineTraining.array(manager, targets.vectors());
  }

  /** The values of y. */
  public Targets targets() {
    return targets;
  }

  /** What is trained; with m, the moving average of the correction. */
  public Parameters parameters() {
    return parameters;
  }

  /**
   * Trains T, from where it stands, on the given pairs.
   *
   * @param vectors of the explanations, (N)
   * @param classes number of each one's y, (N); pairs with -1 are left out
   * @param epochs how many
   * @param seed of the order, and of what is held out
   * @param listeners hear of every step and epoch; {@code bound} is the mean over batches of the
   *     objective's bound, {@code heldOut} the bound on what is held out, in nats
   * @return the epochs, and the one that was kept
   * @throws InputException when there are fewer than two values of y, or T is no longer a number:
   *     then T is as it was after the last whole epoch
   */
  public Trainer.Outcome fit(
      List<float[]> vectors,
      int[] classes,
      int epochs,
      long seed,
      List<? extends TrainingListener> listeners) {
    int[] known = IntStream.range(0, classes.length).filter(n -> classes[n] >= 0).toArray();
    int[] values = Arrays.stream(known).map(n -> classes[n]).distinct().toArray();
    if (values.length < 2) {
      throw new InputException(
          name
              + (": at least two different values of y are needed, the explanations have ")
              + (values.length == 0 ? "none" : "only \"" + targets.names().get(values[0]) + "\"")
              + "; use more or other reviews");
    }
    float[][] e = Arrays.stream(known).mapToObj(vectors::get).toArray(float[][]::new);
    int[] y = Arrays.stream(known).map(n -> classes[n]).toArray();
    return fit(e, targets.vectors(), y, epochs, seed, listeners);
  }

  /**
   * Trains T on pairs of vectors, each with a y of its own, as real-valued y are.
   *
   * @param e first of each pair, (N, d)
   * @param y second, (N, k)
   * @param epochs how many
   * @param seed of the order, and of what is held out
   * @param listeners as above
   * @return the epochs, and the one that was kept
   * @throws InputException when T is no longer a number, as above
   */
  public Trainer.Outcome fit(
      float[][] e, float[][] y, int epochs, long seed, List<? extends TrainingListener> listeners) {
    return fit(e, y, IntStream.range(0, y.length).toArray(), epochs, seed, listeners);
  }

  private Trainer.Outcome fit(
      float[][] e,
      float[][] y,
      int[] classes,
      int epochs,
      long seed,
      List<? extends TrainingListener> listeners) {
    float[][] kept = {parameters.values()};
    List<TrainingListener> all = new ArrayList<>();
    all.add(
        new TrainingListener() {
          @Override
          public void onEpoch(TrainingState state) {
            kept[0] = parameters.values();
          }
        });
    all.addAll(listeners);
    Optimization adam = Optimization.adam(settings.mineLearningRate());
    try (MineTraining training =
        new MineTraining(network, settings, parameters, e, y, classes, seed)) {
      return new Trainer(adam, epochs, seed, all).train(training, Checkpoint.NONE);
    } catch (InputException diverged) {
      parameters.set(kept[0]);
      throw new InputException(name + ": " + diverged.getMessage(), diverged);
    }
  }

  /**
   * T of explanations with every y.
   *
   * @param vectors of the explanations, (N)
   * @return T(e_n, y), (N, C)
   */
  public float[][] scores(List<float[]> vectors) {
    return scores(vectors, table);
  }

  /**
   * T of explanations with some y.
   *
   * @param vectors of the explanations, (N)
   * @param classes numbers of the y's, (P)
   * @return T(e_n, y_p), (N, P)
   */
  public float[][] scores(List<float[]> vectors, int[] classes) {
    try (NDManager local = manager.newSubManager()) {
      float[][] some =
          Arrays.stream(classes).mapToObj(c -> targets.vectors()[c]).toArray(float[][]::new);
      return scores(vectors, MineTraining.array(local, some));
    }
  }

  private float[][] scores(List<float[]> vectors, NDArray ys) {
    int count = (int) ys.getShape().get(0);
    float[][] scores = new float[vectors.size()][count];
    Weights weights = parameters.frozen();
    int block = Math.max(1, AT_ONCE / (count * network.hidden()));
    for (int from = 0; from < scores.length; from += block) {
      int to = Math.min(scores.length, from + block);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray e = MineTraining.array(manager, vectors.subList(from, to).toArray(float[][]::new));
        float[] t = network.all(weights, e, ys).toFloatArray(); // (B C)
        for (int n = from; n < to; n++) {
          System.arraycopy(t, (n - from) * count, scores[n], 0, count);
        }
      }
    }
    return scores;
  }

  /**
   * Scores explanations, with the exact marginal over y.
   *
   * @param vectors of the explanations, (N)
   * @param classes number of each one's y, -1 for none, (N)
   * @return the parts of the bound
   */
  public Scored score(List<float[]> vectors, int[] classes) {
    return Scored.of(scores(vectors), classes);
  }

  /**
   * Scores pairs of vectors; the marginal is over the y's of {@code others} pairs further on, in an
   * order of the seed.
   *
   * @param e first of each pair, (N, d)
   * @param y second, (N, k)
   * @param others how many, below N
   * @param seed of the order
   * @return the parts of the bound, in that order
   */
  public Scored score(float[][] e, float[][] y, int others, long seed) {
    int[] order = Shuffle.of(IntStream.range(0, e.length).toArray(), seed);
    float[][] ordered = Arrays.stream(order).mapToObj(n -> e[n]).toArray(float[][]::new);
    float[][] t = new float[others + 1][e.length]; // (P, N)
    Weights weights = parameters.frozen();
    int block = Math.max(1, AT_ONCE / network.hidden());
    for (int p = 0; p <= others; p++) {
      for (int from = 0; from < e.length; from += block) {
        int to = Math.min(e.length, from + block);
        int start = from + p;
        float[][] some =
            IntStream.range(start, start + to - from)
                .mapToObj(n -> y[order[n % order.length]])
                .toArray(float[][]::new);
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          NDArray left = MineTraining.array(manager, Arrays.copyOfRange(ordered, from, to));
          NDArray right = MineTraining.array(manager, some).expandDims(0); // (1, B, k)
          float[] found = network.pairs(weights, left, right).toFloatArray();
          System.arraycopy(found, 0, t[p], from, found.length);
        }
      }
    }
    return Scored.ofPairs(t);
  }

  /**
   * Saves T and m.
   *
   * @param file where to
   */
  public void save(Path file) {
    parameters.save(file);
  }

  /**
   * Loads what {@link #save} wrote.
   *
   * @param file where from
   * @throws InputException when it is not there, or of other sizes
   */
  public void load(Path file) {
    parameters.load(file);
  }

  @Override
  public void close() {
    manager.close();
  }
}
