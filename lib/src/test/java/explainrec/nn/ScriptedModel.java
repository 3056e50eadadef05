package explainrec.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Three numbers that are pulled to 1, four steps an epoch; what validation says of each epoch is
 * written down beforehand.
 */
final class ScriptedModel implements Trainable, AutoCloseable {
  static final int STEPS = 4;

  /** The order of each epoch, as the trainer asked for it. */
  final List<Long> seeds = new ArrayList<>();

  private final NDManager manager = NDManager.newBaseManager(Device.cpu());
  private final Parameters parameters =
      Parameters.builder()
          .add("numbers", Initial.uniform(-1, 0), 3)
          .build(manager, Device.cpu(), 1);
  private final double[] scores;
  private int epoch;
  private int poisonedEpoch;
  private int poisonedStep;

  /**
   * @param scores of epoch 1, 2, ...; lower is better
   */
  ScriptedModel(double... scores) {
    this.scores = scores;
  }

  /** Makes the loss no number at a step. */
  ScriptedModel poisoned(int inEpoch, int atStep) {
    poisonedEpoch = inEpoch;
    poisonedStep = atStep;
    return this;
  }

  /** As if so many epochs had been trained by an earlier process. */
  ScriptedModel from(int epochs) {
    epoch = epochs;
    return this;
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public int beginEpoch(long seed) {
    epoch++;
    seeds.add(seed);
    return STEPS;
  }

  @Override
  public Loss loss(int step, Weights weights) {
    boolean poisoned = epoch == poisonedEpoch && step + 1 == poisonedStep;
    NDArray loss = weights.get("numbers").sub(1).square().sum();
    return new Loss(poisoned ? loss.mul(Float.NaN) : loss, Map.of("part", loss.mul(2)));
  }

  @Override
  public int examples(int step) {
    return step + 1;
  }

  @Override
  public Validation validate() {
    return new Validation(scores[epoch - 1], Map.of("other", 10.0 * epoch));
  }

  @Override
  public void close() {
    manager.close();
  }
}
