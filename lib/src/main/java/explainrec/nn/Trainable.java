package explainrec.nn;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/** What the training loop needs to know of a model: its parameters, its batches and its loss. */
public interface Trainable {
  /**
   * What is trained.
   *
   * @return the model's parameters
   */
  Parameters parameters();

  /**
   * Lays out the batches of one epoch; the same seed gives the same batches.
   *
   * @param seed of this epoch's order
   * @return how many steps the epoch has
   */
  int beginEpoch(long seed);

  /**
   * The loss of one batch, part of the gradient graph.
   *
   * @param step from 0, below what {@link #beginEpoch} said
   * @param weights the parameters, as views of the step's leaf
   * @return the total and its named parts
   */
  Loss loss(int step, Weights weights);

  /**
   * How many examples a batch holds.
   *
   * @param step from 0
   * @return B
   */
  int examples(int step);

  /**
   * How good the model is now; lower is better.
   *
   * @return the score to keep the best epoch by, and what else to log, by name
   */
  Validation validate();

  /**
   * A loss.
   *
   * @param total scalar to follow down
   * @param parts what it is made of, scalars by name, for the log
   */
  record Loss(NDArray total, Map<String, NDArray> parts) {}

  /**
   * A validation.
   *
   * @param score lower is better
   * @param parts numbers for the log, by name; {@link #FOLLOWED} is what a falling learning rate
   *     follows, and patience may, where that is not the score
   */
  record Validation(double score, Map<String, Double> parts) {
    /** Name of the model's own validation loss beside a score that it is not trained by. */
    public static final String FOLLOWED = "own";
  }
}
