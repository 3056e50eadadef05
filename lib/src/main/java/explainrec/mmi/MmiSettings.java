package explainrec.mmi;

import explainrec.data.Check;

/**
 * Settings of MMI's fine-tuning. The paper gives K, the baseline, DWA and the alternation; other
 * values come from the authors' code, or are inferred, as {@code papers/mmi.yaml} says of each.
 *
 * @param align what the explanation is aligned with: {@code none} (the backbone as it is), {@code
 *     rating} (I(R;E)), {@code feature} (I(F;E)) or {@code both}
 * @param eps share of the feature's reward where align is {@code both}, 0..1
 * @param method {@code reinforce} (paper), {@code token} (credit to each token: the reward's gain
 *     from each prefix to the next) or {@code dpo} (preference optimisation on pairs of samples
 *     ranked by the reward)
 * @param rewardForm {@code pointwise} (T(e,y) - log mean exp T(e,y'), inferred) or {@code authors}
 *     (T(e,y) - T(e,y'), one y' of the batch)
 * @param samples K, explanations drawn a request, 2..64
 * @param baseline {@code mean} over the K samples of a request (paper) or {@code none}
 * @param weighting {@code dwa} (paper) or {@code fixed} (all weights of losses 1)
 * @param tau temperature of DWA, above 0
 * @param klWeight weight of the KL term, 0 leaves it out
 * @param entropyWeight weight of the entropy term, 0 leaves it out
 * @param backboneLoss whether multi-task generators keep their own loss: {@code keep} (paper) or
 *     {@code drop} (appendix, Table 10)
 * @param mmiLearningRate step size of fine-tuning, of all generators but ApRef2Seq, above 0 up to
 *     10; {@code auto} for the authors': 1e-4
 * @param mmiApRef2SeqLearningRate ApRef2Seq's, above 0 up to 10; {@code auto} for the authors':
 *     2e-3
 * @param mmiOptimizer {@code auto} (the authors' for each generator: Adam, RMSprop for ApRef2Seq),
 *     {@code adam}, {@code rmsprop} or {@code sgd}
 * @param mmiClip largest length of the gradient, 0 for no limit
 * @param mmiBatchSize requests a step, 1..65536
 * @param mmiRows train rows used in an epoch of fine-tuning, drawn anew each time; 0 for all
 * @param mmiEpochs epochs of fine-tuning at most
 * @param mmiElixirEpochs ELIXIR's, whose steps take several times as long; 0 for as many as the
 *     others'
 * @param mmiRefit what the estimators learn from between epochs: {@code generated} (paper: what the
 *     generator writes now) or {@code none} (they stay as real explanations have taught them)
 * @param mmiPatience epochs without a better validation before it ends; 0 never ends early
 * @param dpoBeta strength of the tie to the backbone in {@code dpo}, above 0
 * @param creditDiscount how much of later tokens' gains a token is credited with in {@code token},
 *     0..1
 * @param explainedRating what rating post-hoc generators explain on test rows: {@code predicted} by
 *     the user and item bias, or {@code real}
 */
public record MmiSettings(
    String align,
    double eps,
    String method,
    String rewardForm,
    int samples,
    String baseline,
    String weighting,
    double tau,
    double klWeight,
    double entropyWeight,
    String backboneLoss,
    String mmiLearningRate,
    String mmiApRef2SeqLearningRate,
    String mmiOptimizer,
    double mmiClip,
    int mmiBatchSize,
    int mmiRows,
    int mmiEpochs,
    int mmiElixirEpochs,
    String mmiRefit,
    int mmiPatience,
    double dpoBeta,
    double creditDiscount,
    String explainedRating) {

  /** Checks every range. */
  public MmiSettings {
    Check.oneOf("align", align, "none", "rating", "feature", "both");
    Check.range("eps", eps, 0, 1);
    Check.oneOf("method", method, "reinforce", "token", "dpo");
    Check.oneOf("rewardForm", rewardForm, "pointwise", "authors");
    Check.range("samples", samples, 2, 64);
    Check.oneOf("baseline", baseline, "mean", "none");
    Check.oneOf("weighting", weighting, "dwa", "fixed");
    Check.range("tau", tau, 1e-6, 1e6);
    Check.range("klWeight", klWeight, 0, 1e6);
    Check.range("entropyWeight", entropyWeight, 0, 1e6);
    Check.oneOf("backboneLoss", backboneLoss, "keep", "drop");
    Check.autoOrRange("mmiLearningRate", mmiLearningRate, 1e-9, 10);
    Check.autoOrRange("mmiApRef2SeqLearningRate", mmiApRef2SeqLearningRate, 1e-9, 10);
    Check.oneOf("mmiOptimizer", mmiOptimizer, "auto", "adam", "rmsprop", "sgd");
    Check.range("mmiClip", mmiClip, 0, 1e9);
    Check.range("mmiBatchSize", mmiBatchSize, 1, 65536);
    Check.range("mmiRows", mmiRows, 0, Integer.MAX_VALUE);
    Check.range("mmiEpochs", mmiEpochs, 1, 10000);
    Check.range("mmiElixirEpochs", mmiElixirEpochs, 0, 10000);
    Check.oneOf("mmiRefit", mmiRefit, "generated", "none");
    Check.range("mmiPatience", mmiPatience, 0, 10000);
    Check.range("dpoBeta", dpoBeta, 1e-6, 1e6);
    Check.range("creditDiscount", creditDiscount, 0, 1);
    Check.oneOf("explainedRating", explainedRating, "predicted", "real");
  }

  /**
   * The paper's settings, with the authors' code's values where the paper has none.
   *
   * @return align rating, eps 0.2, K 5, DWA with tau 0.1, clip 5, Adam 1e-4, batch 128, patience 5
   */
  public static MmiSettings paper() {
    return new MmiSettings(
        "rating",
        0.2,
        "reinforce",
        "authors",
        5,
        "mean",
        "dwa",
        0.1,
        0.1,
        0.01,
        "keep",
        "auto",
        "auto",
        "auto",
        5,
        128,
        0,
        50,
        0,
        "generated",
        5,
        0.1,
        0,
        "predicted");
  }
}
