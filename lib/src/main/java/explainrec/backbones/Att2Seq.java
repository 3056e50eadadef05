package explainrec.backbones;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.nn.core.Linear;
import explainrec.nn.Dropout;
import explainrec.nn.Initial;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;
import explainrec.text.ExplainedSplit;
import explainrec.text.Vocabulary;
import java.util.Arrays;

/**
 * Att2Seq (Dong et al. 2017): explains a given rating. Embeddings of the user, the item and the
 * rating's class are encoded together, and an LSTM writes from there.
 *
 * <ul>
 *   <li>s = tanh(W [u; i; r] + b), (layers H);
 *   <li>h_0 of every layer is a part of s, and c_0 is 0: so do the public PyTorch versions, and the
 *       paper too starts the hidden vectors only;
 *   <li>h_t = LSTM(word_(t-1), h_(t-1)); p(word_t) = softmax(W_o h_t + b_o), h_t of the last layer.
 * </ul>
 *
 * <p>Shapes: B requests, N sequences, L the longest's tokens, T tokens, d width, H hidden, V words.
 */
public final class Att2Seq extends WordGenerator {
  private static final int RATINGS = 5;

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
  public Att2Seq(
      ExplainedSplit data,
      Vocabulary vocabulary,
      int maxWords,
      Att2SeqSettings settings,
      Device device,
      long seed) {
    super(vocabulary, maxWords, device);
    int d = settings.att2seqWidth();
    int layers = settings.att2seqLayers();
    this.dropout = new Dropout(manager, settings.att2seqDropout());
    this.decoder = Recurrent.lstm("lstm", d, settings.att2seqHidden(), layers);
    this.check = RequestCheck.of(data);
    Initial embedding = Initial.uniform(-0.08, 0.08);
    double bound = 1 / Math.sqrt(3 * d);
    Initial linear = Initial.uniform(-bound, bound);
    Parameters.Builder builder =
        Parameters.builder()
            .add("user.embedding", embedding, check.users(), d)
            .add("item.embedding", embedding, check.items(), d)
            .add("rating.embedding", embedding, RATINGS, d)
            .add("encoder.weight", linear, (long) layers * settings.att2seqHidden(), 3L * d)
            .add("encoder.bias", linear, (long) layers * settings.att2seqHidden())
            .add("word.embedding", embedding, vocabulary.size(), d);
    decoder.describe(builder);
    WordHead.describe(builder, settings.att2seqHidden(), vocabulary.size());
    this.parameters = builder.build(manager, device, seed);
  }

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
    return requests.ratings().clone();
  }

  @Override
  public void seedDropout(long seed) {
    dropout.seed(seed);
  }

  @Override
  void check(Requests requests) {
    check.pairs(requests);
    check.ratings(requests);
  }

  /**
   * What the LSTM starts from.
   *
   * @return h of every layer and c = 0, each (1, B, H)
   */
  private NDList encode(Weights weights, Requests requests) {
    NDArray u = embed(weights, "user.embedding", requests.users()); // (B, d)
    NDArray i = embed(weights, "item.embedding", requests.items());
    NDArray r = embed(weights, "rating.embedding", classes(requests.ratings()));
    NDArray all = NDArrays.concat(new NDList(u, i, r), 1); // (B, 3d)
    NDArray encoded =
        Linear.linear(all, weights.get("encoder.weight"), weights.get("encoder.bias"))
            .singletonOrThrow()
            .tanh(); // (B, layers H)
    return decoder.start(encoded);
  }

  private NDArray embed(Weights weights, String table, int[] numbers) {
    return Layers.embed(
        manager.create(Arrays.stream(numbers).asLongStream().toArray()), weights.get(table));
  }

  @Override
  NDArray states(Weights weights, Requests requests, WordBatch batch, boolean training) {
    if (batch.parents() != null && !training) {
      NDArray table = weights.get("word.embedding");
      return decoder.tree(
          weights, batch, some -> Layers.embed(some, table), encode(weights, requests)); // (U, H)
    }
    if (training) {
      dropout.begin();
    }
    NDArray words = Layers.embed(batch.inputs(manager), weights.get("word.embedding")); // (N, L, d)
    NDArray h =
        decoder.run(weights, words, encode(weights, requests), training ? dropout : null).head();
    return batch.pack(h); // (T, H)
  }

  @Override
  Decoding begin(Weights weights, Requests requests) {
    return new RecurrentDecoding(
        manager,
        encode(weights, requests),
        (last, states, rows) -> {
          NDArray words = Layers.embed(last, weights.get("word.embedding")).expandDims(1);
          NDList after = decoder.run(weights, words, states, null);
          NDArray h = after.remove(0).squeeze(1); // (R, H)
          after.add(0, WordHead.scores(weights, h));
          return after;
        });
  }

  /** The classes of ratings: 1 and below is 0, 5 and above is 4, halves go up. */
  static int[] classes(float[] ratings) {
    int[] classes = new int[ratings.length];
    for (int n = 0; n < classes.length; n++) {
      classes[n] = Math.max(1, Math.min(RATINGS, Math.round(ratings[n]))) - 1;
    }
    return classes;
  }
}
