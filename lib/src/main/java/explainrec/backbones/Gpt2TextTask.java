package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import explainrec.nn.Batches;
import explainrec.nn.Parameters;
import explainrec.nn.Trainable;
import explainrec.nn.Weights;
import explainrec.t5.Example;
import explainrec.t5.Objective;
import explainrec.t5.T5;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Texts as a GPT-2 in the making reads them: what an objective shows, its last id the start mark,
 * then the text, whose words alone count. Every epoch shows something else.
 */
final class Gpt2TextTask implements Trainable {
  private final Gpt2 gpt2;
  private final Parameters parameters;
  private final Objective objective;
  private final List<int[]> train;
  private final List<Example> validation;
  private final int batchSize;
  private List<Example> shown = List.of();
  private int[][] batches;

  /**
   * Prepares training.
   *
   * @param gpt2 the model
   * @param parameters its weights
   * @param objective what stands before a text
   * @param train ids of each text, the end id last
   * @param validation the same of the texts to validate on
   * @param batchSize texts a step
   */
  Gpt2TextTask(
      Gpt2 gpt2,
      Parameters parameters,
      Objective objective,
      List<int[]> train,
      List<int[]> validation,
      int batchSize) {
    this.gpt2 = gpt2;
    this.parameters = parameters;
    this.objective = objective;
    this.train = train;
    this.validation = show(validation, 0);
    this.batchSize = batchSize;
  }

  private List<Example> show(List<int[]> texts, long seed) {
    return IntStream.range(0, texts.size())
        .mapToObj(n -> objective.of(texts.get(n), new SplittableRandom(seed + n)))
        .toList();
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  private static int[][] batches(List<Example> examples, int size, long seed) {
    return Batches.byLength(
        IntStream.range(0, examples.size()).toArray(), n -> length(examples.get(n)), size, seed);
  }

  /** Ids that are read: the text's last is written only. */
  private static int length(Example example) {
    return example.input().length + example.target().length - 1;
  }

  @Override
  public int beginEpoch(long seed) {
    shown = show(train, seed);
    batches = batches(shown, batchSize, seed);
    return batches.length;
  }

  @Override
  public int examples(int step) {
    return batches[step].length;
  }

  @Override
  public Loss loss(int step, Weights weights) {
    return new Loss(loss(shown, batches[step], weights), Map.of());
  }

  private NDArray loss(List<Example> examples, int[] batch, Weights weights) {
    int longest = Arrays.stream(batch).map(n -> length(examples.get(n))).max().orElseThrow();
    long[] ids = new long[batch.length * longest]; // what fills a row up is never heard
    int[][] following = new int[batch.length][];
    for (int row = 0; row < batch.length; row++) {
      Example example = examples.get(batch[row]);
      int before = example.input().length;
      following[row] = new int[length(example)];
      Arrays.fill(following[row], T5.IGNORED);
      System.arraycopy(example.target(), 0, following[row], before - 1, example.target().length);
      for (int t = 0; t < following[row].length; t++) {
        ids[row * longest + t] = t < before ? example.input()[t] : example.target()[t - before];
      }
    }
    NDManager manager = weights.get(Gpt2Weights.WORDS).getManager();
    NDArray read = manager.create(ids, new Shape(batch.length, longest));
    return gpt2.loss(weights, gpt2.embed(weights, read), following, null);
  }

  @Override
  public Validation validate() {
    double sum = 0;
    long count = 0;
    for (int[] batch : batches(validation, batchSize, 0)) {
      long tokens = Arrays.stream(batch).mapToLong(n -> validation.get(n).target().length).sum();
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        sum += tokens * loss(validation, batch, parameters.frozen()).getFloat();
      }
      count += tokens;
    }
    return new Validation(sum / count, Map.of());
  }
}
