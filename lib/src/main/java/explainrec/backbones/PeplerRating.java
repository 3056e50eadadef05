package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import explainrec.nn.Initial;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * PEPLER's ratings from the prompts: by an MLP with sigmoids, or as a dot product (MF).
 *
 * <p>Shapes: B requests, d width of a prompt, H hidden width.
 */
final class PeplerRating {
  private static final double RANGE = 0.1; // of the random start

  private final int width;
  private final int hidden;
  private final List<String> layers = new ArrayList<>(); // of the MLP; none for a dot product

  /**
   * Makes a predictor.
   *
   * @param settings which, and of which size
   * @param width d
   */
  PeplerRating(PeplerSettings settings, int width) {
    this.width = width;
    this.hidden = settings.peplerRatingHidden();
    if (settings.peplerRating().equals("mlp")) {
      layers.add("rating.first");
      for (int n = 0; n < settings.peplerRatingLayers(); n++) {
        layers.add("rating.hidden." + n);
      }
      layers.add("rating.output");
    }
  }

  /**
   * Describes its parameters.
   *
   * @param builder takes them
   * @return how many
   */
  int describe(Parameters.Builder builder) {
    for (int n = 0; n < layers.size(); n++) {
      int in = n == 0 ? 2 * width : hidden;
      int out = n == layers.size() - 1 ? 1 : hidden;
      builder.add(layers.get(n) + ".weight", Initial.uniform(-RANGE, RANGE), out, in);
      builder.add(layers.get(n) + ".bias", Initial.zeros(), out);
    }
    return 2 * layers.size();
  }

  /**
   * Predicts.
   *
   * @param weights of the model
   * @param users prompts of users, (B, d)
   * @param items prompts of items, (B, d)
   * @return not clipped, (B)
   */
  NDArray predict(Weights weights, NDArray users, NDArray items) {
    if (layers.isEmpty()) {
      return users.mul(items).sum(new int[] {1});
    }
    NDArray x = NDArrays.concat(new NDList(users, items), 1); // (B, 2 d)
    for (int n = 0; n < layers.size(); n++) {
      NDArray matrix = weights.get(layers.get(n) + ".weight");
      x = Linear.linear(x, matrix, weights.get(layers.get(n) + ".bias")).singletonOrThrow();
      x = n == layers.size() - 1 ? x : Activation.sigmoid(x); // (B, H)
    }
    return x.squeeze(1);
  }
}
