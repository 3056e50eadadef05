package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import explainrec.nn.Batches;
import explainrec.nn.Parameters;
import explainrec.nn.Trainable;
import explainrec.nn.Weights;
import explainrec.text.ExplainedSplit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Trains a generator on the real explanations of a split by its own loss: the backbone that MMI
 * starts from. A batch holds explanations of similar length.
 */
public final class GeneratorTraining implements Trainable {
  private static final int SCORED_AT_ONCE = 256;

  private final ExplanationGenerator generator;
  private final ExplainedSplit data;
  private final int batchSize;
  private final Parameters trained;
  private final int[][] sequences; // by row; null where a row has none
  private int[][] batches;

  /**
   * Prepares training of all parameters.
   *
   * @param generator to train
   * @param data explained
   * @param batchSize explanations a step
   */
  public GeneratorTraining(ExplanationGenerator generator, ExplainedSplit data, int batchSize) {
    this(generator, data, batchSize, generator.parameters());
  }

  /**
   * Prepares training of a stage.
   *
   * @param generator to train
   * @param data explained
   * @param batchSize explanations a step
   * @param trained one of the generator's {@link ExplanationGenerator#stages}
   */
  public GeneratorTraining(
      ExplanationGenerator generator, ExplainedSplit data, int batchSize, Parameters trained) {
    this.generator = generator;
    this.trained = trained;
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
    return trained;
  }

  @Override
  public int beginEpoch(long seed) {
    generator.seedDropout(seed);
    batches = Batches.byLength(data.split().train(), row -> sequences[row].length, batchSize, seed);
    return batches.length;
  }

  @Override
  public Loss loss(int step, Weights weights) {
    return generator.loss(all(weights), Requests.of(data, batches[step]), sequences(batches[step]));
  }

  /** The stage's leaves, and what it leaves alone frozen. */
  private Weights all(Weights leaves) {
    if (trained == generator.parameters()) {
      return leaves;
    }
    Map<String, NDArray> all = new LinkedHashMap<>(generator.parameters().frozen().all());
    all.putAll(leaves.all());
    return new Weights(all);
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
    int[] sorted = Batches.sorted(rows, row -> sequences[row].length);
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
