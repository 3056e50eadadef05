package explainrec.run;

import explainrec.metrics.RatingPredictions;
import java.util.List;
import java.util.Map;

/**
 * All that one run leaves behind, as written to {@code run.json}; tables and charts are made from
 * these files alone.
 *
 * @param format version of this file's form, now 1
 * @param model the model's name on the command line: {@code average}, {@code bias}, {@code elixir},
 *     {@code elixir-no-attention}, {@code elixir-no-aspects}, {@code elixir-no-global}
 * @param title the model's name in tables, as the paper prints it
 * @param profile {@code smoke}, {@code quick} or {@code paper}
 * @param seed the run's one seed
 * @param settings every setting by name, defaults included
 * @param deviations where the settings leave the paper, a sentence each: {@code key = value (paper:
 *     ...)}
 * @param data what was learnt from
 * @param versions library name to version
 * @param device for instance {@code cpu (2 threads)} or {@code gpu(0)}
 * @param cost time, memory and size
 * @param epochs one entry an epoch; empty for models that are not trained by gradient
 * @param bestEpoch the epoch kept, from 1; 0 when there are none
 * @param test predictions of the test rows
 * @param leaked for every test row, whether its text (normalised) or a near-duplicate stands in
 *     train; (N)
 * @param coldUser for every test row, whether its user has no train row; (N)
 * @param coldItem for every test row, whether its item has no train row; (N)
 * @param metrics the numbers computed from {@code test}, by name, as in {@code RatingMetrics#named}
 */
public record RunResult(
    int format,
    String model,
    String title,
    String profile,
    long seed,
    Map<String, Object> settings,
    List<String> deviations,
    Data data,
    Map<String, String> versions,
    String device,
    Cost cost,
    List<Epoch> epochs,
    int bestEpoch,
    RatingPredictions test,
    boolean[] leaked,
    boolean[] coldUser,
    boolean[] coldItem,
    Map<String, Double> metrics)
    implements Result {

  @Override
  public String run() {
    return model + "-seed" + seed;
  }

  /**
   * The data of a run.
   *
   * @param name the data set
   * @param aspects its aspects
   * @param fingerprint SHA-256 of the source's bytes
   * @param splitHash SHA-256 of the split
   * @param users users after filtering
   * @param items items after filtering
   * @param train rows to learn from
   * @param validation rows to choose by
   * @param test rows reported on
   */
  public record Data(
      String name,
      List<String> aspects,
      String fingerprint,
      String splitHash,
      int users,
      int items,
      int train,
      int validation,
      int test) {}

  /**
   * What a run cost.
   *
   * @param parameters trainable numbers
   * @param seconds wall time of training and evaluation, resumed parts and all that is learnt
   *     before the epochs included
   * @param secondsPerEpoch median over epochs; 0 without epochs
   * @param examplesPerSecond training rows a second, median over epochs; 0 without epochs
   * @param peakMemoryMiB highest resident memory of the process, in MiB
   */
  public record Cost(
      long parameters,
      double seconds,
      double secondsPerEpoch,
      double examplesPerSecond,
      double peakMemoryMiB) {}

  /**
   * One epoch.
   *
   * @param epoch from 1
   * @param loss mean training loss, eq. 11
   * @param overallLoss mean of L_R, eq. 9
   * @param aspectLoss mean of L_A, eq. 10; NaN for a model without aspect ratings
   * @param validationRmse RMSE of the overall rating on validation, not clipped
   * @param validationAspectRmse RMSE averaged over aspects on validation, not clipped; NaN without
   *     aspects
   * @param seconds wall time of training and validation
   */
  public record Epoch(
      int epoch,
      double loss,
      double overallLoss,
      double aspectLoss,
      double validationRmse,
      double validationAspectRmse,
      double seconds) {}
}
