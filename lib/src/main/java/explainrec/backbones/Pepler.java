package explainrec.backbones;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import explainrec.data.InputException;
import explainrec.data.Split;
import explainrec.nn.Dropout;
import explainrec.nn.Initial;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Trainable;
import explainrec.nn.Weights;
import explainrec.t5.T5Tokenizer;
import explainrec.text.ExplainedSplit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * PEPLER with continuous prompts, of Li, Zhang and Chen (2023): the user's and the item's vectors
 * stand before the words that GPT-2 reads and writes, and predict the rating, whose loss
 * regularises the text's ("recommendation as regularization"). Sequential tuning trains the prompts
 * first while GPT-2 is frozen, then both.
 *
 * <p>From the authors' code: prompts uniform within 0.1, the rating's MLP with sigmoids and weights
 * uniform within 0.1, no decay (so AdamW is Adam but for its epsilon), dropout of GPT-2's own
 * configuration in both stages, and, where ratings are predicted, epochs chosen by the text's loss
 * and the rating's mean squared error together. Inferred: sequential tuning and the rating's loss
 * in one training (their code has the one or the other), GPT-2's own end mark before and behind the
 * text instead of new marks, and no loss for the first mark, which is the same in every text.
 *
 * <p>Shapes: B requests, N sequences, L the longest's tokens, T tokens of all of them, d width.
 */
public final class Pepler implements ExplanationGenerator {
  private static final String USERS = "user.weight"; // (users, d)
  private static final String ITEMS = "item.weight"; // (items, d)
  private static final int PROMPT = 2; // vectors before the start mark
  private static final int WRITTEN_AT_ONCE = 256;
  private static final double RANGE = 0.1; // of the random start

  private final PeplerSettings settings;
  private final Gpt2Model model;
  private final Gpt2 gpt2;
  private final RequestCheck check;
  private final boolean marks;
  private final int longest;
  private final NDManager manager;
  private final Weights frozen; // of GPT-2; null when it is trained
  private final Parameters parameters;
  private final List<Parameters> stages;
  private final PeplerRating rating;
  private final Dropout dropout;

  /**
   * Makes a model with random prompts before a GPT-2.
   *
   * @param data whose users, items and longest train text it knows
   * @param settings how it is trained
   * @param model the GPT-2; it must outlive this
   * @param device where it computes
   * @param seed of its random start
   * @throws InputException when the texts may be longer than the GPT-2 has positions
   */
  public Pepler(
      ExplainedSplit data, PeplerSettings settings, Gpt2Model model, Device device, long seed) {
    this.settings = settings;
    this.model = model;
    this.gpt2 = model.gpt2();
    this.check = RequestCheck.of(data);
    this.marks = marked(data);
    this.longest = longest(data);
    this.manager = NDManager.newBaseManager(device);
    this.frozen = settings.peplerTuning().equals("prompt") ? model.frozen(manager) : null;
    this.rating = new PeplerRating(settings, gpt2.config().width());
    Parameters.Builder builder = Parameters.builder();
    long width = gpt2.config().width();
    builder.add(USERS, Initial.uniform(-RANGE, RANGE), check.users(), width);
    builder.add(ITEMS, Initial.uniform(-RANGE, RANGE), check.items(), width);
    int prompts = 2 + rating.describe(builder);
    if (frozen == null) {
      model.describe(builder);
    }
    this.parameters = builder.build(manager, device, seed);
    this.stages =
        settings.peplerTuning().equals("sequential")
            ? List.of(parameters.first(prompts), parameters)
            : List.of(parameters);
    this.dropout = new Dropout(manager, gpt2.config().dropout());
  }

  /** Tokens of the longest train text, as far as the settings allow. */
  private int longest(ExplainedSplit data) {
    Split split = data.split();
    List<String> texts =
        Arrays.stream(split.train())
            .mapToObj(row -> String.join(" ", data.explanations().get(row).words()))
            .toList();
    int most = model.encode(texts).stream().mapToInt(ids -> ids.length).max().orElse(2);
    int wanted = Math.min(settings.peplerTokens(), most);
    if (PROMPT + wanted > gpt2.config().positions()) {
      throw InputException.setting(
          "peplerTokens",
          settings.peplerTokens(),
          "at most "
              + (gpt2.config().positions() - PROMPT)
              + " tokens, for that is how far this GPT-2 reads");
    }
    return wanted;
  }

  /** Whether the data's words have marks at their edges, as those of whole reviews do. */
  private static boolean marked(ExplainedSplit data) {
    return Arrays.stream(data.split().train())
        .mapToObj(row -> data.explanations().get(row).words())
        .anyMatch(words -> words.stream().anyMatch(WrittenWords::marked));
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public List<Parameters> stages() {
    return stages;
  }

  @Override
  public boolean predictsRating() {
    return true;
  }

  @Override
  public boolean readsFeature() {
    return false;
  }

  private Weights lm(Weights weights) {
    return frozen == null ? weights : frozen;
  }

  private NDArray vectors(Weights weights, String table, int[] numbers) {
    long[] rows = Arrays.stream(numbers).asLongStream().toArray();
    return Layers.embed(manager.create(rows), weights.get(table)); // (B, d)
  }

  /** Users' and items' vectors, (B, 2, d). */
  private static NDArray prompt(NDArray users, NDArray items) {
    return NDArrays.stack(new NDList(users, items), 1);
  }

  /** The outputs from which each token is told, (T, d). */
  private NDArray states(Weights weights, NDArray prompt, WordBatch batch, Dropout drop) {
    Weights lm = lm(weights);
    NDArray words = gpt2.embed(lm, batch.inputs(manager)); // (N, L, d)
    NDArray output =
        gpt2.read(lm, NDArrays.concat(new NDList(prompt, words), 1), null, drop); // (N, 2 + L, d)
    NDIndex behind = new NDIndex().addAllDim().addSliceDim(PROMPT, PROMPT + (long) batch.length());
    return batch.pack(output.get(behind));
  }

  private WordBatch batch(int[][] sequences) {
    return WordBatch.of(sequences, gpt2.config().start());
  }

  /** The text's loss, a mean over tokens, and lambda times the rating's mean squared error. */
  @Override
  public Trainable.Loss loss(Weights weights, Requests requests, int[][] sequences) {
    check.pairs(requests);
    dropout.begin();
    NDArray users = vectors(weights, USERS, requests.users());
    NDArray items = vectors(weights, ITEMS, requests.items());
    WordBatch batch = batch(sequences);
    NDArray states = states(weights, prompt(users, items), batch, dropout);
    NDArray text = gpt2.mean(lm(weights), states, batch.tokens());
    NDArray squares =
        Layers.meanSquaredError(
            rating.predict(weights, users, items), manager.create(requests.ratings()));
    Map<String, NDArray> named = new LinkedHashMap<>();
    named.put("text", text);
    named.put("rating", squares);
    NDArray total = text.add(Layers.scale(squares, settings.peplerRatingWeight()));
    return new Trainable.Loss(total, named);
  }

  @Override
  public int[][] sample(Weights weights, Requests requests, int k, long seed) {
    check.pairs(requests);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return writer().sample(begin(weights, requests), requests.size(), k, seed);
    }
  }

  @Override
  public int[][] write(Weights weights, Requests requests) {
    check.pairs(requests);
    int[][] written = new int[requests.size()][];
    for (int from = 0; from < written.length; from += WRITTEN_AT_ONCE) {
      int to = Math.min(written.length, from + WRITTEN_AT_ONCE);
      Requests some = requests.select(IntStream.range(from, to).toArray());
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        int[][] texts = writer().likeliest(begin(weights, some), some.size());
        System.arraycopy(texts, 0, written, from, texts.length);
      }
    }
    return written;
  }

  private WordWriter writer() {
    return new WordWriter(longest, gpt2.config().start(), gpt2.config().end());
  }

  private Decoding begin(Weights weights, Requests requests) {
    NDArray prompt =
        prompt(
            vectors(weights, USERS, requests.users()), vectors(weights, ITEMS, requests.items()));
    return new Gpt2Decoding(gpt2, lm(weights), manager, prompt, longest);
  }

  @Override
  public NDArray logProbabilities(Weights weights, Requests requests, int[][] sequences) {
    check.pairs(requests);
    WordBatch batch = batch(sequences);
    NDArray prompt =
        prompt(
            vectors(weights, USERS, requests.users()), vectors(weights, ITEMS, requests.items()));
    NDArray states = states(weights, prompt, batch, null); // (T, d)
    NDArray tokens = manager.create(batch.tokens());
    return batch.spread(
        gpt2.head().logProbabilities(lm(weights), states, tokens).reshape(-1)); // (N, L)
  }

  /** Predicted ratings, not clipped to the scale. */
  @Override
  public float[] ratings(Weights weights, Requests requests) {
    check.pairs(requests);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return rating
          .predict(
              weights,
              vectors(weights, USERS, requests.users()),
              vectors(weights, ITEMS, requests.items()))
          .toFloatArray();
    }
  }

  @Override
  public int[] sequence(List<String> words) {
    if (words.isEmpty()) {
      throw new InputException(
          "an explanation has no words; expected at least one: leave its row out");
    }
    return T5Tokenizer.cut(model.encode(List.of(String.join(" ", words))).get(0), longest);
  }

  /** The text in lower case, divided at blanks; marks at words' edges only where the data's are. */
  @Override
  public List<String> words(int[] sequence) {
    return WrittenWords.of(model.decode(sequence), marks);
  }

  @Override
  public void seedDropout(long seed) {
    dropout.seed(seed);
  }

  @Override
  public void close() {
    stages.forEach(Parameters::close);
    manager.close();
  }
}
