package explainrec.t5;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import explainrec.data.InputException;
import explainrec.nn.Initial;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;
import explainrec.text.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The weights of a T5 under Hugging Face's names: from a file, or from a random start. */
public final class T5Weights {
  static final String EMBEDDING = "shared.weight"; // (V, d)
  static final String HEAD = "lm_head.weight"; // (V, d), when not tied
  static final String POSITIONS =
      ".block.0.layer.0.SelfAttention.relative_attention_bias.weight"; // (buckets, h)

  private T5Weights() {}

  /**
   * Loads weights that are not trained: no gradients, no optimizer's memory.
   *
   * @param manager owner of the arrays
   * @param config of the model
   * @param file {@code model.safetensors}, float32
   * @return the weights by name
   * @throws InputException when the file does not hold them
   */
  public static Weights frozen(NDManager manager, T5Config config, Path file) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    try (Safetensors tensors = Safetensors.open(file)) {
      shapes(config)
          .forEach(
              (name, shape) -> {
                float[] values = tensors.read(name, shape.getShape());
                NDArray array = manager.create(values, shape);
                NDScope.unregister(array);
                arrays.put(name, array);
              });
    } catch (IOException e) {
      throw new InputException(file + ": cannot be closed: " + e.getMessage(), e);
    }
    return new Weights(arrays);
  }

  /**
   * Loads weights to be trained further.
   *
   * @param manager lives longer than they do
   * @param device where they live
   * @param config of the model
   * @param file {@code model.safetensors}, float32; {@link Parameters#save} writes such a file
   * @return the weights, to be closed
   * @throws InputException when the file does not hold them
   */
  public static Parameters trainable(NDManager manager, Device device, T5Config config, Path file) {
    try (Safetensors tensors = Safetensors.open(file)) {
      Parameters.Builder builder = Parameters.builder();
      shapes(config)
          .forEach(
              (name, shape) ->
                  builder.add(
                      name,
                      (values, from, to, random) ->
                          System.arraycopy(
                              tensors.read(name, shape.getShape()), 0, values, from, to - from),
                      shape.getShape()));
      return builder.build(manager, device, 0);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be closed: " + e.getMessage(), e);
    }
  }

  /**
   * Starts a new model: normal weights with the deviations of T5's own start, norms at 1.
   *
   * @param manager lives longer than they do
   * @param device where they live
   * @param config of the model
   * @param seed of the start
   * @return the weights, to be closed
   */
  public static Parameters random(NDManager manager, Device device, T5Config config, long seed) {
    Parameters.Builder builder = Parameters.builder();
    shapes(config)
        .forEach((name, shape) -> builder.add(name, start(config, name), shape.getShape()));
    return builder.build(manager, device, seed);
  }

  private static Initial start(T5Config config, String name) {
    if (name.endsWith("norm.weight")) {
      return (values, from, to, random) -> Arrays.fill(values, from, to, 1);
    }
    double deviation;
    if (name.equals(EMBEDDING) || name.equals(HEAD)) {
      deviation = 1;
    } else if (name.endsWith(".q.weight")) {
      deviation = 1 / Math.sqrt((double) config.width() * config.headWidth());
    } else if (name.endsWith(".o.weight")) {
      deviation = 1 / Math.sqrt((double) config.heads() * config.headWidth());
    } else if (name.endsWith(".wo.weight")) {
      deviation = 1 / Math.sqrt(config.hidden());
    } else {
      deviation = 1 / Math.sqrt(config.width());
    }
    return (values, from, to, random) -> {
      for (int n = from; n < to; n++) {
        values[n] = (float) (deviation * random.nextGaussian());
      }
    };
  }

  /**
   * Names and shapes of all weights.
   *
   * @param config of the model
   * @return in the order of the layers
   */
  static Map<String, Shape> shapes(T5Config config) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put(EMBEDDING, new Shape(config.vocabulary(), config.width()));
    stack(shapes, config, "encoder", config.encoderLayers());
    stack(shapes, config, "decoder", config.decoderLayers());
    if (!config.tied()) {
      shapes.put(HEAD, new Shape(config.vocabulary(), config.width()));
    }
    return shapes;
  }

  private static void stack(Map<String, Shape> shapes, T5Config config, String stack, int layers) {
    shapes.put(stack + POSITIONS, new Shape(config.buckets(), config.heads()));
    boolean decoder = stack.equals("decoder");
    for (int n = 0; n < layers; n++) {
      String layer = stack + ".block." + n + ".layer.";
      attention(shapes, config, layer + "0.", "SelfAttention");
      if (decoder) {
        attention(shapes, config, layer + "1.", "EncDecAttention");
      }
      String last = layer + (decoder ? "2." : "1.");
      shapes.put(last + "layer_norm.weight", new Shape(config.width()));
      for (String in : config.gated() ? new String[] {"wi_0", "wi_1"} : new String[] {"wi"}) {
        shapes.put(
            last + "DenseReluDense." + in + ".weight", new Shape(config.hidden(), config.width()));
      }
      shapes.put(last + "DenseReluDense.wo.weight", new Shape(config.width(), config.hidden()));
    }
    shapes.put(stack + ".final_layer_norm.weight", new Shape(config.width()));
  }

  private static void attention(
      Map<String, Shape> shapes, T5Config config, String layer, String kind) {
    long inner = (long) config.heads() * config.headWidth();
    shapes.put(layer + "layer_norm.weight", new Shape(config.width()));
    for (String role : new String[] {"q", "k", "v"}) {
      shapes.put(layer + kind + "." + role + ".weight", new Shape(inner, config.width()));
    }
    shapes.put(layer + kind + ".o.weight", new Shape(config.width(), inner));
  }
}
