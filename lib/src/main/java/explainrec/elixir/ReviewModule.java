package explainrec.elixir;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import explainrec.data.InputException;
import explainrec.nn.Dropout;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;
import explainrec.t5.GenerationSettings;
import explainrec.t5.Generator;
import explainrec.t5.LanguageModel;
import explainrec.t5.T5;
import explainrec.t5.TextLosses;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * ELIXIR's review module (eq. 7, 8 and 12): psi makes a prompt, the language model reads it as its
 * encoder's input and writes the review.
 *
 * <p>Shapes: B batch, n vectors, d their width, eta soft words, d_w width of the language model.
 */
final class ReviewModule {
  private final ReviewSettings settings;
  private final LanguageModel lm;
  private final PromptGenerator psi;
  private final Weights frozen; // of the language model; null when it is trained
  private final float[] words; // embeddings to start from, (eta d_w)
  private final Dropout promptDropout;
  private final Dropout lmDropout; // null when the language model is frozen

  /**
   * Makes a module.
   *
   * @param manager owner of the frozen weights
   * @param lm the language model; it must outlive the module
   * @param settings of the module
   * @param vectors n
   * @param width d
   * @param frequent ids of eta frequent words
   */
  ReviewModule(
      NDManager manager,
      LanguageModel lm,
      ReviewSettings settings,
      int vectors,
      int width,
      long[] frequent) {
    this.settings = settings;
    this.lm = lm;
    boolean trained = settings.lmTraining().equals("trained");
    NDManager own = manager.newSubManager();
    Weights start = lm.frozen(own);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray ids = manager.create(frequent, new Shape(1, frequent.length));
      this.words = lm.t5().embed(start, ids).toFloatArray();
    }
    double square = 0;
    for (float value : words) {
      square += (double) value * value / words.length;
    }
    this.psi =
        new PromptGenerator(settings, vectors, width, lm.t5().config().width(), Math.sqrt(square));
    this.promptDropout = new Dropout(manager, settings.promptDropout());
    this.lmDropout = trained ? new Dropout(manager, lm.t5().config().dropout()) : null;
    if (trained) {
      own.close();
    }
    this.frozen = trained ? null : start;
  }

  /** Describes theta_P and, when it is trained, theta_LM. */
  void describe(Parameters.Builder builder) {
    psi.describe(builder, words);
    if (frozen == null) {
      lm.describe(builder);
    }
  }

  /** Trained numbers by part. */
  Map<String, Long> sizes() {
    Map<String, Long> sizes = new LinkedHashMap<>();
    Parameters.Builder ofPsi = Parameters.builder();
    psi.describe(ofPsi, words);
    sizes.put("psi", ofPsi.count());
    if (frozen == null) {
      sizes.put("lm", lm.parameters());
    }
    return sizes;
  }

  void seedDropout(long seed) {
    promptDropout.seed(seed);
    if (lmDropout != null) {
      lmDropout.seed(seed + 1);
    }
  }

  /**
   * The loss of real reviews (eq. 12).
   *
   * @param weights what is trained
   * @param inputs vectors of the pairs, (B, n d)
   * @param labels ids of each review, end included
   * @param mean what it is a mean of
   * @param training whether dropout is on
   * @return a scalar
   * @throws InputException when a review has more tokens than the settings allow
   */
  NDArray loss(Weights weights, NDArray inputs, int[][] labels, T5.Mean mean, boolean training) {
    requireShort(labels);
    Dropout ofLm = training ? lmDropout : null;
    if (ofLm != null) {
      ofLm.begin();
    }
    promptDropout.begin();
    NDArray prompt = psi.prompt(weights, inputs, training ? promptDropout : null);
    NDArray memory = lm.t5().encode(lm(weights), prompt, null, ofLm); // (B, eta, d_w)
    return lm.t5().loss(lm(weights), memory, null, labels, mean, ofLm);
  }

  /**
   * How surprising real reviews are.
   *
   * @param weights what has been trained, frozen
   * @param inputs vectors of the pairs, (B, n d)
   * @param labels ids of each review, end included
   * @return mean negative log-likelihood of each review's tokens, (B)
   */
  float[] losses(Weights weights, NDArray inputs, int[][] labels) {
    NDArray prompt = psi.prompt(weights, inputs, null);
    NDArray memory = lm.t5().encode(lm(weights), prompt, null, null);
    return TextLosses.of(lm.t5(), lm(weights), memory, null, labels);
  }

  /**
   * Writes reviews.
   *
   * @param weights what has been trained, frozen
   * @param inputs vectors of the pairs, (B, n d)
   * @return a text a pair
   */
  String[] write(Weights weights, NDArray inputs) {
    int[][] ids = writeIds(weights, inputs);
    String[] texts = new String[ids.length];
    for (int n = 0; n < ids.length; n++) {
      texts[n] = lm.tokenizer().decode(ids[n]).strip();
    }
    return texts;
  }

  /** The same as ids of each review, its end included. */
  int[][] writeIds(Weights weights, NDArray inputs) {
    GenerationSettings how =
        GenerationSettings.beam(settings.maxTokens(), settings.reviewBeams())
            .withRepetitionPenalty(settings.repetitionPenalty());
    NDArray prompt = psi.prompt(weights, inputs, null);
    return new Generator(lm.t5(), lm(weights), how).generate(prompt, null, 0);
  }

  /**
   * Draws reviews from the model's own probabilities.
   *
   * @param weights what has been trained, frozen
   * @param inputs vectors of the pairs, (B, n d)
   * @param k reviews of each pair, K
   * @param seed the same seed draws the same
   * @return ids of each review, those of a pair one after the other, (B K)
   */
  int[][] sample(Weights weights, NDArray inputs, int k, long seed) {
    GenerationSettings how = GenerationSettings.sample(settings.maxTokens(), 1, 0, 1);
    NDArray prompt = psi.prompt(weights, inputs, null);
    return new Generator(lm.t5(), lm(weights), how).sample(prompt, null, k, seed);
  }

  /**
   * Log-probabilities of the tokens of given reviews, without dropout; part of the gradient graph.
   *
   * @param weights what is trained
   * @param inputs vectors of the pairs, (B, n d)
   * @param texts ids of each review; K of each pair follow one another, (B K)
   * @return 0 behind each review's last token, (B K, T)
   */
  NDArray logProbabilities(Weights weights, NDArray inputs, int[][] texts) {
    requireShort(texts);
    NDArray prompt = psi.prompt(weights, inputs, null);
    NDArray memory = lm.t5().encode(lm(weights), prompt, null, null); // (B, eta, d_w)
    return lm.t5().logProbabilities(lm(weights), memory, null, texts);
  }

  private void requireShort(int[][] labels) {
    for (int n = 0; n < labels.length; n++) {
      if (labels[n].length > settings.maxTokens()) {
        throw new InputException(
            String.format(
                "review %d of the batch has %d tokens, maxTokens allows %d; cut it or allow more",
                n + 1, labels[n].length, settings.maxTokens()));
      }
    }
  }

  private Weights lm(Weights weights) {
    return frozen == null ? weights : frozen;
  }
}
