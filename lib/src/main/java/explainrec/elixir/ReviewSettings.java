package explainrec.elixir;

import explainrec.data.Check;
import explainrec.data.InputException;

/**
 * Settings of ELIXIR's review module; {@link #paper()} gives those of section 4.1.4.
 *
 * @param lm the language model: {@code t5-small} (paper), {@code t5-mini} (the kit's own, trained
 *     on the train split), {@code auto} (t5-small where it has been fetched, else t5-mini), or a
 *     folder with Hugging Face's files
 * @param lmTraining {@code frozen} (paper) or {@code trained} together with psi
 * @param psi {@code paper} (one MLP whose hidden layer is as wide as its output) or {@code light}
 *     (a shared trunk, a low-rank head a token)
 * @param promptTokens eta, soft-prompt tokens, 1..512
 * @param promptDropout share of psi's hidden values dropped while training, 0..0.9
 * @param lightTrunk width of the trunk of {@code psi: light}, 1..4096
 * @param lightRank width of a token's own code in {@code psi: light}, 1..1024
 * @param training {@code sequential} (paper: psi after the rating module, which stays as it is) or
 *     {@code joint} (all losses summed)
 * @param lossMean {@code reviews} (paper, eq. 12: each review counts the same) or {@code tokens}
 *     (the authors' code: each token of a batch does)
 * @param reviewLearningRate Adam's step size, above 0 up to 1
 * @param reviewBatchSize reviews a step, 1..4096
 * @param reviewEpochs epochs at most, 1..10000
 * @param reviewPatience epochs without a better validation score before training stops; 0 never
 *     stops early (paper)
 * @param maxTokens longest review in tokens, its end included, 2..4096
 * @param selectBy what the best epoch is chosen by on validation: {@code bleu} (the authors'
 *     TripAdvisor script), {@code meteor} (their RateBeer script) or {@code loss}
 * @param selectSample validation reviews written for that after every epoch, 1..1000000
 * @param repetitionPenalty of words already written, 0.01..100; 1 for none
 * @param reviewBeams beams kept while writing, 1..100; 1 is greedy (paper)
 */
public record ReviewSettings(
    String lm,
    String lmTraining,
    String psi,
    int promptTokens,
    double promptDropout,
    int lightTrunk,
    int lightRank,
    String training,
    String lossMean,
    double reviewLearningRate,
    int reviewBatchSize,
    int reviewEpochs,
    int reviewPatience,
    int maxTokens,
    String selectBy,
    int selectSample,
    double repetitionPenalty,
    int reviewBeams) {

  /** Checks every range. */
  public ReviewSettings {
    if (lm.isBlank()) {
      throw InputException.setting("lm", lm, "auto, t5-mini, t5-small or a folder");
    }
    Check.oneOf("lmTraining", lmTraining, "frozen", "trained");
    Check.oneOf("psi", psi, "paper", "light");
    Check.range("promptTokens", promptTokens, 1, 512);
    Check.range("promptDropout", promptDropout, 0, 0.9);
    Check.range("lightTrunk", lightTrunk, 1, 4096);
    Check.range("lightRank", lightRank, 1, 1024);
    Check.oneOf("training", training, "sequential", "joint");
    Check.oneOf("lossMean", lossMean, "reviews", "tokens");
    Check.range("reviewLearningRate", reviewLearningRate, 1e-9, 1);
    Check.range("reviewBatchSize", reviewBatchSize, 1, 4096);
    Check.range("reviewEpochs", reviewEpochs, 1, 10000);
    Check.range("reviewPatience", reviewPatience, 0, 10000);
    Check.range("maxTokens", maxTokens, 2, 4096);
    Check.oneOf("selectBy", selectBy, "bleu", "meteor", "loss");
    Check.range("selectSample", selectSample, 1, 1_000_000);
    Check.range("repetitionPenalty", repetitionPenalty, 0.01, 100);
    Check.range("reviewBeams", reviewBeams, 1, 100);
  }

  /**
   * The paper's settings.
   *
   * @return T5-small frozen, psi as in the authors' code, eta 50, dropout 0.1, Adam 1e-3, batch 4,
   *     50 epochs, best BLEU, greedy with repetition penalty 1.2, 128 tokens
   */
  public static ReviewSettings paper() {
    return new ReviewSettings(
        "t5-small",
        "frozen",
        "paper",
        50,
        0.1,
        512,
        64,
        "sequential",
        "reviews",
        1e-3,
        4,
        50,
        0,
        128,
        "bleu",
        500,
        1.2,
        1);
  }

  /**
   * The same settings with another prompt generator.
   *
   * @param other {@code paper} or {@code light}
   * @return a copy
   */
  public ReviewSettings withPsi(String other) {
    return new ReviewSettings(
        lm,
        lmTraining,
        other,
        promptTokens,
        promptDropout,
        lightTrunk,
        lightRank,
        training,
        lossMean,
        reviewLearningRate,
        reviewBatchSize,
        reviewEpochs,
        reviewPatience,
        maxTokens,
        selectBy,
        selectSample,
        repetitionPenalty,
        reviewBeams);
  }

  /**
   * The same settings with texts of another length.
   *
   * @param most longest text in tokens, its end included
   * @return a copy
   */
  public ReviewSettings withMaxTokens(int most) {
    return new ReviewSettings(
        lm,
        lmTraining,
        psi,
        promptTokens,
        promptDropout,
        lightTrunk,
        lightRank,
        training,
        lossMean,
        reviewLearningRate,
        reviewBatchSize,
        reviewEpochs,
        reviewPatience,
        most,
        selectBy,
        selectSample,
        repetitionPenalty,
        reviewBeams);
  }
}
