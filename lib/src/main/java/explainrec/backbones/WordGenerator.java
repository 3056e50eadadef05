package explainrec.backbones;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import explainrec.data.AtomicFiles;
import explainrec.data.InputException;
import explainrec.nn.Trainable;
import explainrec.nn.Weights;
import explainrec.text.Vocabulary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What generators that write words of a vocabulary share: sequences, the log-probabilities of given
 * ones, drawing new ones, and their files. A model adds its states: at all tokens of given
 * sequences at once ({@link #states}), and step by step ({@link #begin}).
 *
 * <p>Shapes: B requests, K samples of each, N = B K sequences, L the longest's tokens, T tokens of
 * all of them, H width of the states, V words.
 */
abstract class WordGenerator implements ExplanationGenerator {
  private static final String WORDS = "vocabulary.txt";
  private static final long KEPT = 1L << 29; // probabilities kept of a drawing: 2 GiB

  /** Owner of what the model makes beside its parameters. */
  final NDManager manager;

  private final Vocabulary vocabulary;
  private final int maxWords;
  private final WordLoss told;

  /**
   * Makes the common part.
   *
   * @param vocabulary V words
   * @param maxWords tokens of the longest sequence, its end included, at least 1
   * @param device where it computes
   */
  WordGenerator(Vocabulary vocabulary, int maxWords, Device device) {
    this.manager = NDManager.newBaseManager(device);
    this.told = new WordLoss(manager);
    this.vocabulary = vocabulary;
    this.maxWords = maxWords;
  }

  /** The words that it knows. */
  public final Vocabulary vocabulary() {
    return vocabulary;
  }

  /** Tokens of the longest sequence, its end included. */
  final int maxWords() {
    return maxWords;
  }

  /**
   * The model's states from which {@link WordHead} tells each token of given sequences, part of the
   * gradient graph.
   *
   * @param weights leaves or frozen
   * @param requests one a sequence, checked, (N)
   * @param batch the sequences; {@link WordBatch#pack} keeps the places that are asked for
   * @param training whether dropout is on
   * @return at the batch's places only, in their order, (T, H)
   */
  abstract NDArray states(Weights weights, Requests requests, WordBatch batch, boolean training);

  /**
   * Begins to write texts, without gradients.
   *
   * @param weights frozen
   * @param requests checked, (B)
   * @return with a row for each request
   */
  abstract Decoding begin(Weights weights, Requests requests);

  /**
   * Refuses requests that the model cannot read.
   *
   * @param requests any
   * @throws InputException naming the request and what is wrong
   */
  abstract void check(Requests requests);

  /**
   * A weighted sum of words' log-probabilities for the loss of training.
   *
   * @param weights leaves
   * @param states (U, H)
   * @param of the state of each token, (T)
   * @param tokens word of each, (T)
   * @param coefficients of each, (T)
   * @return the sum and its parts
   */
  final WordLoss.Told told(
      Weights weights, NDArray states, int[] of, long[] tokens, float[] coefficients) {
    return told.of(weights, states, of, tokens, coefficients);
  }

  /**
   * The mean negative log-likelihood of a batch's tokens, each of a state of its own.
   *
   * @param weights leaves
   * @param states (T, H)
   * @param tokens word of each, (T)
   * @return part of the gradient graph
   */
  final NDArray meanLoss(Weights weights, NDArray states, long[] tokens) {
    float[] coefficients = new float[tokens.length];
    Arrays.fill(coefficients, -1f / tokens.length);
    int[] own = IntStream.range(0, tokens.length).toArray();
    return told(weights, states, own, tokens, coefficients).sum();
  }

  /** The mean negative log-likelihood a token; a multi-task model adds its other parts. */
  @Override
  public Trainable.Loss loss(Weights weights, Requests requests, int[][] sequences) {
    check(requests);
    WordBatch batch = WordBatch.of(sequences);
    NDArray text = meanLoss(weights, states(weights, requests, batch, true), batch.tokens());
    return new Trainable.Loss(text, Map.of("text", text));
  }

  @Override
  public final NDArray logProbabilities(Weights weights, Requests requests, int[][] sequences) {
    check(requests);
    WordBatch batch = WordBatch.of(sequences);
    WordBatch.Shared shared = batch.shared(requests);
    NDArray states = states(weights, requests, shared.batch(), false); // (U, H)
    return batch.spread(WordHead.logs(weights, states, shared.of(), batch.tokens()));
  }

  @Override
  public final int[][] sample(Weights weights, Requests requests, int k, long seed) {
    check(requests);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return new WordWriter(maxWords).sample(begin(weights, requests), requests.size(), k, seed);
    }
  }

  @Override
  public final Samples draw(Weights weights, Requests requests, int k, long seed) {
    long most = (long) requests.size() * k * maxWords * vocabulary.size();
    if (most > KEPT) {
      return ExplanationGenerator.super.draw(weights, requests, k, seed);
    }
    check(requests);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      WordWriter.Trace trace =
          new WordWriter(maxWords).trace(begin(weights, requests), requests.size(), k, seed);
      return new WordSamples(this, requests.repeat(k), trace);
    }
  }

  @Override
  public final int[][] write(Weights weights, Requests requests) {
    check(requests);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return new WordWriter(maxWords).likeliest(begin(weights, requests), requests.size());
    }
  }

  @Override
  public final int[] sequence(List<String> words) {
    if (words.isEmpty()) {
      throw new InputException(
          "an explanation has no words; expected at least one: leave its row out");
    }
    int[] ids = vocabulary.encode(words);
    return ids.length <= maxWords ? ids : Arrays.copyOf(ids, maxWords);
  }

  @Override
  public final List<String> words(int[] sequence) {
    return vocabulary.decode(sequence);
  }

  /** Saves the weights and the words that they stand for. */
  @Override
  public final void save(Path folder) {
    String words =
        IntStream.range(0, vocabulary.size())
            .mapToObj(n -> vocabulary.word(n) + "\n")
            .collect(Collectors.joining());
    AtomicFiles.write(
        folder.resolve(WORDS), out -> out.write(words.getBytes(StandardCharsets.UTF_8)));
    parameters().save(folder.resolve(WEIGHTS));
  }

  /** Loads both, and refuses weights of another vocabulary with the first word that differs. */
  @Override
  public final void load(Path folder) {
    Path file = folder.resolve(WORDS);
    List<String> words;
    try {
      words = Files.readAllLines(file);
    } catch (IOException e) {
      throw new InputException(
          file + ": cannot be read; expected a generator saved by this kit; train it first", e);
    }
    for (int n = 0; n < Math.max(words.size(), vocabulary.size()); n++) {
      String theirs = n < words.size() ? words.get(n) : null;
      String ours = n < vocabulary.size() ? vocabulary.word(n) : null;
      if (!Objects.equals(theirs, ours)) {
        throw InputException.at(
            file,
            n + 1L,
            (theirs == null ? "ends" : "is '" + theirs + "'")
                + (ours == null ? ", expected the end" : ", expected '" + ours + "'")
                + ": the generator was trained with another vocabulary; train it on these data, or"
                + " use the data and settings it was trained with");
      }
    }
    parameters().load(folder.resolve(WEIGHTS));
  }

  @Override
  public final void close() {
    parameters().close();
    manager.close();
  }
}
