package explainrec.run;

import explainrec.nn.Checkpoint;
import explainrec.nn.EarlyStop;
import explainrec.nn.EpochLog;
import explainrec.nn.RatingLearner;
import explainrec.nn.RatingStage;
import explainrec.nn.Trainer;
import explainrec.nn.TrainingPlan;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How a rating run trains its model, and what comes before that.
 *
 * @param run the model's name, for progress lines
 * @param seed of everything random
 * @param files where checkpoints are kept
 * @param lines take progress
 */
record RatingTraining(String run, long seed, RunFolder files, Consumer<String> lines) {
  /**
   * Does what comes before training: what is learnt without a gradient, and parts that are trained
   * by themselves. A resumed run does the first again, which gives the same, and goes on with the
   * second.
   *
   * @param learner the model
   * @return seconds that it took in all, resumed parts included
   */
  double beforehand(RatingLearner learner) {
    long start = System.nanoTime();
    learner.prepare(Reports.progress(line -> lines.accept(run + " seed " + seed + ": " + line)));
    double seconds = (System.nanoTime() - start) / 1e9;
    for (RatingStage stage : learner.stages()) {
      try (RatingLearner part = stage.learner()) {
        String what = run + ", " + stage.name() + " before it,";
        Checkpoint checkpoint = files.training(stage.name());
        Trainer.Outcome outcome = train(part, what, stage.plan(), checkpoint, epoch -> {});
        stage.adopt().run();
        double best = outcome.epochs().get(outcome.bestEpoch() - 1).score();
        lines.accept(
            String.format(
                Locale.ROOT,
                "%s seed %d: %s is trained, validation %.4f",
                run,
                seed,
                stage.name(),
                best));
        seconds += outcome.epochs().stream().mapToDouble(EpochLog::seconds).sum();
      }
    }
    return seconds;
  }

  /**
   * Trains the model itself, or goes on where it was killed.
   *
   * @param learner the model
   * @param plan optimizer, epochs, patience
   * @param listener takes each epoch, resumed ones too
   * @return every epoch and the best one
   */
  Trainer.Outcome train(
      RatingLearner learner, TrainingPlan plan, Consumer<RunResult.Epoch> listener) {
    return train(learner, run, plan, files.training(), listener);
  }

  private Trainer.Outcome train(
      RatingLearner learner,
      String what,
      TrainingPlan plan,
      Checkpoint checkpoint,
      Consumer<RunResult.Epoch> listener) {
    return new Trainer(
            plan.optimization(),
            plan.epochs(),
            seed,
            List.of(
                Reports.epochs(RatingTraining::epoch, listener),
                Reports.training(what + " seed " + seed, lines),
                new EarlyStop(plan.patience())))
        .train(learner, checkpoint);
  }

  /**
   * An epoch as a result keeps it.
   *
   * @param log of the training loop
   * @return its losses and errors, NaN for aspects where there are none
   */
  static RunResult.Epoch epoch(EpochLog log) {
    return new RunResult.Epoch(
        log.epoch(),
        log.losses().get("loss"),
        log.losses().get("overall"),
        log.losses().getOrDefault("aspects", Double.NaN),
        log.score(),
        log.validation().get("aspects"),
        log.seconds());
  }
}
