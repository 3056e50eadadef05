package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import explainrec.nn.Parameters;
import explainrec.nn.Trainable;
import explainrec.nn.Weights;
import java.nio.file.Path;
import java.util.List;

/**
 * A generator of short explanations, as MMI fine-tunes it: it draws sequences, scores given ones,
 * and has a loss of its own. A sequence is the ids of its tokens, the end included where it has
 * one; it has no end when it is as long as sequences may be.
 *
 * <p>The weights are handed in with every call: the same generator serves as the policy (its {@code
 * parameters().leaves()}), and with a copy of its weights as the frozen backbone.
 *
 * <p>Shapes: B requests, K samples of each, N = B K sequences in the order of {@link
 * Requests#repeat}, L the longest sequence's tokens.
 */
public interface ExplanationGenerator extends AutoCloseable {
  /** The file of the weights in a generator's folder. */
  String WEIGHTS = "generator.safetensors";

  /** What is trained. */
  Parameters parameters();

  /**
   * Whether it predicts the rating itself (multi-task); else it explains a given one (post-hoc).
   */
  boolean predictsRating();

  /** Whether it reads the request's feature. */
  boolean readsFeature();

  /**
   * The generator's own loss on real explanations, L_backbone, with dropout; part of the gradient
   * graph.
   *
   * @param weights leaves
   * @param requests with their real ratings, (B)
   * @param sequences real explanations, by {@link #sequence}, (B)
   * @return the total and its named parts; {@code text} is the mean negative log-likelihood a token
   */
  Trainable.Loss loss(Weights weights, Requests requests, int[][] sequences);

  /**
   * Draws K sequences a request from pi, token by token, all in one batch, without gradients.
   *
   * @param weights frozen
   * @param requests (B)
   * @param k K, at least 1
   * @param seed the same seed draws the same
   * @return (B K) sequences
   */
  int[][] sample(Weights weights, Requests requests, int k, long seed);

  /**
   * Draws as {@link #sample} does, and keeps what the gradient of log pi can use of the drawing; a
   * generator that keeps nothing scores its samples again.
   *
   * @param weights frozen
   * @param requests (B)
   * @param k K, at least 1
   * @param seed the same seed draws the same
   * @return (B K) sequences, to be closed
   */
  default Samples draw(Weights weights, Requests requests, int k, long seed) {
    return new ScoredAgain(this, requests.repeat(k), sample(weights, requests, k, seed));
  }

  /**
   * Writes the sequence of the likeliest next tokens for each request, without gradients.
   *
   * @param weights frozen
   * @param requests (B)
   * @return (B) sequences
   */
  int[][] write(Weights weights, Requests requests);

  /**
   * log pi of every token given the ones before, in one pass over all sequences, without dropout;
   * part of the gradient graph where the weights are leaves.
   *
   * @param weights leaves or frozen
   * @param requests one a sequence, (N)
   * @param sequences at least one token each, (N)
   * @return log-probabilities, 0 after each sequence's last token, (N, L)
   */
  NDArray logProbabilities(Weights weights, Requests requests, int[][] sequences);

  /**
   * The rating that goes with each request's explanation, without gradients.
   *
   * @param weights frozen
   * @param requests (B)
   * @return predicted ratings where {@link #predictsRating}, else the requests' own, (B)
   */
  float[] ratings(Weights weights, Requests requests);

  /**
   * The sequence of a real explanation.
   *
   * @param words at least one
   * @return its ids with the end, cut to the longest that may be
   */
  int[] sequence(List<String> words);

  /**
   * The words of a sequence.
   *
   * @param sequence ids
   * @return words, lower case; none when nothing but the end was written
   */
  List<String> words(int[] sequence);

  /**
   * Starts the dropout of an epoch.
   *
   * @param seed the same seed drops the same
   */
  void seedDropout(long seed);

  /**
   * Saves what is trained.
   *
   * @param folder takes the files, each whole or not at all
   */
  default void save(Path folder) {
    parameters().save(folder.resolve(WEIGHTS));
  }

  /**
   * Loads what {@link #save} saved under the same settings and data.
   *
   * @param folder with the files
   * @throws explainrec.data.InputException when they cannot be read or are of another generator
   */
  default void load(Path folder) {
    parameters().load(folder.resolve(WEIGHTS));
  }

  @Override
  void close();
}
