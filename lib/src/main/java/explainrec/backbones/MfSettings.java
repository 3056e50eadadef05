package explainrec.backbones;

import explainrec.data.Check;
import explainrec.nn.Optimization;
import explainrec.nn.TrainingPlan;

/**
 * Settings of matrix factorization.
 *
 * @param mfWidth factors of a user or item, 1..4096
 * @param mfRegularization lambda, weight of the squared lengths, 0..100
 * @param mfOptimizer {@code sgd} (paper) or {@code adam}
 * @param mfLearningRate step size, above 0 up to 1
 * @param mfBatchSize interactions a step, 1..65536; the paper takes one after the other
 * @param mfEpochs epochs at most, 1..10000
 * @param mfPatience epochs without a better validation RMSE before training stops; 0 never
 */
public record MfSettings(
    int mfWidth,
    double mfRegularization,
    String mfOptimizer,
    double mfLearningRate,
    int mfBatchSize,
    int mfEpochs,
    int mfPatience) {
  /** Checks every range. */
  public MfSettings {
    Check.range("mfWidth", mfWidth, 1, 4096);
    Check.range("mfRegularization", mfRegularization, 0, 100);
    Check.oneOf("mfOptimizer", mfOptimizer, "sgd", "adam");
    Check.range("mfLearningRate", mfLearningRate, 1e-9, 1);
    Check.range("mfBatchSize", mfBatchSize, 1, 65536);
    Check.range("mfEpochs", mfEpochs, 1, 10000);
    Check.range("mfPatience", mfPatience, 0, 10000);
  }

  /**
   * The settings of Koren and Bell's chapter on the Netflix data: step size 0.005, lambda 0.02, one
   * rating after the other.
   *
   * @return those; 100 factors (they show 50, 100 and 200) and 30 epochs are inferred
   */
  public static MfSettings paper() {
    return new MfSettings(100, 0.02, "sgd", 0.005, 1, 30, 0);
  }

  /**
   * How it is trained.
   *
   * @return optimizer, epochs, patience
   */
  public TrainingPlan plan() {
    return new TrainingPlan(
        new Optimization(mfOptimizer, mfLearningRate, 0, 1), mfEpochs, mfPatience);
  }
}
