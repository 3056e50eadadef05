package explainrec.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import explainrec.data.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The weights of a BERT's embeddings and first layers, under Hugging Face's names. */
final class BertWeights {
  private final Map<String, NDArray> arrays = new HashMap<>();

  private BertWeights() {}

  /**
   * Loads weights.
   *
   * @param manager owner of the arrays
   * @param config of the model
   * @param layers how many of its layers are needed
   * @param file {@code model.safetensors}, float32
   * @return the weights
   * @throws InputException when the file does not hold them
   */
  static BertWeights load(NDManager manager, BertConfig config, int layers, Path file) {
    BertWeights weights = new BertWeights();
    try (Safetensors tensors = Safetensors.open(file)) {
      Reader reader = new Reader(weights, manager, tensors, prefix(tensors));
      reader.embeddings(config);
      for (int n = 0; n < layers; n++) {
        reader.layer(config, "encoder.layer." + n + ".");
      }
    } catch (IOException e) {
      throw new InputException(file + ": cannot be closed: " + e.getMessage(), e);
    }
    return weights;
  }

  /** Models saved with a head on top have their names below the model's. */
  private static String prefix(Safetensors tensors) {
    for (String prefix : new String[] {"bert.", "roberta."}) {
      if (tensors.has(prefix + "embeddings.word_embeddings.weight")) {
        return prefix;
      }
    }
    return "";
  }

  NDArray get(String name) {
    return arrays.get(name);
  }

  private record Reader(
      BertWeights weights, NDManager manager, Safetensors tensors, String prefix) {

    void embeddings(BertConfig config) {
      int width = config.width();
      read("embeddings.word_embeddings.weight", config.vocabulary(), width);
      read("embeddings.position_embeddings.weight", config.positions(), width);
      read("embeddings.token_type_embeddings.weight", config.types(), width);
      norm("embeddings.LayerNorm", width);
    }

    void layer(BertConfig config, String layer) {
      int width = config.width();
      for (String role : new String[] {"query", "key", "value"}) {
        linear(layer + "attention.self." + role, width, width);
      }
      linear(layer + "attention.output.dense", width, width);
      norm(layer + "attention.output.LayerNorm", width);
      linear(layer + "intermediate.dense", config.hidden(), width);
      linear(layer + "output.dense", width, config.hidden());
      norm(layer + "output.LayerNorm", width);
    }

    private void linear(String name, int outputs, int inputs) {
      read(name + ".weight", outputs, inputs);
      read(name + ".bias", outputs);
    }

    /** Files converted from the first release call a norm's scale and shift gamma and beta. */
    private void norm(String name, int width) {
      boolean old = tensors.has(prefix + name + ".gamma");
      read(name + ".weight", old ? name + ".gamma" : name + ".weight", width);
      read(name + ".bias", old ? name + ".beta" : name + ".bias", width);
    }

    private void read(String name, long... shape) {
      read(name, name, shape);
    }

    private void read(String name, String inFile, long... shape) {
      NDArray array = manager.create(tensors.read(prefix + inFile, shape), new Shape(shape));
      NDScope.unregister(array);
      weights.arrays.put(name, array);
    }
  }
}
