package explainrec.run;

import java.util.List;
import java.util.Map;

/**
 * What the study of the estimator leaves behind, as written to its {@code run.json}.
 *
 * @param kind {@code mine}, to tell these files from those of models
 * @param format version of this file's form, now 1
 * @param profile {@code smoke}, {@code quick} or {@code paper}
 * @param seed the study's one seed
 * @param settings of the estimator and the encoder, by name
 * @param deviations where they leave the paper, {@code key = value (paper: value)}
 * @param data the data set's name
 * @param explained SHA-256 of its explanations
 * @param versions library name to version
 * @param device for instance {@code cpu (2 threads)}
 * @param encoder name and hash of the sentence encoder
 * @param gaussians estimates on pairs whose mutual information is known
 * @param curves bounds by epoch of training
 * @param estimates on the test rows of the data
 * @param accuracy5 share of validation explanations that the classifier gives the rating they came
 *     with; NaN where the encoder has no classifier
 * @param accuracy2 the same of liked (above 3) or not
 * @param seconds wall time of the study
 */
public record MineResult(
    String kind,
    int format,
    String profile,
    long seed,
    Map<String, Object> settings,
    List<String> deviations,
    String data,
    String explained,
    Map<String, String> versions,
    String device,
    String encoder,
    List<Gaussian> gaussians,
    List<Curve> curves,
    List<Estimate> estimates,
    double accuracy5,
    double accuracy2,
    double seconds) {

  /** The {@code kind} of these files. */
  public static final String KIND = "mine";

  /**
   * An estimate on jointly normal x and y.
   *
   * @param objective {@code dv}, {@code infonce} or {@code nwj}
   * @param rho their correlation
   * @param truth -1/2 ln(1 - rho^2), in nats
   * @param estimate the objective's bound on fresh pairs, in nats
   * @param seconds wall time of training
   */
  public record Gaussian(
      String objective, double rho, double truth, double estimate, double seconds) {}

  /**
   * A training's bounds by epoch.
   *
   * @param name what was estimated
   * @param truth what it should come to, in nats; NaN where nobody knows
   * @param training mean over the epoch's batches, in nats
   * @param heldOut on explanations that T did not learn from; empty where none were held out
   */
  public record Curve(String name, double truth, double[] training, double[] heldOut) {}

  /**
   * An estimate on the test rows.
   *
   * @param name {@code I(R;E)} or {@code I(F;E)}
   * @param pairs {@code real}, or {@code permuted} where R or F were dealt out anew
   * @param bound the Donsker-Varadhan bound with the exact marginal, in nats
   * @param low lower end of its 95% bootstrap interval over test rows
   * @param high upper end
   * @param entropy of the test rows' R or F, the most there could be
   * @param truth on the generated world the true value for one statement; NaN elsewhere
   * @param rows test rows that count
   */
  public record Estimate(
      String name,
      String pairs,
      double bound,
      double low,
      double high,
      double entropy,
      double truth,
      int rows) {}
}
