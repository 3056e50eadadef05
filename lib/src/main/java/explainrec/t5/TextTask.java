package explainrec.t5;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import explainrec.nn.Parameters;
import explainrec.nn.Shuffle;
import explainrec.nn.Trainable;
import explainrec.nn.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Texts and an objective, as the training loop needs them: every epoch asks other questions. */
final class TextTask implements Trainable {
  private static final int POOL = 32; // batches that are sorted by length together

  private final T5 t5;
  private final Parameters parameters;
  private final Device device;
  private final Objective objective;
  private final List<int[]> train;
  private final List<Example> validation;
  private final int batchSize;
  private List<List<Example>> batches = List.of();

  /**
   * @param t5 the model
   * @param parameters its weights
   * @param objective what is asked for
   * @param train ids of each text, the end id last
   * @param validation the same of the texts to validate on; asked the same questions every time
   * @param batchSize texts a step
   */
  TextTask(
      T5 t5,
      Parameters parameters,
      Objective objective,
      List<int[]> train,
      List<int[]> validation,
      int batchSize) {
    this.t5 = t5;
    this.parameters = parameters;
    this.device = parameters.device();
    this.objective = objective;
    this.train = train;
    this.validation = ask(validation, 0);
    this.batchSize = batchSize;
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public int beginEpoch(long seed) {
    batches = batches(ask(train, seed), batchSize, seed);
    return batches.size();
  }

  private List<Example> ask(List<int[]> texts, long seed) {
    return IntStream.range(0, texts.size())
        .mapToObj(n -> objective.of(texts.get(n), new SplittableRandom(seed + n)))
        .toList();
  }

  /**
   * Random batches of examples of like length, in random order: rows of a batch are filled up to
   * its longest, and what fills them costs time.
   */
  static List<List<Example>> batches(List<Example> examples, int batchSize, long seed) {
    int[] order = Shuffle.of(IntStream.range(0, examples.size()).toArray(), seed);
    List<List<Example>> batches = new ArrayList<>();
    for (int from = 0; from < order.length; from += POOL * batchSize) {
      List<Example> pool =
          Arrays.stream(order, from, Math.min(order.length, from + POOL * batchSize))
              .mapToObj(examples::get)
              .sorted(
                  Comparator.comparingInt((Example example) -> example.target().length)
                      .thenComparingInt(example -> example.input().length))
              .toList();
      for (int n = 0; n < pool.size(); n += batchSize) {
        batches.add(pool.subList(n, Math.min(pool.size(), n + batchSize)));
      }
    }
    int[] places = Shuffle.of(IntStream.range(0, batches.size()).toArray(), seed + 1);
    return Arrays.stream(places).mapToObj(batches::get).toList();
  }

  @Override
  public int examples(int step) {
    return batches.get(step).size();
  }

  @Override
  public Loss loss(int step, Weights weights) {
    return new Loss(loss(batches.get(step), weights), Map.of());
  }

  private NDArray loss(List<Example> batch, Weights weights) {
    NDManager manager = weights.get(T5Weights.EMBEDDING).getManager();
    int longest = batch.stream().mapToInt(example -> example.input().length).max().orElseThrow();
    long[] ids = new long[batch.size() * longest];
    float[] mask = new float[ids.length];
    Arrays.fill(ids, t5.config().pad());
    for (int row = 0; row < batch.size(); row++) {
      int[] input = batch.get(row).input();
      for (int n = 0; n < input.length; n++) {
        ids[row * longest + n] = input[n];
        mask[row * longest + n] = 1;
      }
    }
    Shape shape = new Shape(batch.size(), longest);
    NDArray reach = manager.create(mask, shape);
    NDArray memory = t5.encode(weights, t5.embed(weights, manager.create(ids, shape)), reach, null);
    int[][] labels = batch.stream().map(Example::target).toArray(int[][]::new);
    return t5.loss(weights, memory, reach, labels, T5.Mean.TOKENS, null);
  }

  @Override
  public Validation validate() {
    double sum = 0;
    long count = 0;
    for (List<Example> batch : batches(validation, batchSize, 0)) {
      long tokens = batch.stream().mapToLong(example -> example.target().length).sum();
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        sum += tokens * loss(batch, parameters.frozen()).getFloat();
      }
      count += tokens;
    }
    return new Validation(sum / count, Map.of());
  }
}
