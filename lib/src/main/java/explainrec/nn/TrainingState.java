package explainrec.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where training stands; listeners read it, and may ask it to stop. */
public final class TrainingState implements AutoCloseable {
  private final Parameters parameters;
  private final Optimizer optimizer;
  private final long seed;
  private final int maxEpochs;
  private final List<EpochLog> epochs = new ArrayList<>();
  private int step;
  private int steps;
  private double secondsThisEpoch;
  private double gradientNorm = Double.NaN;
  private int bestEpoch;
  private NDManager memory; // outside Java's heap, of best
  private Numbers best;
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

  /** Length of the last step's gradient before it was clipped; NaN where nothing is clipped. */
  public double gradientNorm() {
    return gradientNorm;
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

  /** The parameters of the best epoch; null before the first. */
  Numbers best() {
    return best;
  }

  /** Room for the parameters of the best epoch. */
  Numbers makeBest() {
    if (best == null) {
      memory = NDManager.newBaseManager(Device.cpu());
      NDArray room = memory.create(new Shape(parameters.count()), DataType.FLOAT32);
      NDScope.unregister(room);
      best = new TensorNumbers(room);
    }
    return best;
  }

  /** Frees the parameters of the best epoch. */
  @Override
  public void close() {
    if (memory != null) {
      memory.close();
    }
  }

  void beginEpoch(int stepsOfEpoch) {
    step = 0;
    steps = stepsOfEpoch;
    running = true;
    secondsThisEpoch = 0;
  }

  void gradient(double norm) {
    gradientNorm = norm;
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
      Numbers.copy(parameters.numbers(), makeBest());
    }
  }

  void resume(List<EpochLog> finished, int bestSoFar) {
    epochs.addAll(finished);
    bestEpoch = bestSoFar;
  }
}
