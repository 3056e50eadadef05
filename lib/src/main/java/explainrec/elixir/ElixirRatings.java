package explainrec.elixir;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import explainrec.data.Interactions;
import explainrec.data.Split;
import explainrec.nn.Parameters;
import explainrec.nn.RatingLearner;
import explainrec.nn.Shuffle;
import explainrec.nn.Weights;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * ELIXIR's rating module on a split: trains by the kit's one loop, predicts, and shows its
 * attention.
 *
 * <p>All rows are tensors from the start; an epoch permutes them once, and its batches are views.
 */
public final class ElixirRatings implements RatingLearner {
  private static final int CHUNK = 1024;

  private final Split split;
  private final RatingSettings settings;
  private final Function<float[][], Validation> validator;
  private final NDManager manager;
  private final RatingModule module;
  private NDManager epoch;
  private NDList users; // one (B) a step
  private NDList items; // one (B) a step
  private NDList overall; // one (B) a step
  private NDList aspects; // one (A, B) a step; null in no-aspects

  /**
   * Makes an untrained module for a split.
   *
   * @param split train, validation and test rows
   * @param settings of the module
   * @param device where it computes
   * @param seed of its random start
   * @param validator scores the predictions of the validation rows, (A + 1, N)
   */
  public ElixirRatings(
      Split split,
      RatingSettings settings,
      Device device,
      long seed,
      Function<float[][], Validation> validator) {
    Interactions data = split.data();
    this.split = split;
    this.settings = settings;
    this.validator = validator;
    this.manager = NDManager.newBaseManager(device);
    this.epoch = manager.newSubManager();
    this.module =
        new RatingModule(
            manager,
            device,
            data.users().size(),
            data.items().size(),
            data.aspects().size(),
            settings,
            seed);
  }

  @Override
  public Parameters parameters() {
    return module.parameters();
  }

  @Override
  public int beginEpoch(long seed) {
    module.seedDropout(seed);
    int[] order = Shuffle.of(split.train(), seed);
    Interactions data = split.data();
    int n = order.length;
    int a = module.aspects();
    long[] userNumbers = new long[n];
    long[] itemNumbers = new long[n];
    float[] overallRatings = new float[n];
    float[] aspectRatings = new float[a * n]; // (A, N)
    for (int k = 0; k < n; k++) {
      userNumbers[k] = data.user(order[k]);
      itemNumbers[k] = data.item(order[k]);
      overallRatings[k] = data.overall(order[k]);
      for (int aspect = 0; aspect < a; aspect++) {
        aspectRatings[aspect * n + k] = data.aspect(order[k], aspect);
      }
    }
    epoch.close();
    epoch = manager.newSubManager();
    long[] cuts = new long[(n - 1) / settings.batchSize()];
    for (int c = 0; c < cuts.length; c++) {
      cuts[c] = (long) (c + 1) * settings.batchSize();
    }
    users = epoch.create(userNumbers).split(cuts);
    items = epoch.create(itemNumbers).split(cuts);
    overall = epoch.create(overallRatings).split(cuts);
    aspects = a == 0 ? null : epoch.create(aspectRatings, new Shape(a, n)).split(cuts, 1);
    return users.size();
  }

  @Override
  public int examples(int step) {
    return (int) users.get(step).size();
  }

  @Override
  public Loss loss(int step, Weights weights) {
    RatingModule.Forward forward = module.forward(weights, users.get(step), items.get(step), true);
    RatingModule.Loss loss =
        module.loss(forward, overall.get(step), aspects == null ? null : aspects.get(step));
    return new Loss(loss.total(), loss.parts());
  }

  @Override
  public Validation validate() {
    int[] rows = split.validation();
    Interactions data = split.data();
    int[] u = new int[rows.length];
    int[] i = new int[rows.length];
    for (int k = 0; k < rows.length; k++) {
      u[k] = data.user(rows[k]);
      i[k] = data.item(rows[k]);
    }
    return validator.apply(predict(u, i));
  }

  @Override
  public float[][] predict(int[] userNumbers, int[] itemNumbers) {
    float[][] ratings = new float[module.aspects() + 1][userNumbers.length];
    for (int from = 0; from < userNumbers.length; from += CHUNK) {
      int size = Math.min(CHUNK, userNumbers.length - from);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        RatingModule.Forward forward = forward(userNumbers, itemNumbers, from, size);
        float[] flat = forward.ratings().toFloatArray(); // (A + 1, B)
        for (int head = 0; head < ratings.length; head++) {
          System.arraycopy(flat, head * size, ratings[head], from, size);
        }
      }
    }
    return ratings;
  }

  /**
   * How much each aspect matters to users, and to items (alpha of eq. 3).
   *
   * @param userNumbers (N)
   * @param itemNumbers (N)
   * @return for users, then for items: one row an entity, summing to 1; (2, N, A)
   * @throws IllegalStateException when this variant has no attention
   */
  public float[][][] attention(int[] userNumbers, int[] itemNumbers) {
    if (!settings.variant().equals("full")) {
      throw new IllegalStateException("variant " + settings.variant() + " has no attention");
    }
    int n = userNumbers.length;
    int a = module.aspects();
    float[][][] alpha = new float[2][n][a];
    for (int from = 0; from < n; from += CHUNK) {
      int size = Math.min(CHUNK, n - from);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        float[] flat = forward(userNumbers, itemNumbers, from, size).attention().toFloatArray();
        for (int k = 0; k < 2 * a * size; k++) { // (S, A, B)
          alpha[k / (a * size)][from + k % size][k / size % a] = flat[k];
        }
      }
    }
    return alpha;
  }

  /**
   * The aspect vectors of users (a_u of eq. 2).
   *
   * @param userNumbers (N)
   * @return one vector an aspect and user, (A, N, d)
   * @throws IllegalStateException when this variant has no aspect vectors
   */
  public float[][][] aspectVectors(int[] userNumbers) {
    int n = userNumbers.length;
    int d = settings.width();
    float[][][] vectors = new float[module.aspects()][n][d];
    int[] items = new int[n]; // any: a user's vectors do not depend on the item
    for (int from = 0; from < n; from += CHUNK) {
      int size = Math.min(CHUNK, n - from);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray aspects = forward(userNumbers, items, from, size).aspects(); // (S, A, B, d)
        if (aspects == null) {
          throw new IllegalStateException("variant " + settings.variant() + " has no aspects");
        }
        float[] flat = aspects.get(0).toFloatArray();
        for (int k = 0; k < flat.length / d; k++) { // (A, B, d)
          System.arraycopy(flat, k * d, vectors[k / size][from + k % size], 0, d);
        }
      }
    }
    return vectors;
  }

  private RatingModule.Forward forward(int[] u, int[] i, int from, int size) {
    long[] userPart = new long[size];
    long[] itemPart = new long[size];
    for (int k = 0; k < size; k++) {
      userPart[k] = u[from + k];
      itemPart[k] = i[from + k];
    }
    NDArray userArray = manager.create(userPart);
    NDArray itemArray = manager.create(itemPart);
    return module.forward(module.parameters().frozen(), userArray, itemArray, false);
  }

  @Override
  public void save(Path file) {
    module.parameters().save(file);
  }

  @Override
  public void load(Path file) {
    module.parameters().load(file);
  }

  @Override
  public void close() {
    epoch.close();
    module.close();
    manager.close();
  }
}
