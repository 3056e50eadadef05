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
 * ApRef2Seq (Ni et al. 2019) with one feature in place of a plan of aspects, as MMI uses it: reads
 * what the user wrote and what was written of the item, and explains the feature. What the paper on
 * MMI leaves open is inferred: GRUs that read in one direction, and Luong's attention.
 *
 * <ul>
 *   <li>A GRU for each side reads the past texts, one after the other; m_u and m_i are the means of
 *       their last states ({@link Memory}).
 *   <li>h_0 = tanh(W_s [m_u; m_i; f] + b_s), f the feature's embedding; none has one of its own.
 *   <li>h_t = GRU(word_(t-1), h_(t-1)); c_u and c_i are what h_t finds in the words of either side.
 *       Attention over the feature finds f, since there is one only.
 *   <li>p(word_t) = softmax(W_o tanh(W_c [h_t; c_u; c_i; f] + b_c) + b_o).
 * </ul>
 *
 * <p>Shapes: N sequences of D distinct requests, K each; L the longest's tokens, T tokens, R rows
 * being written, d width, H hidden, V words, F features.
 */
public final class ApRef2Seq extends WordGenerator {
  private final Parameters parameters;
  private final Dropout encoderDropout;
  private final Dropout decoderDropout;
  private final RequestCheck check;
  private final PastTexts past;
  private final Memory user;
  private final Memory item;
  private final Recurrent decoder;

  /**
   * Makes an untrained generator.
   *
   * @param data its users, items and features; the train rows' texts are the past
   * @param vocabulary of the train explanations, V words
   * @param maxWords tokens of the longest explanation, its end included
   * @param settings of the model
   * @param device where it computes
   * @param seed of its random start
   */
  public ApRef2Seq(
      ExplainedSplit data,
      Vocabulary vocabulary,
      int maxWords,
      ApRef2SeqSettings settings,
      Device device,
      long seed) {
    super(vocabulary, maxWords, device);
    int d = settings.apref2seqWidth();
    int h = settings.apref2seqHidden();
    int layers = settings.apref2seqLayers();
    this.encoderDropout = new Dropout(manager, settings.apref2seqEncoderDropout());
    this.decoderDropout = new Dropout(manager, settings.apref2seqDecoderDropout());
    this.check = RequestCheck.of(data);
    this.past =
        new PastTexts(
            data,
            vocabulary,
            settings.apref2seqPast().equals("reviews"),
            settings.apref2seqTexts(),
            settings.apref2seqPastWords());
    this.user = new Memory("user", d, h, layers);
    this.item = new Memory("item", d, h, layers);
    this.decoder = Recurrent.gru("decoder", d, h, layers);
    Initial embedding = Initial.uniform(-0.08, 0.08);
    Parameters.Builder builder =
        Parameters.builder()
            .add("word.embedding", embedding, vocabulary.size(), d)
            .add("feature.embedding", embedding, check.features() + 1L, d); // the last is none
    user.describe(builder);
    item.describe(builder);
    linear(builder, "start", 2L * h + d, (long) layers * h);
    decoder.describe(builder);
    linear(builder, "context", 3L * h + d, h);
    WordHead.describe(builder, h, vocabulary.size());
    this.parameters = builder.build(manager, device, seed);
  }

  private static void linear(Parameters.Builder builder, String name, long inputs, long outputs) {
    double bound = 1 / Math.sqrt(inputs);
    builder.add(name + ".weight", Initial.uniform(-bound, bound), outputs, inputs);
    builder.add(name + ".bias", Initial.uniform(-bound, bound), outputs);
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
    return true;
  }

  @Override
  public float[] ratings(Weights weights, Requests requests) {
    return requests.ratings().clone();
  }

  @Override
  public void seedDropout(long seed) {
    encoderDropout.seed(seed);
    decoderDropout.seed(seed + 1);
  }

  @Override
  void check(Requests requests) {
    check.pairs(requests);
    check.features(requests);
  }

  /**
   * What the decoder starts from and looks back at.
   *
   * @param user its past
   * @param item its past
   * @param feature f, (D, d)
   * @param start h_0 of every layer, one behind the other, (D, layers H)
   */
  private record Source(Memory.Encoded user, Memory.Encoded item, NDArray feature, NDArray start) {}

  private Source encode(Weights weights, Requests requests, Dropout dropout) {
    Memory.Encoded u =
        user.encode(manager, weights, past.of(PastTexts.Side.USER, requests), dropout);
    Memory.Encoded i =
        item.encode(manager, weights, past.of(PastTexts.Side.ITEM, requests), dropout);
    long[] numbers =
        Arrays.stream(requests.features())
            .mapToLong(feature -> feature < 0 ? check.features() : feature)
            .toArray();
    NDArray f = Layers.embed(manager.create(numbers), weights.get("feature.embedding")); // (D, d)
    NDArray all = NDArrays.concat(new NDList(u.mean(), i.mean(), f), 1); // (D, 2H + d)
    NDArray start = linear(weights, "start", all).tanh();
    return new Source(u, i, f, start);
  }

  private static NDArray linear(Weights weights, String name, NDArray values) {
    return Linear.linear(values, weights.get(name + ".weight"), weights.get(name + ".bias"))
        .singletonOrThrow();
  }

  @Override
  NDArray states(Weights weights, Requests requests, WordBatch batch, boolean training) {
    if (training) {
      encoderDropout.begin();
      decoderDropout.begin();
    }
    Dropout dropout = training ? decoderDropout : null;
    int k = requests.times();
    int[] distinct = new int[requests.size() / k];
    Arrays.setAll(distinct, n -> n * k);
    Source source = encode(weights, requests.select(distinct), training ? encoderDropout : null);
    NDArray words = Layers.embed(batch.inputs(manager), weights.get("word.embedding")); // (N, L, d)
    words = training ? dropout.apply(words) : words;
    NDList start = decoder.start(k == 1 ? source.start() : source.start().repeat(0, k));
    NDArray h = decoder.run(weights, words, start, dropout).head(); // (N, L, H)
    NDArray queries = h.reshape(distinct.length, (long) k * batch.length(), -1); // (D, K L, H)
    NDList found = contexts(weights, source, queries);
    NDArray all = NDArrays.concat(found, -1).reshape(batch.size(), batch.length(), -1);
    NDArray states = linear(weights, "context", batch.pack(all)).tanh(); // (T, H)
    return training ? dropout.apply(states) : states;
  }

  /** h, c_u, c_i and f of every query (D, Q, H), each (D, Q, ...). */
  private NDList contexts(Weights weights, Source source, NDArray queries) {
    NDArray f = source.feature();
    long count = queries.getShape().get(1);
    return new NDList(
        queries,
        user.attend(weights, source.user(), queries),
        item.attend(weights, source.item(), queries),
        f.expandDims(1).broadcast(f.getShape().get(0), count, f.getShape().get(1)));
  }

  @Override
  Decoding begin(Weights weights, Requests requests) {
    Source source = encode(weights, requests, null);
    return new RecurrentDecoding(
        manager,
        decoder.start(source.start()),
        (last, states, of) -> {
          NDArray words = Layers.embed(last, weights.get("word.embedding")).expandDims(1);
          NDList after = decoder.run(weights, words, states, null);
          NDArray h = after.remove(0).squeeze(1); // (R, H)
          after.add(0, WordHead.scores(weights, look(weights, source, h, of)));
          return after;
        });
  }

  /**
   * Lets rows look back. The past is never copied: rows of a request are put side by side, with
   * some left empty.
   *
   * @param h of the rows, (R, H)
   * @param of the request of each row, ascending, (R)
   * @return what words are told from, (R, H)
   */
  private NDArray look(Weights weights, Source source, NDArray h, int[] of) {
    int requests = Math.toIntExact(source.feature().getShape().get(0));
    int[] counts = new int[requests];
    long[] places = new long[of.length]; // within the request at first
    for (int n = 0; n < of.length; n++) {
      places[n] = counts[of[n]]++;
    }
    int most = Arrays.stream(counts).max().orElseThrow();
    long[] rows = new long[requests * most]; // empty places look as row 0 does
    for (int n = 0; n < of.length; n++) {
      places[n] += (long) of[n] * most;
      rows[(int) places[n]] = n;
    }
    NDArray queries = Layers.embed(manager.create(rows), h).reshape(requests, most, -1);
    NDArray all = NDArrays.concat(contexts(weights, source, queries), -1); // (D, most, 3H + d)
    NDArray found = Layers.embed(manager.create(places), all.reshape((long) requests * most, -1));
    return linear(weights, "context", found).tanh();
  }
}
