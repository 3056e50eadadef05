package explainrec.nn;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import explainrec.data.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The one training loop of the kit. It knows no model: it asks for batches and losses, follows the
 * gradient, validates, keeps the best epoch, and tells its listeners.
 *
 * <p>Order and dropout of an epoch depend on the seed and the epoch's number alone, so that a run
 * resumed at an epoch's start goes on with the same numbers as one that was never stopped.
 */
public final class Trainer {
  private final Optimization optimization;
  private final int maxEpochs;
  private final long seed;
  private final List<TrainingListener> listeners;
  private final NativeHeap heap = new NativeHeap();

  /**
   * Sets up training.
   *
   * @param learningRate Adam's step size
   * @param maxEpochs epochs at most
   * @param seed of everything random
   * @param listeners are told in this order
   */
  public Trainer(
      double learningRate, int maxEpochs, long seed, List<? extends TrainingListener> listeners) {
    this(Optimization.adam(learningRate), maxEpochs, seed, listeners);
  }

  /**
   * Sets up training with another optimizer.
   *
   * @param optimization how gradients become updates
   * @param maxEpochs epochs at most
   * @param seed of everything random
   * @param listeners are told in this order
   */
  public Trainer(
      Optimization optimization,
      int maxEpochs,
      long seed,
      List<? extends TrainingListener> listeners) {
    this.optimization = optimization;
    this.maxEpochs = maxEpochs;
    this.seed = seed;
    this.listeners = List.copyOf(listeners);
  }

  /**
   * Trains, and leaves the model with the parameters of its best epoch.
   *
   * @param model what to train
   * @param checkpoint where to resume from and save to, or {@link Checkpoint#NONE}
   * @return the finished epochs and the best one
   * @throws InputException when the loss or the validation score is no longer a number
   */
  public Outcome train(Trainable model, Checkpoint checkpoint) {
    try (Optimizer optimizer = optimization.of(model.parameters());
        TrainingState state = new TrainingState(model.parameters(), optimizer, seed, maxEpochs)) {
      checkpoint.resume(state);
      // What was decided after the last kept epoch is decided again, so that a resumed run stops
      // where it would have.
      if (!state.epochs().isEmpty()) {
        listeners.forEach(listener -> listener.onEpoch(state));
      }
      while (state.epochs().size() < maxEpochs && !state.stopped()) {
        state.epochDone(epoch(model, state));
        checkpoint.save(state);
        listeners.forEach(listener -> listener.onEpoch(state));
      }
      if (state.best() != null) {
        Numbers.copy(state.best(), model.parameters().numbers());
      }
      return new Outcome(List.copyOf(state.epochs()), state.bestEpoch());
    }
  }

  private EpochLog epoch(Trainable model, TrainingState state) {
    int epoch = state.epochs().size() + 1;
    long epochSeed = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * epoch).nextLong();
    Engine.getInstance().setRandomSeed((int) epochSeed);
    state.optimizer().learningRate(optimization.rateAfter(state.epochs()));
    long start = System.nanoTime();
    state.beginEpoch(model.beginEpoch(epochSeed));
    Map<String, Double> sums = new LinkedHashMap<>();
    long examples = 0;
    for (int step = 0; step < state.steps(); step++) {
      int size = model.examples(step);
      for (Map.Entry<String, Double> part : step(model, step, state).entrySet()) {
        sums.merge(part.getKey(), part.getValue() * size, Double::sum);
      }
      examples += size;
      if (!Double.isFinite(sums.get("loss"))) {
        throw diverged("epoch " + epoch + ", step " + (step + 1) + ": the loss");
      }
      state.stepDone(secondsSince(start));
      heap.trimNowAndThen();
      listeners.forEach(listener -> listener.onStep(state));
    }
    double trainSeconds = secondsSince(start);
    Trainable.Validation validation = model.validate();
    if (!Double.isFinite(validation.score())) {
      throw diverged("epoch " + epoch + ": the validation score");
    }
    long count = examples;
    sums.replaceAll((name, sum) -> sum / count);
    return new EpochLog(
        epoch,
        sums,
        validation.score(),
        validation.parts(),
        examples,
        trainSeconds,
        secondsSince(start));
  }

  private static InputException diverged(String what) {
    return new InputException(
        what + " is no longer a number; the last checkpoint is kept; use a smaller learningRate");
  }

  /** One scope a step: whatever the step makes is freed at its end, and memory stays flat. */
  private Map<String, Double> step(Trainable model, int step, TrainingState state) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Weights leaves = state.parameters().leaves();
      Trainable.Loss loss;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        loss = model.loss(step, leaves);
        collector.backward(loss.total());
      }
      if (optimization.clip() > 0) {
        state.gradient(Clip.apply(leaves, optimization.clip()));
      }
      state.optimizer().step(leaves);
      Map<String, Double> values = new LinkedHashMap<>();
      values.put("loss", (double) loss.total().getFloat());
      loss.parts().forEach((name, part) -> values.put(name, (double) part.getFloat()));
      return values;
    }
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /**
   * How training ended.
   *
   * @param epochs every epoch, resumed ones included
   * @param bestEpoch the epoch whose parameters the model now has; 0 when none was trained
   */
  public record Outcome(List<EpochLog> epochs, int bestEpoch) {}
}
