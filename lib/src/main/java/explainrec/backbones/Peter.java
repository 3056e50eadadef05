package explainrec.backbones;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import explainrec.nn.Dropout;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Trainable;
import explainrec.nn.Weights;
import explainrec.text.ExplainedSplit;
import explainrec.text.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * PETER, the personalized Transformer of Li et al. (2021), and PETER+, which reads a feature as
 * well: a Transformer reads user, item, (feature,) {@code <bos>} and the words before the next. It
 * predicts the rating from the user's place, the explanation's words in no order (the context) from
 * the item's, and the explanation word by word.
 *
 * <p>From the authors' code: the weights' start, the map onto words is not the embedding's, the
 * loss of the context counts the end as one of the words, a feature that is not in the vocabulary
 * is {@code <unk>}, epochs are chosen by the text's loss and the rating's mean squared error
 * together, and features count as words when the vocabulary is made. Inferred: the vocabulary is of
 * the train rows only, there is no end behind the last of the most words that may be, and
 * validation is a mean over all tokens instead of one over batches.
 *
 * <p>Shapes: B requests, N sequences, T tokens of all of them, d width, V words.
 */
public final class Peter extends WordGenerator {
  private static final int RATED_AT_ONCE = 1024;

  private final PeterSettings settings;
  private final boolean plus;
  private final int[] features; // word of each
  private final PeterNetwork network;
  private final Parameters parameters;
  private final Dropout dropout;
  private final RequestCheck check;

  /**
   * Makes an untrained model.
   *
   * @param data whose users, items, features and train words it knows
   * @param settings sizes and weights
   * @param plus whether it is PETER+, which reads the feature
   * @param device where it computes
   * @param seed of its random start
   */
  public Peter(
      ExplainedSplit data, PeterSettings settings, boolean plus, Device device, long seed) {
    this(
        vocabulary(data, settings),
        data.split().data().users().size(),
        data.split().data().items().size(),
        data.features(),
        settings,
        plus,
        device,
        seed);
  }

  /**
   * Makes an untrained model of given words.
   *
   * @param vocabulary V words
   * @param users number of users
   * @param items number of items
   * @param features feature words, by number
   */
  Peter(
      Vocabulary vocabulary,
      int users,
      int items,
      List<String> features,
      PeterSettings settings,
      boolean plus,
      Device device,
      long seed) {
    super(vocabulary, settings.peterWords(), device);
    this.settings = settings;
    this.plus = plus;
    this.check = new RequestCheck(users, items, features.size());
    this.features = features.stream().mapToInt(vocabulary::number).toArray();
    this.network = new PeterNetwork(manager, settings, before() + settings.peterWords());
    Parameters.Builder builder = Parameters.builder();
    network.describe(builder, users, items, vocabulary.size());
    this.parameters = builder.build(manager, device, seed);
    this.dropout = new Dropout(manager, settings.peterDropout());
  }

  private static Vocabulary vocabulary(ExplainedSplit data, PeterSettings settings) {
    List<List<String>> texts = new ArrayList<>();
    for (int row : data.split().train()) {
      texts.add(data.explanations().get(row).words());
      String feature = data.explanations().get(row).feature();
      texts.add(feature.isEmpty() ? List.of() : List.of(feature));
    }
    return new Vocabulary(texts, settings.peterVocabulary());
  }

  /** Tokens before the first word's. */
  private int before() {
    return plus ? 3 : 2;
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
    return plus;
  }

  @Override
  void check(Requests requests) {
    check.pairs(requests);
    if (plus) {
      check.features(requests);
    }
  }

  /** The word of each request's feature; {@code <unk>} for none; null where none is read. */
  private int[] words(Requests requests) {
    if (!plus) {
      return null;
    }
    int[] words = new int[requests.size()];
    for (int n = 0; n < words.length; n++) {
      int feature = requests.features()[n];
      words[n] = feature < 0 ? Vocabulary.UNKNOWN : features[feature];
    }
    return words;
  }

  @Override
  NDArray states(Weights weights, Requests requests, WordBatch batch, boolean training) {
    PeterLayout layout = PeterLayout.of(requests, batch, before(), !training);
    int first = before() * layout.requests().length;
    return run(weights, layout, requests, first, layout.positions().length, training);
  }

  /** The last layer's packed rows from one to another, (W, d). */
  private NDArray run(
      Weights weights, PeterLayout layout, Requests requests, int from, int to, boolean training) {
    Dropout drop = training ? dropout : null;
    dropout.begin();
    PeterNetwork.Wanted wanted = new PeterNetwork.Wanted(from, to);
    NDArray embedded = network.embed(weights, layout, requests, words(requests), drop);
    return network.run(weights, embedded, wanted, network.all(layout, wanted, null, drop), drop);
  }

  /**
   * The text's loss, a mean over tokens; the context's, the same tokens told from the item's place;
   * and the rating's mean squared error; each with its weight.
   */
  @Override
  public Trainable.Loss loss(Weights weights, Requests requests, int[][] sequences) {
    check(requests);
    WordBatch batch = WordBatch.of(sequences);
    PeterLayout layout = PeterLayout.of(requests, batch, before(), false);
    NDArray rows = run(weights, layout, requests, 0, layout.positions().length, true); // (M, d)
    int n = requests.size();
    NDList parts = rows.split(plus ? new long[] {n, 2L * n, 3L * n} : new long[] {n, 2L * n});
    int tokens = batch.tokens().length;
    WordLoss.Told told = told(weights, parts.get(parts.size() - 1), parts.get(1), batch);
    NDArray rating =
        Layers.meanSquaredError(
            network.ratings(weights, parts.get(0)), manager.create(requests.ratings()));
    Map<String, NDArray> named = new LinkedHashMap<>();
    named.put("text", told.loss(0, tokens));
    named.put("context", told.loss(tokens, 2 * tokens));
    named.put("rating", rating);
    NDArray total = told.sum().add(Layers.scale(rating, settings.peterRatingWeight()));
    return new Trainable.Loss(total, named);
  }

  /**
   * All tokens told from their own states (T, d), then from items' (N, d), each with its weight.
   */
  private WordLoss.Told told(Weights weights, NDArray states, NDArray itemStates, WordBatch batch) {
    int count = batch.tokens().length;
    int[] of = new int[2 * count];
    long[] tokens = new long[2 * count];
    float[] coefficients = new float[2 * count];
    for (int n = 0; n < count; n++) {
      of[n] = n;
      of[count + n] = count + (int) batch.places()[n] / batch.length();
      tokens[n] = batch.tokens()[n];
      tokens[count + n] = batch.tokens()[n];
      coefficients[n] = (float) (-settings.peterTextWeight() / count);
      coefficients[count + n] = (float) (-settings.peterContextWeight() / count);
    }
    NDArray all = NDArrays.concat(new NDList(states, itemStates)); // (T + N, d)
    return told(weights, all, of, tokens, coefficients);
  }

  @Override
  Decoding begin(Weights weights, Requests requests) {
    PeterMemory memory =
        new PeterMemory(manager, settings.peterLayers(), before() + settings.peterWords());
    PeterLayout layout = PeterLayout.of(requests, before());
    PeterNetwork.Wanted none = new PeterNetwork.Wanted(0, 1); // only its keys and values are
    NDArray embedded = network.embed(weights, layout, requests, words(requests), null);
    network.run(weights, embedded, none, network.all(layout, none, memory, null), null);
    return new PeterDecoding(network, weights, manager, memory, requests.size());
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
        Requests some = requests.select(places);
        PeterLayout layout = PeterLayout.of(some, 2); // users see no feature and no word
        PeterNetwork.Wanted wanted = new PeterNetwork.Wanted(0, places.length);
        NDArray embedded = network.embed(weights, layout, some, null, null);
        NDArray states =
            network.run(weights, embedded, wanted, network.all(layout, wanted, null, null), null);
        float[] found = network.ratings(weights, states).toFloatArray();
        System.arraycopy(found, 0, ratings, from, found.length);
      }
    }
    return ratings;
  }

  /**
   * What the item's place says of each word, as the context's loss has it.
   *
   * @param weights frozen
   * @param requests (B)
   * @return log-probabilities, (B, V)
   */
  NDArray context(Weights weights, Requests requests) {
    check(requests);
    PeterLayout layout = PeterLayout.of(requests, 2);
    int n = requests.size();
    PeterNetwork.Wanted wanted = new PeterNetwork.Wanted(n, 2L * n);
    NDArray embedded = network.embed(weights, layout, requests, null, null);
    NDArray states =
        network.run(weights, embedded, wanted, network.all(layout, wanted, null, null), null);
    return WordHead.scores(weights, states).logSoftmax(1);
  }

  @Override
  public void seedDropout(long seed) {
    dropout.seed(seed);
  }
}
