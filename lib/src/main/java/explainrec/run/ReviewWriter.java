package explainrec.run;

import explainrec.data.Progress;
import explainrec.nn.Optimization;
import explainrec.nn.Trainable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a run needs of a model that writes whole reviews: ELIXIR, or a generator. */
interface ReviewWriter extends AutoCloseable {
  /** What is trained, and how epochs are judged: by the same written sample whatever the model. */
  Trainable training();

  /** The same for each stage of training, where it has several. */
  default List<Trainable> stages() {
    return List.of(training());
  }

  /** How gradients become updates. */
  Optimization optimization();

  /** Epochs at most. */
  int epochs();

  /** Epochs without a better validation before training stops; 0 never stops early. */
  int patience();

  /**
   * Saves what is trained.
   *
   * @param folder takes the files, each whole or not at all
   */
  void save(Path folder);

  /**
   * Loads what {@link #save} saved.
   *
   * @param folder with the files
   */
  void load(Path folder);

  /**
   * Writes reviews, without looking at the rows' own ratings and texts.
   *
   * @param rows of the data, (N)
   * @param progress hears how many are written
   * @return a text a row
   */
  List<String> write(int[] rows, Progress progress);

  /**
   * How surprising the real reviews are.
   *
   * @param rows of the split, (N)
   * @return mean negative log-likelihood of each review's tokens, the model's own, end included, in
   *     nats, (N)
   */
  double[] losses(int[] rows);

  /**
   * Predicts ratings.
   *
   * @param rows of the data, (N)
   * @return overall, then each aspect that it rates, not clipped, (A + 1, N); null of a model that
   *     predicts none
   */
  float[][] predict(int[] rows);

  /** Trained numbers by part. */
  Map<String, Long> sizes();

  /** The language model that writes; null of a model without one. */
  ReviewResult.Lm lm();

  @Override
  void close();
}
