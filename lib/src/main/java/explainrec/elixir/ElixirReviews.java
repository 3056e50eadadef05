package explainrec.elixir;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import explainrec.data.InputException;
import explainrec.data.Interactions;
import explainrec.data.Progress;
import explainrec.data.Split;
import explainrec.nn.Batches;
import explainrec.nn.Parameters;
import explainrec.nn.Shuffle;
import explainrec.nn.Trainable;
import explainrec.nn.Weights;
import explainrec.t5.LanguageModel;
import explainrec.t5.T5;
import explainrec.t5.T5Tokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * ELIXIR's review module on a split: trains by the kit's one loop, and writes.
 *
 * <p>A batch holds reviews of similar length, so that little of it is padding ({@link Batches}).
 *
 * <p>Shapes: B batch, A aspects, n vectors of width d.
 */
public final class ElixirReviews implements Trainable, AutoCloseable {
  private static final int WRITTEN_AT_ONCE = 64;
  private static final int SCORED_AT_ONCE = 32;

  private final Split split;
  private final ReviewSettings settings;
  private final ReviewValidator validator;
  private final NDManager manager;
  private final RatingNetwork network;
  private final EntityVectors frozenVectors; // null in joint training
  private final ReviewModule module;
  private final Parameters parameters;
  private final Map<Integer, int[]> labels; // of train and validation rows
  private final int[] sample; // validation rows that are written
  private int[][] batches;

  /**
   * Makes an untrained module.
   *
   * @param split train, validation and test rows
   * @param ratings the trained rating module, which stays as it is; null to train both jointly
   * @param ratingSettings of the rating module
   * @param settings of the review module
   * @param lm the language model; it must outlive this
   * @param device where it computes
   * @param seed of the random start and of the validation sample
   * @param validator judges the written validation sample
   */
  public ElixirReviews(
      Split split,
      ElixirRatings ratings,
      RatingSettings ratingSettings,
      ReviewSettings settings,
      LanguageModel lm,
      Device device,
      long seed,
      ReviewValidator validator) {
    Interactions data = split.data();
    this.split = split;
    this.settings = settings;
    this.validator = validator;
    this.manager = NDManager.newBaseManager(device);
    int a = data.aspects().size();
    this.network = new RatingNetwork(manager, a, ratingSettings);
    this.labels = encode(lm);
    int vectors = ratingSettings.vectors(a);
    this.module =
        new ReviewModule(manager, lm, settings, vectors, ratingSettings.width(), frequent(lm));
    Parameters.Builder builder = Parameters.builder();
    module.describe(builder);
    boolean joint = settings.training().equals("joint");
    if (joint) {
      network.describe(builder, data.users().size(), data.items().size());
    }
    this.parameters = builder.build(manager, device, seed);
    this.frozenVectors = joint ? null : vectors(manager, ratings.parameters().frozen());
    this.sample = Shuffle.some(split.validation(), settings.selectSample(), seed);
  }

  private Map<Integer, int[]> encode(LanguageModel lm) {
    Map<Integer, int[]> encoded = new LinkedHashMap<>();
    for (int[] rows : new int[][] {split.train(), split.validation(), split.test()}) {
      List<int[]> ids =
          lm.tokenizer().encode(Arrays.stream(rows).mapToObj(split.data()::text).toList());
      for (int n = 0; n < rows.length; n++) {
        if (ids.get(n).length < 2) {
          throw new InputException(
              split.data().name()
                  + ": the review of user "
                  + split.data().users().get(split.data().user(rows[n]))
                  + " on item "
                  + split.data().items().get(split.data().item(rows[n]))
                  + " has no words the language model knows; leave such rows out of the data");
        }
        encoded.put(rows[n], T5Tokenizer.cut(ids.get(n), settings.maxTokens()));
      }
    }
    return encoded;
  }

  /** Ids of the eta most frequent words of train; some come twice when there are fewer. */
  private long[] frequent(LanguageModel lm) {
    int[] counts = new int[lm.t5().config().vocabulary()];
    for (int row : split.train()) {
      for (int id : labels.get(row)) {
        counts[id]++;
      }
    }
    counts[lm.t5().config().end()] = 0;
    int[] seen =
        IntStream.range(0, counts.length)
            .filter(id -> counts[id] > 0)
            .boxed()
            .sorted(Comparator.comparingInt((Integer id) -> -counts[id]).thenComparing(id -> id))
            .mapToInt(id -> id)
            .toArray();
    long[] chosen = new long[settings.promptTokens()];
    Arrays.setAll(chosen, k -> seen[k % seen.length]);
    return chosen;
  }

  private EntityVectors vectors(NDManager owner, Weights ratingWeights) {
    return new EntityVectors(
        owner, network, ratingWeights, split.data().users().size(), split.data().items().size());
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public int beginEpoch(long seed) {
    network.seedDropout(seed);
    module.seedDropout(seed + 1);
    batches =
        Batches.byLength(
            split.train(), row -> labels.get(row).length, settings.reviewBatchSize(), seed);
    return batches.length;
  }

  @Override
  public int examples(int step) {
    return batches[step].length;
  }

  @Override
  public Loss loss(int step, Weights weights) {
    int[] rows = batches[step];
    T5.Mean mean = settings.lossMean().equals("reviews") ? T5.Mean.REVIEWS : T5.Mean.TOKENS;
    NDArray users = manager.create(numbers(rows, split.data()::user));
    NDArray items = manager.create(numbers(rows, split.data()::item));
    if (frozenVectors != null) {
      NDArray loss = module.loss(weights, frozenVectors.of(users, items), labels(rows), mean, true);
      return new Loss(loss, Map.of());
    }
    RatingModule.Forward forward = network.forward(weights, users, items, true);
    RatingModule.Loss rating = ratingLoss(forward, rows);
    NDArray review = module.loss(weights, EntityVectors.of(forward), labels(rows), mean, true);
    Map<String, NDArray> parts = new LinkedHashMap<>(rating.parts());
    parts.put("review", review);
    return new Loss(rating.total().add(review), parts);
  }

  private RatingModule.Loss ratingLoss(RatingModule.Forward forward, int[] rows) {
    Interactions data = split.data();
    int a = network.aspects();
    float[] overall = new float[rows.length];
    float[] aspects = new float[a * rows.length]; // (A, B)
    for (int k = 0; k < rows.length; k++) {
      overall[k] = data.overall(rows[k]);
      for (int aspect = 0; aspect < a; aspect++) {
        aspects[aspect * rows.length + k] = data.aspect(rows[k], aspect);
      }
    }
    return network.loss(
        forward,
        manager.create(overall),
        a == 0 ? null : manager.create(aspects, new Shape(a, rows.length)));
  }

  private static long[] numbers(int[] rows, IntUnaryOperator number) {
    return Arrays.stream(rows).map(number).asLongStream().toArray();
  }

  private int[][] labels(int[] rows) {
    return Arrays.stream(rows).mapToObj(labels::get).toArray(int[][]::new);
  }

  @Override
  public Validation validate() {
    double sum = 0;
    for (double loss : losses(split.validation())) {
      sum += loss;
    }
    int[] users = Arrays.stream(sample).map(split.data()::user).toArray();
    int[] items = Arrays.stream(sample).map(split.data()::item).toArray();
    return validator.score(
        sample, write(users, items, Progress.SILENT), sum / split.validation().length);
  }

  /**
   * How surprising real reviews are.
   *
   * @param rows of the split
   * @return mean negative log-likelihood of each review's tokens, end included, (N)
   */
  public double[] losses(int[] rows) {
    double[] losses = new double[rows.length];
    Weights weights = parameters.frozen();
    try (NDManager temporary = manager.newSubManager()) {
      EntityVectors vectors = vectorsNow(temporary, weights);
      Map<Integer, Integer> places = new LinkedHashMap<>();
      for (int n = 0; n < rows.length; n++) {
        places.put(rows[n], n);
      }
      int[] sorted = Batches.sorted(rows, row -> labels.get(row).length);
      for (int from = 0; from < sorted.length; from += SCORED_AT_ONCE) {
        int[] part =
            Arrays.copyOfRange(sorted, from, Math.min(sorted.length, from + SCORED_AT_ONCE));
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          NDArray inputs =
              vectors.of(
                  manager.create(numbers(part, split.data()::user)),
                  manager.create(numbers(part, split.data()::item)));
          float[] found = module.losses(weights, inputs, labels(part));
          for (int k = 0; k < part.length; k++) {
            losses[places.get(part[k])] = found[k];
          }
        }
      }
    }
    return losses;
  }

  /**
   * Writes reviews.
   *
   * @param userNumbers (N)
   * @param itemNumbers (N)
   * @param progress hears how many are written
   * @return a text a pair
   */
  public List<String> write(int[] userNumbers, int[] itemNumbers, Progress progress) {
    String[] texts = new String[userNumbers.length];
    Weights weights = parameters.frozen();
    try (NDManager temporary = manager.newSubManager()) {
      EntityVectors vectors = vectorsNow(temporary, weights);
      for (int from = 0; from < texts.length; from += WRITTEN_AT_ONCE) {
        int to = Math.min(texts.length, from + WRITTEN_AT_ONCE);
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          NDArray inputs =
              vectors.of(
                  manager.create(numbers(Arrays.copyOfRange(userNumbers, from, to), n -> n)),
                  manager.create(numbers(Arrays.copyOfRange(itemNumbers, from, to), n -> n)));
          System.arraycopy(module.write(weights, inputs), 0, texts, from, to - from);
        }
        progress.update("writing reviews", to, texts.length);
      }
    }
    return List.of(texts);
  }

  /** The frozen vectors or, in joint training, those of the present parameters. */
  private EntityVectors vectorsNow(NDManager temporary, Weights weights) {
    return frozenVectors != null ? frozenVectors : vectors(temporary, weights);
  }

  /**
   * The module as a policy over token ids. The rating module has to be frozen.
   *
   * @return lives as long as this
   */
  public ReviewPolicy policy() {
    if (frozenVectors == null) {
      throw new IllegalStateException("the rating module is trained jointly");
    }
    return new ReviewPolicy(manager, module, frozenVectors);
  }

  /**
   * Counts what is trained.
   *
   * @return numbers by part: {@code psi}, {@code lm} where it is trained, {@code rating} in joint
   *     training
   */
  public Map<String, Long> sizes() {
    Map<String, Long> sizes = new LinkedHashMap<>(module.sizes());
    if (frozenVectors == null) {
      Parameters.Builder rating = Parameters.builder();
      network.describe(rating, split.data().users().size(), split.data().items().size());
      sizes.put("rating", rating.count());
    }
    return sizes;
  }

  /**
   * Saves the trained parameters as safetensors.
   *
   * @param file where to
   */
  public void save(Path file) {
    parameters.save(file);
  }

  /**
   * Loads parameters saved by {@link #save} under the same settings and data.
   *
   * @param file where from
   */
  public void load(Path file) {
    parameters.load(file);
  }

  @Override
  public void close() {
    parameters.close();
    manager.close();
  }
}
