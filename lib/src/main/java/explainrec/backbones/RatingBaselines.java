package explainrec.backbones;

import ai.djl.Device;
import explainrec.data.Split;
import explainrec.nn.RatingLearner;
import explainrec.nn.Trainable;
import java.util.function.Function;

/**
 * Makes the rating baselines that are trained by gradient, all on the same split, device and seed.
 * They predict the overall rating alone.
 */
public final class RatingBaselines {
  private final PairRatings.Setup setup;

  /**
   * Says what all of them share.
   *
   * @param split train, validation and test rows; of reviews only those of train are read
   * @param device where they compute
   * @param seed of everything random
   * @param validator scores the predictions of the validation rows, (1, N)
   */
  public RatingBaselines(
      Split split, Device device, long seed, Function<float[][], Trainable.Validation> validator) {
    this.setup = new PairRatings.Setup(split, device, seed, validator);
  }

  /**
   * Matrix factorization with biases.
   *
   * @param settings of the model
   * @return untrained, to be closed
   */
  public RatingLearner mf(MfSettings settings) {
    return new MfRatings(setup, settings);
  }

  /**
   * The tower of neural collaborative filtering.
   *
   * @param settings of the model
   * @return untrained, to be closed
   */
  public RatingLearner mlp(NcfSettings settings) {
    return new NcfRatings(setup, settings, NcfRatings.Kind.MLP);
  }

  /**
   * Neural matrix factorization: GMF beside MLP.
   *
   * @param settings of the model
   * @return untrained, to be closed
   */
  public RatingLearner neumf(NcfSettings settings) {
    return new NcfRatings(setup, settings, NcfRatings.Kind.NEUMF);
  }

  /**
   * The aspect-aware latent factor model.
   *
   * @param settings of the model
   * @return untrained, to be closed
   */
  public RatingLearner alfm(AlfmSettings settings) {
    return new AlfmRatings(setup, settings);
  }

  /**
   * The aspect-based neural recommender.
   *
   * @param settings of the model
   * @return untrained, to be closed
   */
  public RatingLearner anr(AnrSettings settings) {
    return new AnrRatings(setup, settings);
  }
}
