package explainrec.backbones;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import explainrec.data.InputException;
import explainrec.data.Split;
import explainrec.elixir.ElixirRatings;
import explainrec.elixir.ElixirReviews;
import explainrec.elixir.RatingSettings;
import explainrec.elixir.ReviewPolicy;
import explainrec.elixir.ReviewSettings;
import explainrec.nn.Parameters;
import explainrec.nn.Trainable;
import explainrec.nn.Weights;
import explainrec.t5.LanguageModel;
import explainrec.t5.T5;
import explainrec.t5.T5Tokenizer;
import explainrec.text.ExplainedSplit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * ELIXIR as a generator of explanations: psi makes a prompt of the user's and the item's vectors,
 * and the language model writes the explanation. psi's parameters theta_P are the policy; the
 * rating module is trained before and stays as it is, as does the language model where the settings
 * say so.
 *
 * <p>A sequence is the language model's ids. Samples are drawn from the model's own probabilities;
 * {@link #write} writes as ELIXIR writes reviews, by beams and repetition penalty where the
 * settings say so. Nobody has published MMI on ELIXIR: all of this is inferred.
 *
 * <p>Shapes: B requests, K samples of each.
 */
public final class ElixirGenerator implements ExplanationGenerator {
  private static final int WRITTEN_AT_ONCE = 64;

  private final ElixirRatings ratings;
  private final T5Tokenizer tokenizer;
  private final T5.Mean mean;
  private final int maxTokens;
  private final RequestCheck check;
  private final ElixirReviews reviews;
  private final ReviewPolicy policy;

  /**
   * Makes a generator with an untrained psi.
   *
   * @param data whose texts are explanations
   * @param ratings the trained rating module; it must outlive this
   * @param ratingSettings of the rating module
   * @param settings of the review module; texts are as long as the longest of train, and no longer
   *     than these settings' {@code maxTokens}
   * @param lm the language model; it must outlive this
   * @param device where it computes
   * @param seed of the random start
   * @throws InputException when the settings ask for joint training
   */
  public ElixirGenerator(
      ExplainedSplit data,
      ElixirRatings ratings,
      RatingSettings ratingSettings,
      ReviewSettings settings,
      LanguageModel lm,
      Device device,
      long seed) {
    if (!settings.training().equals("sequential")) {
      throw InputException.setting(
          "training", settings.training(), "sequential, when ELIXIR writes explanations for MMI");
    }
    Split split = data.split();
    this.ratings = ratings;
    this.tokenizer = lm.tokenizer();
    this.mean = settings.lossMean().equals("reviews") ? T5.Mean.REVIEWS : T5.Mean.TOKENS;
    this.maxTokens = Math.min(settings.maxTokens(), longest(split));
    this.check = RequestCheck.of(data);
    this.reviews =
        new ElixirReviews(
            split,
            ratings,
            ratingSettings,
            settings.withMaxTokens(maxTokens),
            lm,
            device,
            seed,
            (rows, written, loss) -> new Trainable.Validation(loss, Map.of("loss", loss)));
    this.policy = reviews.policy();
  }

  /** Tokens of the longest train text, its end included. */
  private int longest(Split split) {
    List<String> texts = Arrays.stream(split.train()).mapToObj(split.data()::text).toList();
    return tokenizer.encode(texts).stream().mapToInt(ids -> ids.length).max().orElse(2);
  }

  @Override
  public Parameters parameters() {
    return reviews.parameters();
  }

  @Override
  public boolean predictsRating() {
    return true;
  }

  @Override
  public boolean readsFeature() {
    return false;
  }

  /** The text's loss (eq. 12); the rating module, frozen, has none. */
  @Override
  public Trainable.Loss loss(Weights weights, Requests requests, int[][] sequences) {
    check.pairs(requests);
    NDArray text = policy.loss(weights, requests.users(), requests.items(), sequences, mean);
    return new Trainable.Loss(text, Map.of("text", text));
  }

  @Override
  public int[][] sample(Weights weights, Requests requests, int k, long seed) {
    check.pairs(requests);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return policy.sample(weights, requests.users(), requests.items(), k, seed);
    }
  }

  @Override
  public int[][] write(Weights weights, Requests requests) {
    check.pairs(requests);
    int[][] written = new int[requests.size()][];
    for (int from = 0; from < written.length; from += WRITTEN_AT_ONCE) {
      int to = Math.min(written.length, from + WRITTEN_AT_ONCE);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        int[][] some =
            policy.write(
                weights,
                Arrays.copyOfRange(requests.users(), from, to),
                Arrays.copyOfRange(requests.items(), from, to));
        System.arraycopy(some, 0, written, from, to - from);
      }
    }
    return written;
  }

  @Override
  public NDArray logProbabilities(Weights weights, Requests requests, int[][] sequences) {
    check.pairs(requests);
    int k = requests.times();
    int[] first = new int[requests.size() / k];
    Arrays.setAll(first, n -> n * k);
    Requests pairs = requests.select(first);
    return policy.logProbabilities(weights, pairs.users(), pairs.items(), sequences);
  }

  /** The frozen rating module's predictions, not clipped to the scale. */
  @Override
  public float[] ratings(Weights weights, Requests requests) {
    check.pairs(requests);
    return ratings.predict(requests.users(), requests.items())[0];
  }

  @Override
  public int[] sequence(List<String> words) {
    if (words.isEmpty()) {
      throw new InputException(
          "an explanation has no words; expected at least one: leave its row out");
    }
    return tokenizer.encode(String.join(" ", words), maxTokens);
  }

  /** The text in lower case, divided at blanks, without marks at the words' edges. */
  @Override
  public List<String> words(int[] sequence) {
    return WrittenWords.of(tokenizer.decode(sequence), false);
  }

  @Override
  public void seedDropout(long seed) {
    policy.seedDropout(seed);
  }

  @Override
  public void close() {
    reviews.close();
  }
}
