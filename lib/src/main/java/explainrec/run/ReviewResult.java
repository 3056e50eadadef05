package explainrec.run;

import explainrec.metrics.RatingPredictions;
import java.util.List;
import java.util.Map;

/**
 * All that a run of a review model leaves behind, as written to its {@code run.json}; tables and
 * charts are made from these files alone. No text is in it: texts stay in the run's checkpoint
 * folder, on the machine that wrote them.
 *
 * <p>N is the number of test rows.
 *
 * @param kind {@code reviews}; tells this file from those of rating runs
 * @param format version of this file's form, now 1
 * @param model the model's name on the command line, for instance {@code elixir}
 * @param title the model's name in tables, as the paper prints it
 * @param profile {@code smoke}, {@code quick} or {@code paper}
 * @param seed the run's one seed
 * @param settings every setting by name, defaults included
 * @param deviations where the settings leave the paper, a sentence each
 * @param data what was learnt from
 * @param lm the language model behind the prompt; null for models without one
 * @param versions library name to version
 * @param device for instance {@code cpu (2 threads)}
 * @param cost time, memory and size
 * @param epochs one entry an epoch
 * @param bestEpoch the epoch kept, from 1
 * @param test what the pairs of the test rows scored
 * @param ratings predictions of the test rows, of a model that predicts ratings, too; else null
 * @param leaked for every test row, whether its text (normalised) or a near-duplicate stands in
 *     train; (N)
 * @param coldUser for every test row, whether its user has no train row; (N)
 * @param coldItem for every test row, whether its item has no train row; (N)
 * @param metrics corpus values by name: {@code bleu}, {@code meteor}, {@code rouge1}, {@code
 *     rouge2}, {@code rougeL}, {@code rougeLsum}, {@code bertPrecision}, {@code bertRecall}, {@code
 *     bertF1}, 0 to 1; {@code loss}, nats a token; {@code meanWords}; {@code uniqueSentenceRatio};
 *     on the generated world {@code aspectPrecision}, {@code aspectRecall}, {@code
 *     polarityAccuracy} and {@code featurePrecision}, shares of {@link Content}; all of these with
 *     {@code WithoutLeaked} at the end over the rows that are not leaked; and the errors of the
 *     ratings that the model, or the rating module below it, predicts, as {@code
 *     RatingMetrics#named} names them; none of a model that predicts no rating
 */
public record ReviewResult(
    String kind,
    int format,
    String model,
    String title,
    String profile,
    long seed,
    Map<String, Object> settings,
    List<String> deviations,
    RunResult.Data data,
    Lm lm,
    Map<String, String> versions,
    String device,
    Cost cost,
    List<Epoch> epochs,
    int bestEpoch,
    Test test,
    RatingPredictions ratings,
    boolean[] leaked,
    boolean[] coldUser,
    boolean[] coldItem,
    Map<String, Double> metrics)
    implements Result {

  /** The {@code kind} of these files. */
  public static final String KIND = "reviews";

  @Override
  public String run() {
    return model + "-reviews-seed" + seed;
  }

  /**
   * The language model.
   *
   * @param name {@code t5-mini}, {@code t5-small} or the folder's name
   * @param label how to name it beside a number, for instance {@code t5-mini, pre-trained by the
   *     kit on this data's train split}
   * @param parameters how many numbers it has
   * @param frozen whether it stayed as it was
   * @param sha256 of its weights' file
   */
  public record Lm(String name, String label, long parameters, boolean frozen, String sha256) {}

  /**
   * What a run cost.
   *
   * @param parameters trained numbers by part: {@code psi}, and {@code rating} or {@code lm} where
   *     they are trained too; {@code generator} of a generator of explanations
   * @param seconds wall time of training and evaluation, resumed parts included
   * @param secondsPerEpoch median over epochs
   * @param reviewsPerSecond training rows a second, median over epochs
   * @param writeSeconds time of writing the test rows' reviews
   * @param peakMemoryMiB highest resident memory of the process, in MiB
   */
  public record Cost(
      Map<String, Long> parameters,
      double seconds,
      double secondsPerEpoch,
      double reviewsPerSecond,
      double writeSeconds,
      double peakMemoryMiB) {
    /** Trained numbers of all parts. */
    public long trained() {
      return parameters.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * One epoch.
   *
   * @param epoch from 1
   * @param loss mean training loss, eq. 12; of a generator its text's, nats a token
   * @param validationLoss mean loss per review on validation, without dropout
   * @param bleu of the validation sample, 0..1
   * @param meteor of the validation sample, 0..1
   * @param seconds wall time of training and validation
   */
  public record Epoch(
      int epoch, double loss, double validationLoss, double bleu, double meteor, double seconds) {}

  /**
   * What each test pair scored, in the order of the split's test rows.
   *
   * @param bleuCounts what corpus BLEU is summed from: matches of 1 to 4 words, possible matches of
   *     1 to 4 words, length, reference length; (N, 10)
   * @param meteor (N)
   * @param rouge1 F1, (N)
   * @param rouge2 F1, (N)
   * @param rougeL F1, (N)
   * @param rougeLsum F1, (N)
   * @param bertPrecision BERTScore, (N); null when it was not asked for
   * @param bertRecall (N); null when it was not asked for
   * @param bertF1 (N); null when it was not asked for
   * @param bertEncoder name and hash of BERTScore's encoder; null when it was not asked for
   * @param words words of each written review, split at spaces, (N)
   * @param loss mean negative log-likelihood of each real review's tokens, the model's own, end
   *     included, nats, (N): words where it writes words, so that models are not comparable by it
   * @param content what the written reviews say about the generated world, (N); null on other data
   */
  public record Test(
      int[][] bleuCounts,
      double[] meteor,
      double[] rouge1,
      double[] rouge2,
      double[] rougeL,
      double[] rougeLsum,
      double[] bertPrecision,
      double[] bertRecall,
      double[] bertF1,
      String bertEncoder,
      int[] words,
      double[] loss,
      List<Content> content) {}

  /**
   * What one written review says, counted against what the real review of that row says and what
   * the world knows.
   *
   * @param aspects said in the written review
   * @param aspectsReal said in the real review
   * @param aspectsShared said in both
   * @param polarityRight of those said in both, with the same polarity
   * @param features named in the written review
   * @param featuresOfItem of those, which the item has
   */
  public record Content(
      int aspects,
      int aspectsReal,
      int aspectsShared,
      int polarityRight,
      int features,
      int featuresOfItem) {}
}
