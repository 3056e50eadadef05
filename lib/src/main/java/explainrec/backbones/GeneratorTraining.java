package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import explainrec.nn.Parameters;
import explainrec.nn.Shuffle;
import explainrec.nn.Trainable;
import explainrec.nn.Weights;
import explainrec.text.ExplainedSplit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Trains a generator on the real explanations of a split by its own loss: the backbone that MMI
 * starts from. A batch holds explanations of similar length.
 */
public final class GeneratorTraining implements Trainable {
  private static final int POOL = 32; // batches
  private static final int SCORED_AT_ONCE = 256;

  private final ExplanationGenerator generator;
  private final ExplainedSplit data;
  private final int batchSize;
  private final int[][] sequences; // by row; null where a row has none
  private int[][] batches;

  /**
   * Prepares training.
   *
   * @param generator to train
   * @param data explained
   * @param batchSize explanations a step
   */
  public GeneratorTraining(ExplanationGenerator generator, ExplainedSplit data, int batchSize) {
    this.generator = generator;
    this.data = data;
    this.batchSize = batchSize;
    this.sequences = new int[data.explanations().size()][];
    for (int row = 0; row < sequences.length; row++) {
      if (data.explanations().get(row) != null) {
        sequences[row] = generator.sequence(data.explanations().get(row).words());
      }
    }
  }

  @Override
  public Parameters parameters() {
    return generator.parameters();
  }

  @Override
  public int beginEpoch(long seed) {
    generator.seedDropout(seed);
    int[] order = Shuffle.of(data.split().train(), seed);
    int count = (order.length + batchSize - 1) / batchSize;
    int[][] ordered = new int[count][];
    for (int from = 0; from < order.length; from += POOL * batchSize) {
      int[] pool =
          byLength(
              Arrays.copyOfRange(order, from, Math.min(order.length, from + POOL * batchSize)));
      for (int k = 0; k < pool.length; k += batchSize) {
        ordered[(from + k) / batchSize] =
            Arrays.copyOfRange(pool, k, Math.min(pool.length, k + batchSize));
      }
    }
    int[] places = Shuffle.of(IntStream.range(0, count).toArray(), seed + 2);
    batches = new int[count][];
    Arrays.setAll(batches, k -> ordered[places[k]]);
    return count;
  }

  private int[] byLength(int[] rows) {
    return Arrays.stream(rows)
        .boxed()
        .sorted(Comparator.comparingInt(row -> sequences[row].length))
        .mapToInt(row -> row)
        .toArray();
  }

  @Override
  public Loss loss(int step, Weights weights) {
    return generator.loss(weights, Requests.of(data, batches[step]), sequences(batches[step]));
  }

  @Override
  public int examples(int step) {
    return batches[step].length;
  }

  /**
   * Mean negative log-likelihood a token on the validation rows; of a generator that predicts the
   * rating, the rating's mean squared error is added, as PETER's authors choose epochs.
   */
  @Override
  public Validation validate() {
    double text = meanLoss(data.split().validation());
    if (!generator.predictsRating()) {
      return new Validation(text, Map.of("text", text));
    }
    int[] rows = data.split().validation();
    float[] predicted = generator.ratings(generator.parameters().frozen(), Requests.of(data, rows));
    double square = 0;
    for (int n = 0; n < rows.length; n++) {
      double miss = predicted[n] - data.split().data().overall(rows[n]);
      square += miss * miss / rows.length;
    }
    return new Validation(text + square, Map.of("text", text, "rmse", Math.sqrt(square)));
  }

  private double meanLoss(int[] rows) {
    double sum = 0;
    long tokens = 0;
    Weights weights = generator.parameters().frozen();
    int[] sorted = byLength(rows);
    for (int from = 0; from < sorted.length; from += SCORED_AT_ONCE) {
      int[] part = Arrays.copyOfRange(sorted, from, Math.min(sorted.length, from + SCORED_AT_ONCE));
      int[][] texts = sequences(part);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray found =
            generator.logProbabilities(weights, Requests.of(data, part), texts); // (B, L)
        sum -= found.sum().getFloat();
      }
      tokens += Arrays.stream(texts).mapToInt(text -> text.length).sum();
    }
    return sum / tokens;
  }

  /**
   * Real explanations as the generator's sequences.
   *
   * @param rows that have one
   * @return as many
   */
  public int[][] sequences(int[] rows) {
    return Arrays.stream(rows).mapToObj(row -> sequences[row]).toArray(int[][]::new);
  }
}
