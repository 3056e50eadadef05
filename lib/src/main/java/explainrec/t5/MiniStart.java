package explainrec.t5;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import explainrec.nn.Parameters;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a small T5 starts that has minutes to learn: T5's own start with two changes.
 *
 * <ul>
 *   <li>The embedding is smaller by the root of d, and the decoder's last norm larger by it. The
 *       scores stay as they are, while Adam, whose steps do not know scales, changes the embedding
 *       that much faster.
 *   <li>The decoder's attention to the encoder starts by handing on what it hears: its output
 *       matrix is the transpose of its value matrix, so that their product is near the identity,
 *       and words that the encoder sees become likelier from the first step on. The decoder learns
 *       the sooner to listen.
 * </ul>
 */
final class MiniStart {
  private MiniStart() {}

  /**
   * Starts a model.
   *
   * @param manager lives longer than the weights
   * @param device where they live
   * @param config of the model; its heads share its width
   * @param seed of the start
   * @return the weights, to be closed
   */
  static Parameters of(NDManager manager, Device device, T5Config config, long seed) {
    Parameters parameters = T5Weights.random(manager, device, config, seed);
    float[] values = parameters.values();
    Map<String, Integer> places = new HashMap<>(); // of each weight's first number
    int end = 0;
    for (Map.Entry<String, Shape> weight : T5Weights.shapes(config).entrySet()) {
      places.put(weight.getKey(), end);
      end += Math.toIntExact(weight.getValue().size());
    }
    int width = config.width();
    float root = (float) Math.sqrt(width);
    scale(values, places.get(T5Weights.EMBEDDING), config.vocabulary() * width, 1 / root);
    scale(values, places.get("decoder.final_layer_norm.weight"), width, root);
    for (int layer = 0; layer < config.decoderLayers(); layer++) {
      String cross = "decoder.block." + layer + ".layer.1.EncDecAttention.";
      int from = places.get(cross + "v.weight"); // (h k, d)
      int to = places.get(cross + "o.weight"); // (d, h k)
      int inner = config.heads() * config.headWidth();
      for (int n = 0; n < inner * width; n++) {
        values[to + n % width * inner + n / width] = values[from + n];
      }
    }
    parameters.set(values);
    return parameters;
  }

  private static void scale(float[] values, int from, int count, float factor) {
    for (int n = from; n < from + count; n++) {
      values[n] *= factor;
    }
  }
}
