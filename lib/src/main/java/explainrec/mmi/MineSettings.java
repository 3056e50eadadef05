package explainrec.mmi;

import explainrec.data.Check;

/**
 * Settings of the estimator of mutual information and of the sentence encoder it reads.
 *
 * @param objective {@code dv} (Donsker-Varadhan with the moving-average correction, paper), {@code
 *     infonce} or {@code nwj}
 * @param mineHiddenRating width of T's hidden layers for I(R;E), 1..65536
 * @param mineHiddenFeature the same for I(F;E)
 * @param mineLearningRate Adam's step size, above 0 up to 1
 * @param mineBatchSize pairs a step, 2..1000000
 * @param mineEpochs epochs on the real explanations
 * @param mineMovingAverage share of the new batch in the moving average of the correction, above 0
 *     up to 1
 * @param mineWeightSpread standard deviation of the weights' normal start
 * @param mineHeldOut share of the explanations that T does not learn from; the epoch with the best
 *     bound on them is kept. 0 learns from all and keeps the last epoch (paper); 0..0.5
 * @param judgeOn what the judge's T learns from: {@code real} explanations (paper: trained on
 *     train, evaluated on test), a cautious bound for texts unlike these; or {@code generated},
 *     where it goes on to learn from the explanations that the generator wrote for the judge's
 *     train rows, an estimate of the mutual information of the generator's own texts
 * @param sentenceEncoder {@code trained} (a small encoder trained on train to predict the rating,
 *     and the feature where it is aligned with, then frozen; the paper does so with BERT), {@code
 *     minilm}, or a folder with a BERT in Hugging Face's form
 * @param encoderWidth width of the trained encoder, even, 2..4096
 * @param encoderEpochs epochs of it
 */
public record MineSettings(
    String objective,
    int mineHiddenRating,
    int mineHiddenFeature,
    double mineLearningRate,
    int mineBatchSize,
    int mineEpochs,
    double mineMovingAverage,
    double mineWeightSpread,
    double mineHeldOut,
    String judgeOn,
    String sentenceEncoder,
    int encoderWidth,
    int encoderEpochs) {

  /** Checks every range. */
  public MineSettings {
    Check.oneOf("objective", objective, "dv", "infonce", "nwj");
    Check.range("mineHiddenRating", mineHiddenRating, 1, 65536);
    Check.range("mineHiddenFeature", mineHiddenFeature, 1, 65536);
    Check.range("mineLearningRate", mineLearningRate, 1e-9, 1);
    Check.range("mineBatchSize", mineBatchSize, 2, 1_000_000);
    Check.range("mineEpochs", mineEpochs, 1, 100_000);
    Check.range("mineMovingAverage", mineMovingAverage, 1e-9, 1);
    Check.range("mineWeightSpread", mineWeightSpread, 1e-9, 10);
    Check.range("mineHeldOut", mineHeldOut, 0, 0.5);
    Check.oneOf("judgeOn", judgeOn, "real", "generated");
    Check.range("encoderWidth", encoderWidth, 2, 4096);
    Check.range("encoderEpochs", encoderEpochs, 1, 10000);
  }

  /**
   * The authors' settings; the encoder is the kit's.
   *
   * @return hidden 100 and 256, Adam 1e-4, batch 1024, 50 epochs, correction 0.01, spread 0.02
   */
  public static MineSettings paper() {
    return new MineSettings(
        "dv", 100, 256, 1e-4, 1024, 50, 0.01, 0.02, 0, "real", "trained", 128, 5);
  }
}
