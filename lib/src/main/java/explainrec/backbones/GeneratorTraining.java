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
import java.util.stream.IntStream;

/**
 * Trains a generator on the real explanations of a split by its own loss: the backbone that MMI
 * starts from. A batch holds explanations of similar length.
 */
public final class GeneratorTraining implements Trainable {
  private static final int SCORED_AT_ONCE = 256; // texts
  private static final int TOKENS_AT_ONCE = 1 << 13;

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
    double[] losses = losses(Requests.of(data, rows));
    double sum = 0;
    long tokens = 0;
    for (int n = 0; n < rows.length; n++) {
      sum += losses[n] * sequences[rows[n]].length;
      tokens += sequences[rows[n]].length;
    }
    return sum / tokens;
  }

  /**
   * How surprising real explanations are.
   *
   * @param requests for rows that have one, with the ratings to explain, (N)
   * @return mean negative log-likelihood of each one's tokens, end included, in nats, (N)
   */
  public double[] losses(Requests requests) {
    int[] rows = requests.rows();
    double[] losses = new double[rows.length];
    Weights weights = generator.parameters().frozen();
    int[] order =
        Batches.sorted(IntStream.range(0, rows.length).toArray(), n -> sequences[rows[n]].length);
    for (int from = 0; from < order.length; ) {
      int[] part = Arrays.copyOfRange(order, from, upTo(order, rows, from));
      from += part.length;
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        Requests some = requests.select(part);
        NDArray sums =
            generator
                .logProbabilities(weights, some, sequences(some.rows())) // (B, L)
                .sum(new int[] {1});
        float[] found = sums.toFloatArray();
        for (int k = 0; k < part.length; k++) {
          losses[part[k]] = -found[k] / sequences[rows[part[k]]].length;
        }
      }
    }
    return losses;
  }

  /** The end of a part that is scored at once: few texts where they are long. */
  private int upTo(int[] order, int[] rows, int from) {
    int to = from + 1;
    while (to < order.length
        && to - from < SCORED_AT_ONCE
        && (to - from + 1) * sequences[rows[order[to]]].length <= TOKENS_AT_ONCE) {
      to++;
    }
    return to;
  }

  /** Tokens of a row's explanation, its end included. */
  public int tokens(int row) {
    return sequences[row].length;
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
