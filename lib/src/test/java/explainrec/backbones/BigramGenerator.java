package explainrec.backbones;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import explainrec.nn.Initial;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;
import explainrec.text.Vocabulary;
import java.util.Arrays;

/** A generator to learn from: the next word depends on the last word and the rating alone. */
final class BigramGenerator extends WordGenerator {
  private final Parameters parameters;

  BigramGenerator(Vocabulary words, int longest, int width, long seed) {
    super(words, longest, Device.cpu());
    Parameters.Builder builder =
        Parameters.builder()
            .add("word", Initial.normal(0.1), words.size(), width)
            .add("stars", Initial.normal(0.1), 6, width);
    WordHead.describe(builder, width, words.size());
    parameters = builder.build(manager, Device.cpu(), seed);
  }

  /** What is known before a word: the last word and the stars, (T, H). */
  private NDArray state(Weights weights, long[] last, long[] stars) {
    return Layers.embed(manager.create(last), weights.get("word"))
        .add(Layers.embed(manager.create(stars), weights.get("stars")))
        .tanh();
  }

  @Override
  NDArray states(Weights weights, Requests requests, WordBatch batch, boolean training) {
    long[] last = Arrays.stream(batch.places()).map(p -> batch.inputs()[(int) p]).toArray();
    long[] stars =
        Arrays.stream(batch.places())
            .map(p -> Math.round(requests.ratings()[(int) p / batch.length()]))
            .toArray();
    return state(weights, last, stars);
  }

  @Override
  Decoding begin(Weights weights, Requests requests) {
    return new Decoding() {
      private float[] ratings = requests.ratings();

      @Override
      public NDArray next(int[] last) {
        long[] stars = new long[last.length];
        Arrays.setAll(stars, n -> Math.round(ratings[n]));
        long[] words = Arrays.stream(last).asLongStream().toArray();
        return WordHead.scores(weights, state(weights, words, stars));
      }

      @Override
      public void select(int[] rows) {
        float[] chosen = new float[rows.length];
        for (int n = 0; n < rows.length; n++) {
          chosen[n] = ratings[rows[n]];
        }
        ratings = chosen;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  void check(Requests requests) {}

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public boolean predictsRating() {
    return false;
  }

  @Override
  public boolean readsFeature() {
    return false;
  }

  @Override
  public float[] ratings(Weights weights, Requests requests) {
    return requests.ratings();
  }

  @Override
  public void seedDropout(long seed) {}
}
