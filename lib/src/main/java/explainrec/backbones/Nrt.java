package explainrec.backbones;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import explainrec.nn.Dropout;
import explainrec.nn.Initial;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Trainable;
import explainrec.nn.Weights;
import explainrec.text.ExplainedSplit;
import explainrec.text.Vocabulary;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * NRT (Li et al. 2017): predicts the rating and writes from it. Latent factors of user and item go
 * through an MLP to the rating, through another to the text's words in no order (the context), and
 * both together with the predicted rating into the state that a GRU writes from.
 *
 * <ul>
 *   <li>h_1 = sigmoid(W [u; v] + b), h_l = sigmoid(W_l h_(l-1) + b_l), r^ = w h_L + b;
 *   <li>the same form with layers of its own for the context: c = softmax(W_c h^c + b_c), (V);
 *   <li>h_0 = tanh(W_0 [u; v; one-hot(r^); h^c] + b_0), r^ rounded into 1..5, which carries no
 *       gradient;
 *   <li>h_t = GRU(word_(t-1), h_(t-1)); p(word_t) = softmax(W_o h_t + b_o).
 * </ul>
 *
 * <p>The loss sums the rating's mean squared error, the negative log-likelihood of the text's
 * tokens, of the same tokens under the context, and the squares of all parameters, each with its
 * weight. Inferred: the parameters' start, of the sigmoids' layers wide enough that four of them
 * still tell pairs apart; both texts' losses are means over tokens, the end counts as a word of the
 * context, and text is written greedily, where the authors search with 4 beams.
 *
 * <p>Shapes: B requests, N sequences, T tokens of all of them, k factors, H hidden, V words.
 */
public final class Nrt extends WordGenerator {
  private static final int RATINGS = 5;
  private static final int RATED_AT_ONCE = 4096;

  private final NrtSettings settings;
  private final Parameters parameters;
  private final Dropout dropout;
  private final Recurrent decoder;
  private final RequestCheck check;

  /**
   * Makes an untrained generator.
   *
   * @param data its users and items
   * @param vocabulary of the train explanations, V words
   * @param maxWords tokens of the longest explanation, its end included
   * @param settings of the model
   * @param device where it computes
   * @param seed of its random start
   */
  public Nrt(
      ExplainedSplit data,
      Vocabulary vocabulary,
      int maxWords,
      NrtSettings settings,
      Device device,
      long seed) {
    super(vocabulary, maxWords, device);
    int k = settings.nrtFactors();
    int h = settings.nrtHidden();
    this.settings = settings;
    this.dropout = new Dropout(manager, settings.nrtDropout());
    this.decoder = Recurrent.gru("gru", k, h, 1);
    this.check = RequestCheck.of(data);
    Initial factors = Initial.uniform(-0.1, 0.1);
    Parameters.Builder builder =
        Parameters.builder()
            .add("user.embedding", factors, check.users(), k)
            .add("item.embedding", factors, check.items(), k)
            .add("word.embedding", factors, vocabulary.size(), k);
    hidden(builder, "rating", settings.nrtRatingLayers());
    linear(builder, "rating.output", h, 1);
    hidden(builder, "context", settings.nrtContextLayers());
    linear(builder, "context.output", h, vocabulary.size());
    linear(builder, "start", 2L * k + RATINGS + h, h);
    decoder.describe(builder);
    WordHead.describe(builder, h, vocabulary.size());
    this.parameters = builder.build(manager, device, seed);
  }

  private void hidden(Parameters.Builder builder, String name, int layers) {
    for (int n = 0; n < layers; n++) {
      long inputs = n == 0 ? 2L * settings.nrtFactors() : settings.nrtHidden();
      double bound = 4 * Math.sqrt(6.0 / (inputs + settings.nrtHidden())); // Glorot's of a sigmoid
      linear(builder, name + "." + n, inputs, settings.nrtHidden(), bound);
    }
  }

  private static void linear(Parameters.Builder builder, String name, long inputs, long outputs) {
    linear(builder, name, inputs, outputs, 1 / Math.sqrt(inputs));
  }

  private static void linear(
      Parameters.Builder builder, String name, long inputs, long outputs, double bound) {
    builder.add(name + ".weight", Initial.uniform(-bound, bound), outputs, inputs);
    builder.add(name + ".bias", Initial.zeros(), outputs);
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public boolean predictsRating() {
    return true;
  }

  @Override
  public boolean readsFeature() {
    return false;
  }

  @Override
  void check(Requests requests) {
    check.pairs(requests);
  }

  @Override
  public void seedDropout(long seed) {
    dropout.seed(seed);
  }

  /**
   * What a pair comes to before any word.
   *
   * @param ratings r^, (B)
   * @param context h^c, (B, H)
   * @param start h_0, (B, H)
   */
  private record Pair(NDArray ratings, NDArray context, NDArray start) {}

  private Pair read(Weights weights, Requests requests) {
    NDArray both = both(weights, requests); // (B, 2k)
    NDArray ratings = ratings(weights, both);
    NDArray context = hidden(weights, "context", settings.nrtContextLayers(), both);
    NDArray classes = manager.create(oneHot(Att2Seq.classes(ratings.toFloatArray())));
    NDArray all = NDArrays.concat(new NDList(both, classes, context), 1);
    return new Pair(ratings, context, linear(weights, "start", all).tanh());
  }

  /** u beside v, (B, 2k). */
  private NDArray both(Weights weights, Requests requests) {
    return NDArrays.concat(
        new NDList(
            embed(weights, "user.embedding", requests.users()),
            embed(weights, "item.embedding", requests.items())),
        1);
  }

  private NDArray embed(Weights weights, String table, int[] numbers) {
    return Layers.embed(
        manager.create(Arrays.stream(numbers).asLongStream().toArray()), weights.get(table));
  }

  private NDArray ratings(Weights weights, NDArray both) {
    NDArray last = hidden(weights, "rating", settings.nrtRatingLayers(), both);
    return linear(weights, "rating.output", last).squeeze(1);
  }

  private static NDArray hidden(Weights weights, String name, int layers, NDArray both) {
    NDArray x = both;
    for (int n = 0; n < layers; n++) {
      x = Activation.sigmoid(linear(weights, name + "." + n, x));
    }
    return x;
  }

  private static NDArray linear(Weights weights, String name, NDArray x) {
    return Linear.linear(x, weights.get(name + ".weight"), weights.get(name + ".bias"))
        .singletonOrThrow();
  }

  private static float[][] oneHot(int[] classes) {
    float[][] rows = new float[classes.length][RATINGS];
    for (int n = 0; n < classes.length; n++) {
      rows[n][classes[n]] = 1;
    }
    return rows;
  }

  @Override
  NDArray states(Weights weights, Requests requests, WordBatch batch, boolean training) {
    return states(weights, read(weights, requests), batch, training);
  }

  private NDArray states(Weights weights, Pair pair, WordBatch batch, boolean training) {
    dropout.begin();
    NDArray words = Layers.embed(batch.inputs(manager), weights.get("word.embedding")); // (N, L, k)
    words = training ? dropout.apply(words) : words;
    return batch.pack(
        decoder.run(weights, words, decoder.start(pair.start()), null).head()); // (T, H)
  }

  @Override
  public Trainable.Loss loss(Weights weights, Requests requests, int[][] sequences) {
    check(requests);
    WordBatch batch = WordBatch.of(sequences);
    Pair pair = read(weights, requests);
    NDArray states = states(weights, pair, batch, true);
    Map<String, NDArray> parts = new LinkedHashMap<>();
    parts.put("text", meanLoss(weights, states, batch.tokens()));
    parts.put("context", contextLogs(weights, pair, batch).mean().neg());
    parts.put(
        "rating", Layers.meanSquaredError(pair.ratings(), manager.create(requests.ratings())));
    NDArray total =
        Layers.scale(parts.get("text"), settings.nrtTextWeight())
            .add(Layers.scale(parts.get("context"), settings.nrtContextWeight()))
            .add(Layers.scale(parts.get("rating"), settings.nrtRatingWeight()));
    if (settings.nrtL2() > 0) {
      total = total.add(Layers.scale(squares(weights), settings.nrtL2()));
    }
    return new Trainable.Loss(total, parts);
  }

  /** Log-probabilities of all tokens by their requests' contexts, (T). */
  private static NDArray contextLogs(Weights weights, Pair pair, WordBatch batch) {
    long words = weights.get("context.output.weight").getShape().get(0);
    NDArray logs = linear(weights, "context.output", pair.context()).logSoftmax(1); // (N, V)
    long[] places = new long[batch.tokens().length]; // in (N V)
    for (int n = 0; n < places.length; n++) {
      places[n] = batch.places()[n] / batch.length() * words + batch.tokens()[n];
    }
    return logs.reshape(-1).gather(logs.getManager().create(places), 0);
  }

  /** Sum of the squares of all parameters, a scalar. */
  private static NDArray squares(Weights weights) {
    NDList sums = new NDList();
    weights.all().values().forEach(parameter -> sums.add(parameter.square().sum()));
    return NDArrays.stack(sums).sum();
  }

  @Override
  Decoding begin(Weights weights, Requests requests) {
    return new RecurrentDecoding(
        manager,
        decoder.start(read(weights, requests).start()),
        (last, states, rows) -> {
          NDArray words = Layers.embed(last, weights.get("word.embedding")).expandDims(1);
          NDList after = decoder.run(weights, words, states, null);
          NDArray h = after.remove(0).squeeze(1); // (R, H)
          after.add(0, WordHead.scores(weights, h));
          return after;
        });
  }

  /** Predicted ratings, not clipped to the scale. */
  @Override
  public float[] ratings(Weights weights, Requests requests) {
    check(requests);
    float[] ratings = new float[requests.size()];
    for (int from = 0; from < ratings.length; from += RATED_AT_ONCE) {
      int first = from;
      int[] places = new int[Math.min(RATED_AT_ONCE, ratings.length - from)];
      Arrays.setAll(places, n -> first + n);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        float[] found = ratings(weights, both(weights, requests.select(places))).toFloatArray();
        System.arraycopy(found, 0, ratings, from, found.length);
      }
    }
    return ratings;
  }
}
