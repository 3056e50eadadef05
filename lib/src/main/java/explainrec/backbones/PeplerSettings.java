package explainrec.backbones;

import explainrec.data.Check;
import explainrec.data.InputException;
import explainrec.nn.Optimization;

/**
 * Settings of {@link Pepler}; {@link #paper()} gives those of Li, Zhang and Chen (2023).
 *
 * @param gpt the language model: {@code gpt2} (paper), {@code gpt2-mini} (the kit's own, trained on
 *     the train split), {@code auto} (gpt2 where its files lie in data/gpt2, else gpt2-mini), or a
 *     folder with Hugging Face's files of a GPT-2
 * @param peplerTuning {@code sequential} (paper: first the prompts with GPT-2 frozen, then both),
 *     {@code both} from the start (as the authors' code does where it predicts ratings), or {@code
 *     prompt} (GPT-2 stays frozen)
 * @param peplerRating how ratings are predicted from a user's and an item's prompt: {@code mlp} or
 *     {@code mf}, their dot product
 * @param peplerRatingHidden width of the rating's hidden layers, 1..65536
 * @param peplerRatingLayers hidden layers of the rating's MLP behind the first, 0..16
 * @param peplerRatingWeight lambda, weight of the rating's loss, 0..1000
 * @param peplerLearningRate step size, above 0 up to 1
 * @param peplerBatchSize explanations a step, 1..65536
 * @param peplerEpochs epochs of a stage at most, 1..10000
 * @param peplerPatience epochs without a better validation score before a stage ends; 0 never ends
 *     early. The authors' code counts all such epochs, the kit those in a row
 * @param peplerTokens most tokens of an explanation, its end included, 2..4096
 */
public record PeplerSettings(
    String gpt,
    String peplerTuning,
    String peplerRating,
    int peplerRatingHidden,
    int peplerRatingLayers,
    double peplerRatingWeight,
    double peplerLearningRate,
    int peplerBatchSize,
    int peplerEpochs,
    int peplerPatience,
    int peplerTokens) {

  /** Checks every range. */
  public PeplerSettings {
    if (gpt.isBlank()) {
      throw InputException.setting("gpt", gpt, "auto, gpt2-mini, gpt2 or a folder");
    }
    Check.oneOf("peplerTuning", peplerTuning, "sequential", "both", "prompt");
    Check.oneOf("peplerRating", peplerRating, "mlp", "mf");
    Check.range("peplerRatingHidden", peplerRatingHidden, 1, 65536);
    Check.range("peplerRatingLayers", peplerRatingLayers, 0, 16);
    Check.range("peplerRatingWeight", peplerRatingWeight, 0, 1000);
    Check.range("peplerLearningRate", peplerLearningRate, 1e-9, 1);
    Check.range("peplerBatchSize", peplerBatchSize, 1, 65536);
    Check.range("peplerEpochs", peplerEpochs, 1, 10000);
    Check.range("peplerPatience", peplerPatience, 0, 10000);
    Check.range("peplerTokens", peplerTokens, 2, 4096);
  }

  /**
   * The paper's settings, as its authors' code has them.
   *
   * @return GPT-2, sequential tuning, an MLP of 400 and two more layers for the rating, lambda 0.01
   *     (the paper searches it between 1e-5 and 1e3), rate 1e-3, batch 128, at most 100 epochs a
   *     stage, patience 5, 20 tokens and the end
   */
  public static PeplerSettings paper() {
    return new PeplerSettings("gpt2", "sequential", "mlp", 400, 2, 0.01, 1e-3, 128, 100, 5, 21);
  }

  /** How the gradient becomes updates. */
  public Optimization optimization() {
    return Optimization.adam(peplerLearningRate);
  }
}
