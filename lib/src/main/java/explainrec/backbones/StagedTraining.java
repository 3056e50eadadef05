package explainrec.backbones;

import explainrec.nn.Checkpoint;
import explainrec.nn.EpochLog;
import explainrec.nn.Optimization;
import explainrec.nn.Parameters;
import explainrec.nn.Trainer;
import explainrec.nn.TrainingListener;
import explainrec.text.ExplainedSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Trains a generator stage by stage ({@link ExplanationGenerator#stages}), each with an optimizer
 * of its own and from the best epoch of the one before. Epochs are counted through.
 *
 * @param generator to train
 * @param data explained
 * @param batchSize explanations a step
 * @param optimization how gradients become updates
 * @param epochs of each stage at most
 * @param seed of everything random
 */
public record StagedTraining(
    ExplanationGenerator generator,
    ExplainedSplit data,
    int batchSize,
    Optimization optimization,
    int epochs,
    long seed) {

  /** Who is told of a stage. */
  @FunctionalInterface
  public interface Listeners {
    /**
     * Makes the listeners of a stage.
     *
     * @param stage from 0
     * @param before epochs of the stages before; a stage counts its own from 1
     * @return they are told in this order
     */
    List<TrainingListener> of(int stage, int before);
  }

  /**
   * Trains, and leaves the generator with the parameters of the last stage's best epoch.
   *
   * @param listeners of each stage
   * @param checkpoints where each stage resumes from and saves to
   * @return the epochs of all stages, and the best of the last one
   */
  public Trainer.Outcome train(Listeners listeners, IntFunction<Checkpoint> checkpoints) {
    List<EpochLog> all = new ArrayList<>();
    int best = 0;
    List<Parameters> stages = generator.stages();
    for (int stage = 0; stage < stages.size(); stage++) {
      int before = all.size();
      Trainer.Outcome outcome =
          new Trainer(optimization, epochs, seed + stage, listeners.of(stage, before))
              .train(
                  new GeneratorTraining(generator, data, batchSize, stages.get(stage)),
                  checkpoints.apply(stage));
      outcome.epochs().forEach(log -> all.add(counted(log, before)));
      best = before + outcome.bestEpoch();
    }
    return new Trainer.Outcome(List.copyOf(all), best);
  }

  /**
   * An epoch as one of all stages.
   *
   * @param log of a stage's epoch
   * @param before epochs of the stages before
   * @return with its number among all epochs
   */
  public static EpochLog counted(EpochLog log, int before) {
    return new EpochLog(
        before + log.epoch(),
        log.losses(),
        log.score(),
        log.validation(),
        log.examples(),
        log.trainSeconds(),
        log.seconds());
  }
}
