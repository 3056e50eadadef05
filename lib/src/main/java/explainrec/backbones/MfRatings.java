package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import explainrec.nn.Initial;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;

/**
 * Matrix factorization with biases (Koren, Bell and Volinsky 2009): r^ = mu + b_u + b_i + p_u q_i,
 * where mu is the mean of the train rows, trained on half of (r - r^)^2 + lambda (|p_u|^2 + |q_i|^2
 * + b_u^2 + b_i^2) over the train rows, so that a step on one row is that of the paper.
 *
 * <p>Shapes: B batch, f factors.
 */
final class MfRatings extends PairRatings {
  private final float mean;
  private final double lambda;

  /**
   * Makes an untrained model.
   *
   * @param setup data, device, seed
   * @param settings of the model
   */
  MfRatings(Setup setup, MfSettings settings) {
    super(setup, settings.mfBatchSize(), describe(setup, settings.mfWidth()));
    this.mean = (float) setup.mean();
    this.lambda = settings.mfRegularization();
  }

  private static Parameters.Builder describe(Setup setup, int width) {
    Initial factors = Initial.normal(0.1 / Math.sqrt(width));
    return Parameters.builder()
        .add("user.bias", Initial.zeros(), setup.users(), 1)
        .add("item.bias", Initial.zeros(), setup.items(), 1)
        .add("user.factors", factors, setup.users(), width)
        .add("item.factors", factors, setup.items(), width);
  }

  @Override
  NDArray rate(Weights weights, Pairs pairs, boolean training) {
    NDArray p = Layers.embed(pairs.user(), weights.get("user.factors")); // (B, f)
    NDArray q = Layers.embed(pairs.item(), weights.get("item.factors")); // (B, f)
    NDArray biases =
        Layers.embed(pairs.user(), weights.get("user.bias"))
            .add(Layers.embed(pairs.item(), weights.get("item.bias"))); // (B, 1)
    return p.mul(q).sum(new int[] {1}).add(biases.squeeze(1)).add(mean); // (B)
  }

  @Override
  NDArray objective(Weights weights, Pairs pairs, NDArray error) {
    return Layers.scale(error.add(Layers.scale(lengths(weights, pairs), lambda)), 0.5);
  }

  /** Mean over a batch of the squared lengths of all that a pair's rating is made of. */
  static NDArray lengths(Weights weights, Pairs pairs) {
    NDArray sum =
        Layers.embed(pairs.user(), weights.get("user.factors"))
            .square()
            .sum()
            .add(Layers.embed(pairs.item(), weights.get("item.factors")).square().sum())
            .add(Layers.embed(pairs.user(), weights.get("user.bias")).square().sum())
            .add(Layers.embed(pairs.item(), weights.get("item.bias")).square().sum());
    return Layers.divide(sum, pairs.users().length);
  }
}
