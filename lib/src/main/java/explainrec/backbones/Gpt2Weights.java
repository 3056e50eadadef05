package explainrec.backbones;

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

/**
 * The weights of a GPT-2 under the names that transformers saves a language model with, {@code
 * transformer.} in front; files without it, as OpenAI's own weights were published, are read as
 * well. Matrices stand as in the files, a row an input, (in, out).
 */
public final class Gpt2Weights {
  static final String PREFIX = "transformer.";
  static final String WORDS = PREFIX + "wte.weight"; // (V, d)
  static final String POSITIONS = PREFIX + "wpe.weight"; // (P, d)
  private static final double DEVIATION = 0.02;

  private Gpt2Weights() {}

  /**
   * Loads weights that are not trained.
   *
   * @param manager owner of the arrays
   * @param config of the model
   * @param file {@code model.safetensors}, float32
   * @return the weights by name
   * @throws InputException when the file does not hold them
   */
  static Weights frozen(NDManager manager, Gpt2Config config, Path file) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    try (Safetensors tensors = Safetensors.open(file)) {
      shapes(config)
          .forEach(
              (name, shape) -> {
                NDArray array = manager.create(read(tensors, name, shape), shape);
                NDScope.unregister(array);
                arrays.put(name, array);
              });
    } catch (IOException e) {
      throw closing(file, e);
    }
    return new Weights(arrays);
  }

  /**
   * Describes all weights, to be trained on from where a file has them.
   *
   * @param builder takes them
   * @param config of the model
   * @param file {@code model.safetensors}, float32; read when the parameters are built
   */
  static void describe(Parameters.Builder builder, Gpt2Config config, Path file) {
    shapes(config)
        .forEach(
            (name, shape) ->
                builder.add(
                    name,
                    (values, from, to, random) -> {
                      try (Safetensors tensors = Safetensors.open(file)) {
                        System.arraycopy(read(tensors, name, shape), 0, values, from, to - from);
                      } catch (IOException e) {
                        throw closing(file, e);
                      }
                    },
                    shape.getShape()));
  }

  /**
   * Describes all weights as GPT-2 starts: normal with deviation 0.02, what is added to the
   * residual stream smaller by the root of twice the layers, norms at 1, biases at 0.
   *
   * @param builder takes them
   * @param config of the model
   */
  static void describe(Parameters.Builder builder, Gpt2Config config) {
    shapes(config)
        .forEach((name, shape) -> builder.add(name, start(config, name), shape.getShape()));
  }

  private static Initial start(Gpt2Config config, String name) {
    if (name.endsWith("bias")) {
      return Initial.zeros();
    }
    if (name.contains("ln_")) {
      return (values, from, to, random) -> Arrays.fill(values, from, to, 1);
    }
    boolean added = name.endsWith("c_proj.weight");
    return Initial.normal(added ? DEVIATION / Math.sqrt(2.0 * config.layers()) : DEVIATION);
  }

  private static float[] read(Safetensors tensors, String name, Shape shape) {
    String bare = name.substring(PREFIX.length());
    return tensors.read(tensors.has(bare) ? bare : name, shape.getShape());
  }

  private static InputException closing(Path file, IOException e) {
    return new InputException(file + ": cannot be closed: " + e.getMessage(), e);
  }

  /**
   * Names and shapes of all weights.
   *
   * @param config of the model
   * @return in the order of the layers
   */
  static Map<String, Shape> shapes(Gpt2Config config) {
    long width = config.width();
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put(WORDS, new Shape(config.vocabulary(), width));
    shapes.put(POSITIONS, new Shape(config.positions(), width));
    for (int n = 0; n < config.layers(); n++) {
      String layer = layer(n);
      norm(shapes, layer + "ln_1", width);
      linear(shapes, layer + "attn.c_attn", width, 3 * width);
      linear(shapes, layer + "attn.c_proj", width, width);
      norm(shapes, layer + "ln_2", width);
      linear(shapes, layer + "mlp.c_fc", width, config.hidden());
      linear(shapes, layer + "mlp.c_proj", config.hidden(), width);
    }
    norm(shapes, PREFIX + "ln_f", width);
    return shapes;
  }

  /** How the weights of a layer begin. */
  static String layer(int n) {
    return PREFIX + "h." + n + ".";
  }

  private static void norm(Map<String, Shape> shapes, String name, long width) {
    shapes.put(name + ".weight", new Shape(width));
    shapes.put(name + ".bias", new Shape(width));
  }

  private static void linear(Map<String, Shape> shapes, String name, long in, long out) {
    shapes.put(name + ".weight", new Shape(in, out));
    shapes.put(name + ".bias", new Shape(out));
  }
}
