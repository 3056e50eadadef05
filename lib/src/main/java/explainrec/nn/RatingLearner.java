package explainrec.nn;

import explainrec.data.Progress;
import java.nio.file.Path;
import java.util.List;

/**
 * A model of ratings that the one training loop trains, and that can be kept: ELIXIR's rating
 * module and the baselines that are trained as it is.
 */
public interface RatingLearner extends Trainable, RatingPredictor, AutoCloseable {
  /**
   * Learns what is learnt without a gradient before training, for instance topics; the same data
   * and seed give the same. Most models have nothing to do here.
   *
   * @param progress hears how far it is
   */
  default void prepare(Progress progress) {}

  /**
   * The parts that are trained before the model itself, in order; most models have none.
   *
   * @return untrained, each to be closed by the caller
   */
  default List<RatingStage> stages() {
    return List.of();
  }

  /**
   * Saves the parameters as safetensors.
   *
   * @param file where to, whole or not at all
   */
  void save(Path file);

  /**
   * Loads parameters saved by {@link #save} under the same settings and data.
   *
   * @param file where from
   */
  void load(Path file);

  @Override
  void close();
}
