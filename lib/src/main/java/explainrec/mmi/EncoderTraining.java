package explainrec.mmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import explainrec.nn.Batches;
import explainrec.nn.Dropout;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Shuffle;
import explainrec.nn.Trainable;
import explainrec.nn.Weights;
import explainrec.text.Vocabulary;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Training of {@link TrainedEncoder}: cross-entropy of the rating and, with a second head, of the
 * feature. Some words are hidden at random, so that the mark of an unknown word has a meaning. A
 * tenth of the sentences is held out, and the epoch that predicts them best is kept.
 */
final class EncoderTraining implements Trainable, AutoCloseable {
  private static final int BATCH = 64;
  private static final int HELD_OUT = 10; // one of so many
  private static final double HIDDEN = 0.05; // share of the words
  private static final double DROPOUT = 0.2;
  private static final int SCORED_AT_ONCE = 512;

  private final EncoderNetwork network;
  private final Parameters parameters;
  private final int[][] sentences; // ids, (N)
  private final int[] ratings; // classes, (N)
  private final int[] features; // classes, -1 for none, (N)
  private final int[] train;
  private final int[] heldOut;
  private final NDManager manager;
  private final Dropout dropout;
  private int[][] batches;
  private SplittableRandom random;

  EncoderTraining(
      EncoderNetwork network,
      Parameters parameters,
      int[][] sentences,
      int[] ratings,
      int[] features,
      long seed) {
    this.network = network;
    this.parameters = parameters;
    this.sentences = sentences;
    this.ratings = ratings;
    this.features = features;
    manager = NDManager.newBaseManager(parameters.device());
    dropout = new Dropout(manager, DROPOUT);
    int[] order = Shuffle.of(IntStream.range(0, sentences.length).toArray(), seed);
    heldOut = Arrays.copyOf(order, Math.max(1, order.length / HELD_OUT));
    train = Arrays.copyOfRange(order, Math.min(heldOut.length, order.length - 1), order.length);
    Arrays.sort(train);
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public int beginEpoch(long seed) {
    batches = Batches.byLength(train, n -> sentences[n].length, BATCH, seed);
    dropout.seed(seed + 1);
    random = new SplittableRandom(seed + 2);
    return batches.length;
  }

  @Override
  public int examples(int step) {
    return batches[step].length;
  }

  @Override
  public Loss loss(int step, Weights weights) {
    dropout.begin();
    int[][] hidden =
        Arrays.stream(batches[step]).mapToObj(n -> hide(sentences[n])).toArray(int[][]::new);
    Map<String, NDArray> parts = losses(weights, batches[step], hidden, dropout);
    NDArray total = parts.values().stream().reduce(NDArray::add).orElseThrow();
    return new Loss(total, parts);
  }

  private int[] hide(int[] sentence) {
    int[] ids = sentence.clone();
    for (int n = 0; n < ids.length; n++) {
      ids[n] = random.nextDouble() < HIDDEN ? Vocabulary.UNKNOWN : ids[n];
    }
    return ids;
  }

  private Map<String, NDArray> losses(Weights weights, int[] rows, int[][] ids, Dropout drop) {
    NDManager local = weights.get("word").getManager();
    NDArray vectors = network.vectors(weights, EncoderNetwork.Batch.of(local, ids), drop);
    Map<String, NDArray> losses = new LinkedHashMap<>();
    losses.put("rating", crossEntropy(weights, "rating", vectors, pick(ratings, rows)));
    if (network.features() > 0) {
      losses.put("feature", crossEntropy(weights, "feature", vectors, pick(features, rows)));
    }
    return losses;
  }

  private static int[] pick(int[] from, int[] rows) {
    return Arrays.stream(rows).map(row -> from[row]).toArray();
  }

  /** Mean over the rows that have a class; 0 where none has. */
  private static NDArray crossEntropy(
      Weights weights, String head, NDArray vectors, int[] classes) {
    NDArray logs = EncoderNetwork.head(weights, head, vectors).logSoftmax(1); // (B, C)
    int count = (int) logs.getShape().get(1);
    float[] chosen = new float[classes.length * count];
    int known = 0;
    for (int n = 0; n < classes.length; n++) {
      if (classes[n] >= 0) {
        chosen[n * count + classes[n]] = -1;
        known++;
      }
    }
    NDArray mask = vectors.getManager().create(chosen, new Shape(classes.length, count));
    return Layers.divide(logs.mul(mask).sum(), Math.max(1, known));
  }

  @Override
  public Validation validate() {
    Map<String, Double> sums = new LinkedHashMap<>();
    Weights weights = parameters.frozen();
    for (int from = 0; from < heldOut.length; from += SCORED_AT_ONCE) {
      int[] rows =
          Arrays.copyOfRange(heldOut, from, Math.min(heldOut.length, from + SCORED_AT_ONCE));
      int[][] ids = Arrays.stream(rows).mapToObj(n -> sentences[n]).toArray(int[][]::new);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        losses(weights, rows, ids, null)
            .forEach(
                (name, loss) ->
                    sums.merge(
                        name,
                        loss.getFloat() * (double) rows.length / heldOut.length,
                        Double::sum));
      }
    }
    return new Validation(sums.values().stream().mapToDouble(v -> v).sum(), sums);
  }

  @Override
  public void close() {
    manager.close();
  }
}
