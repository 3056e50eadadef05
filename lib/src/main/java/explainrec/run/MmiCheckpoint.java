package explainrec.run;

import explainrec.data.InputException;
import explainrec.mmi.Alignment;
import explainrec.mmi.PolicyGradient;
import explainrec.nn.Checkpoint;
import explainrec.nn.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Keeps, beside the policy's own checkpoint, what its epochs leave elsewhere: the estimators, which
 * are trained in turn, and the log. Each epoch's is written before the policy's, under the epoch's
 * number, so that the two always belong together.
 */
final class MmiCheckpoint implements Checkpoint {
  private final Checkpoint policy;
  private final PolicyGradient gradient;
  private final Alignment reward;
  private final Path folder;

  MmiCheckpoint(Checkpoint policy, PolicyGradient gradient, Alignment reward, Path folder) {
    this.policy = policy;
    this.gradient = gradient;
    this.reward = reward;
    this.folder = folder;
  }

  @Override
  public void resume(TrainingState state) {
    policy.resume(state);
    int epoch = state.epochs().size();
    if (epoch == 0) {
      return;
    }
    Path log = log(epoch);
    try {
      Kept kept = RunJson.mapper().readValue(log.toFile(), Kept.class);
      gradient.restore(kept.policy());
      reward.restore(kept.estimators());
    } catch (IOException e) {
      throw new InputException(
          log + ": cannot be read, and the run cannot go on without; delete " + folder, e);
    }
  }

  @Override
  public void save(TrainingState state) {
    int epoch = state.epochs().size();
    RunJson.write(log(epoch), new Kept(gradient.memory(), reward.numbers()));
    policy.save(state);
    discard(epoch - 1);
  }

  /** Removes what nothing resumes from any more. */
  void discard(int epoch) {
    try {
      Files.deleteIfExists(log(epoch));
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be tidied; change its rights", e);
    }
  }

  private Path log(int epoch) {
    return folder.resolve("log-" + epoch + ".json");
  }

  /** What an epoch leaves. */
  private record Kept(PolicyGradient.Memory policy, Map<String, float[]> estimators) {}
}
