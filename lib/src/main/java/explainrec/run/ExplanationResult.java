package explainrec.run;

import explainrec.metrics.ExplanationRows;
import java.util.List;
import java.util.Map;

/**
 * All that one run of an explanation generator leaves behind, backbone or fine-tuned by MMI, as
 * written to its {@code run.json}. Texts are not in it; they lie in the run's checkpoint folder.
 *
 * @param kind {@code explanations}, to tell these files from others
 * @param format version of this file's form, now 1
 * @param model the generator's name on the command line: {@code att2seq}, {@code peter}, {@code
 *     peter-plus}, {@code apref2seq}, {@code elixir}, {@code pepler}
 * @param title the generator's name in tables
 * @param variant what was done to it: {@code backbone}, or {@code mmi-} and what it was aligned
 *     with ({@code rating}, {@code feature}, {@code both}), and the run's tag after another hyphen
 *     where it has one
 * @param profile {@code smoke}, {@code quick} or {@code paper}
 * @param seed the run's one seed
 * @param settings every setting by name
 * @param deviations where the settings leave the papers, {@code key = value (paper: value)}
 * @param data what was learnt from; rows are those with an explanation
 * @param explained SHA-256 of the explanations
 * @param versions library name to version
 * @param device for instance {@code cpu (2 threads)}
 * @param estimator how sentences became vectors and who judged
 * @param cost time, memory and size
 * @param epochs one entry an epoch
 * @param bestEpoch the epoch kept, from 1
 * @param steps what was logged at every step of fine-tuning, name to values in order; empty for
 *     backbones. Names: {@code rewardRating}, {@code rewardFeature}, {@code reward}, {@code
 *     lossMi}, {@code lossKl}, {@code lossEntropy}, {@code lossBackbone}, {@code weightMi}, {@code
 *     weightKl}, {@code weightEntropy}, {@code kl}, {@code entropy}, {@code words}, {@code
 *     distinct}, {@code gradientNorm}; NaN where a step has none
 * @param test what each test row scored
 * @param metrics computed from {@code test}, by name: {@code rmse}, {@code mae} (clipped); {@code
 *     entropyRating} H(R) of the explained ratings in nats; {@code miRating} and {@code miFeature}
 *     I(R;E) and I(F;E) in nats by the judge, {@code miRatingShare} I(R;E)/H(R); the same with
 *     {@code Reward} at the end by the reward model; {@code sentiment5}, {@code sentiment2} (the
 *     judge's classifier against the explained rating, 0..1); {@code fmr}, {@code fcr}, {@code usr}
 *     0..1, {@code div}; {@code bleu1}, {@code bleu4}, {@code rouge1}, {@code rouge2}, {@code
 *     rougeL} times 100; {@code words}; {@code perplexity} under the frozen backbone; on the
 *     generated world {@code truePolarity}, the share of explanations whose polarity is the
 *     likeliest at the explained rating, and {@code trueMiRating}, the mutual information of the
 *     explained rating and the polarity said, in nats
 */
public record ExplanationResult(
    String kind,
    int format,
    String model,
    String title,
    String variant,
    String profile,
    long seed,
    Map<String, Object> settings,
    List<String> deviations,
    RunResult.Data data,
    String explained,
    Map<String, String> versions,
    String device,
    Estimator estimator,
    Cost cost,
    List<Epoch> epochs,
    int bestEpoch,
    Map<String, double[]> steps,
    Test test,
    Map<String, Double> metrics)
    implements Result {

  /** The {@code kind} of these files. */
  public static final String KIND = "explanations";

  @Override
  public String run() {
    return model + "-" + variant + "-seed" + seed;
  }

  /**
   * Who computed alignment.
   *
   * @param rewardEncoder name and hash of the reward model's sentence encoder
   * @param judgeEncoder the same of the judge's
   * @param rewardSeed seed of the reward's estimators
   * @param judgeSeed seed of the judge's
   * @param rewardRows real explanations the reward model learnt from
   * @param judgeRows real explanations the judge learnt from, none of them the reward model's
   * @param judgeAccuracy5 share of held-out real explanations that the judge's classifier gives the
   *     rating they came with
   * @param judgeAccuracy2 the same of liked (above 3) or not
   */
  public record Estimator(
      String rewardEncoder,
      String judgeEncoder,
      long rewardSeed,
      long judgeSeed,
      int rewardRows,
      int judgeRows,
      double judgeAccuracy5,
      double judgeAccuracy2) {}

  /**
   * What a run cost.
   *
   * @param parameters trained numbers
   * @param seconds wall time of training and evaluation, resumed parts included; without the
   *     backbone's for a fine-tuned one
   * @param secondsPerEpoch median over epochs
   * @param examplesPerSecond train rows a second, median over epochs; samples of them in
   *     fine-tuning
   * @param writeSeconds time of writing the test rows' explanations
   * @param peakMemoryMiB highest resident memory of the process, in MiB
   */
  public record Cost(
      long parameters,
      double seconds,
      double secondsPerEpoch,
      double examplesPerSecond,
      double writeSeconds,
      double peakMemoryMiB) {}

  /**
   * One epoch.
   *
   * @param epoch from 1
   * @param loss mean training loss
   * @param validation numbers of validation by name: {@code text} (negative log-likelihood a token)
   *     and {@code rmse} for backbones; in fine-tuning also {@code reward}, {@code kl}, {@code
   *     fmr}, {@code usr}, {@code words}, and {@code mine}, the estimator's own bound
   * @param seconds wall time of training and validation
   */
  public record Epoch(int epoch, double loss, Map<String, Double> validation, double seconds) {}

  /**
   * What each test row scored, in the order of the split's test rows.
   *
   * @param real the real overall rating, (N)
   * @param predicted the rating that goes with the explanation, predicted or given, (N)
   * @param rating class of the explained rating, 0..4 for 1 to 5 stars, (N)
   * @param sentiment class that the judge's classifier reads in the explanation, (N)
   * @param judgeRating I(R;E)'s parts by the judge, (N) each
   * @param rewardRating the same by the reward model; null where it was not aligned with the rating
   * @param judgeFeature I(F;E)'s parts by the judge, (N) each; rows without a feature hold NaN
   * @param rewardFeature the same by the reward model; null where it was not aligned with features
   * @param feature number of the feature asked for or of the real explanation, -1 without, (N)
   * @param named whether the explanation contains it, (N)
   * @param featureEstimated the feature estimated from the user's and the item's train rows, asked
   *     for in a second writing of all test rows; null for generators that read none, (N)
   * @param namedEstimated whether that second explanation contains it; null likewise, (N)
   * @param features numbers of all features in each explanation, (N, any)
   * @param sentence number of each explanation's text among the distinct ones, (N)
   * @param words of each explanation, (N)
   * @param bleuCounts as {@link ReviewResult.Test#bleuCounts}, on given words, (N, 10)
   * @param rouge1 set-ROUGE-1 F, 0..100, (N)
   * @param rouge2 (N)
   * @param rougeL (N)
   * @param backboneLogLikelihood log probability of each explanation's tokens under the frozen
   *     backbone, (N)
   * @param tokens of each explanation's sequence, (N)
   * @param polarity on the generated world 0 negative, 1 neutral, 2 positive, -1 says none; null on
   *     other data, (N)
   */
  public record Test(
      double[] real,
      double[] predicted,
      int[] rating,
      int[] sentiment,
      Parts judgeRating,
      Parts rewardRating,
      Parts judgeFeature,
      Parts rewardFeature,
      int[] feature,
      boolean[] named,
      int[] featureEstimated,
      boolean[] namedEstimated,
      int[][] features,
      int[] sentence,
      int[] words,
      int[][] bleuCounts,
      double[] rouge1,
      double[] rouge2,
      double[] rougeL,
      double[] backboneLogLikelihood,
      int[] tokens,
      int[] polarity)
      implements ExplanationRows {}

  /**
   * Parts of a bound: mean joint - log mean exp marginal.
   *
   * @param joint T(e_n, y_n), (N)
   * @param marginal log mean over y of exp T(e_n, y), (N)
   */
  public record Parts(double[] joint, double[] marginal) implements ExplanationRows.BoundParts {}
}
