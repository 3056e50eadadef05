package explainrec.mmi;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import explainrec.backbones.ExplanationGenerator;
import explainrec.backbones.Requests;
import explainrec.nn.Initial;
import explainrec.nn.Parameters;
import explainrec.nn.Trainable;
import explainrec.nn.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The smallest generator: two words, each drawn by itself from a table of logits that depends on
 * the rating; no end is ever written.
 */
final class TableGenerator implements ExplanationGenerator {
  static final List<String> WORDS = List.of("awful", "poor", "fair", "good", "great", "pool");
  private static final int LENGTH = 2;
  private final NDManager manager = NDManager.newBaseManager(Device.cpu());
  private final Parameters parameters;
  private final boolean predicts;

  TableGenerator(boolean predicts) {
    this.predicts = predicts;
    parameters =
        Parameters.builder()
            .add("logits", Initial.zeros(), RatingClasses.COUNT, LENGTH, WORDS.size())
            .build(manager, Device.cpu(), 1);
  }

  /** p(word | rating class) at a position. */
  double[] distribution(int rating, int position) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      float[] p =
          parameters.frozen().get("logits").softmax(-1).get(rating).get(position).toFloatArray();
      double[] all = new double[p.length];
      Arrays.setAll(all, w -> p[w]);
      return all;
    }
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public boolean predictsRating() {
    return predicts;
  }

  @Override
  public boolean readsFeature() {
    return false;
  }

  @Override
  public Trainable.Loss loss(Weights weights, Requests requests, int[][] sequences) {
    NDArray found = logProbabilities(weights, requests, sequences);
    return new Trainable.Loss(found.mean().neg(), Map.of());
  }

  @Override
  public int[][] sample(Weights weights, Requests requests, int k, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] classes = RatingClasses.of(requests.repeat(k).ratings());
    int[][] all = new int[classes.length][LENGTH];
    for (int n = 0; n < classes.length; n++) {
      for (int t = 0; t < LENGTH; t++) {
        double[] p = distribution(classes[n], t);
        double u = random.nextDouble();
        int word = 0;
        while (word < p.length - 1 && u >= p[word]) {
          u -= p[word++];
        }
        all[n][t] = word;
      }
    }
    return all;
  }

  @Override
  public int[][] write(Weights weights, Requests requests) {
    int[] classes = RatingClasses.of(requests.ratings());
    int[][] all = new int[classes.length][LENGTH];
    for (int n = 0; n < classes.length; n++) {
      for (int t = 0; t < LENGTH; t++) {
        double[] p = distribution(classes[n], t);
        for (int w = 1; w < p.length; w++) {
          all[n][t] = p[w] > p[all[n][t]] ? w : all[n][t];
        }
      }
    }
    return all;
  }

  @Override
  public NDArray logProbabilities(Weights weights, Requests requests, int[][] sequences) {
    int[] classes = RatingClasses.of(requests.ratings());
    long[] places = new long[classes.length * LENGTH];
    for (int n = 0; n < classes.length; n++) {
      for (int t = 0; t < LENGTH; t++) {
        places[n * LENGTH + t] = ((long) classes[n] * LENGTH + t) * WORDS.size() + sequences[n][t];
      }
    }
    NDArray flat = weights.get("logits").logSoftmax(-1).flatten();
    return flat.get(new NDIndex().addPickDim(manager.create(places)))
        .reshape(new Shape(classes.length, LENGTH));
  }

  @Override
  public float[] ratings(Weights weights, Requests requests) {
    return requests.ratings();
  }

  @Override
  public int[] sequence(List<String> words) {
    return new int[] {WORDS.indexOf(words.get(0)), WORDS.indexOf(words.get(1))};
  }

  @Override
  public List<String> words(int[] sequence) {
    List<String> words = new ArrayList<>();
    for (int id : sequence) {
      words.add(WORDS.get(id));
    }
    return words;
  }

  @Override
  public void seedDropout(long seed) {
    // It drops nothing.
  }

  @Override
  public void close() {
    parameters.close();
    manager.close();
  }
}
