package explainrec.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where training stands; listeners read it, and may ask it to stop. */
public final class TrainingState {
  private final Parameters parameters;
  private final Optimizer optimizer;
  private final long seed;
  private final int maxEpochs;
  private final List<EpochLog> epochs = new ArrayList<>();
  private int step;
  private int steps;
  private double secondsThisEpoch;
  private int bestEpoch;
  private float[] best;
  private boolean running;
  private boolean stopped;

  TrainingState(Parameters parameters, Optimizer optimizer, long seed, int maxEpochs) {
    this.parameters = parameters;
    this.optimizer = optimizer;
    this.seed = seed;
    this.maxEpochs = maxEpochs;
  }

  /** The epoch that runs or, when told of an epoch's end, has just ended; from 1. */
  public int epoch() {
    return running || epochs.isEmpty() ? epochs.size() + 1 : epochs.size();
  }

  /** The most epochs there will be. */
  public int maxEpochs() {
    return maxEpochs;
  }

  /** Steps done in this epoch. */
  public int step() {
    return step;
  }

  /** Steps of this epoch. */
  public int steps() {
    return steps;
  }

  /** Seconds since this epoch began. */
  public double secondsThisEpoch() {
    return secondsThisEpoch;
  }

  /** The finished epochs, first to last. */
  public List<EpochLog> epochs() {
    return Collections.unmodifiableList(epochs);
  }

  /** The epoch with the lowest score so far; 0 before the first. */
  public int bestEpoch() {
    return bestEpoch;
  }

  /** The seed that everything random comes from. */
  public long seed() {
    return seed;
  }

  /** Ends training after this epoch. */
  public void stop() {
    stopped = true;
  }

  boolean stopped() {
    return stopped;
  }

  Parameters parameters() {
    return parameters;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  float[] best() {
    return best;
  }

  void beginEpoch(int stepsOfEpoch) {
    step = 0;
    steps = stepsOfEpoch;
    running = true;
    secondsThisEpoch = 0;
  }

  void stepDone(double seconds) {
    step++;
    secondsThisEpoch = seconds;
  }

  void epochDone(EpochLog log) {
    running = false;
    epochs.add(log);
    if (bestEpoch == 0 || log.score() < epochs.get(bestEpoch - 1).score()) {
      bestEpoch = log.epoch();
      best = parameters.values();
    }
  }

  void resume(List<EpochLog> finished, int bestSoFar, float[] bestValues) {
    epochs.addAll(finished);
    bestEpoch = bestSoFar;
    best = bestValues;
  }
}
