package explainrec.t5;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import explainrec.data.InputException;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;
import explainrec.text.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A T5 with its tokenizer, from a folder with Hugging Face's files: {@code config.json}, {@code
 * tokenizer.json} and {@code model.safetensors}.
 */
public final class LanguageModel implements AutoCloseable {
  static final String CONFIG = "config.json";
  static final String TOKENIZER = "tokenizer.json";
  static final String WEIGHTS = "model.safetensors";

  private final Path folder;
  private final T5 t5;
  private final T5Tokenizer tokenizer;

  private LanguageModel(Path folder, T5 t5, T5Tokenizer tokenizer) {
    this.folder = folder;
    this.t5 = t5;
    this.tokenizer = tokenizer;
  }

  /**
   * Opens a folder; the weights are read when asked for.
   *
   * @param folder with the three files
   * @return the model, to be closed
   * @throws InputException when a file is missing or they do not fit each other
   */
  public static LanguageModel open(Path folder) {
    for (String file : new String[] {CONFIG, TOKENIZER, WEIGHTS}) {
      if (!Files.isRegularFile(folder.resolve(file))) {
        throw new InputException(
            folder.resolve(file)
                + ": no such file; a language model is a folder with "
                + String.join(", ", CONFIG, TOKENIZER, WEIGHTS)
                + "; ./kit fetch t5-small brings one");
      }
    }
    T5Config config = T5Config.read(folder.resolve(CONFIG));
    T5Tokenizer tokenizer = T5Tokenizer.open(folder.resolve(TOKENIZER));
    try {
      tokenizer.requireFits(config);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
    return new LanguageModel(folder, new T5(config), tokenizer);
  }

  /** Where it lies. */
  public Path folder() {
    return folder;
  }

  /** The model's arithmetic. */
  public T5 t5() {
    return t5;
  }

  /** Words to ids and back. */
  public T5Tokenizer tokenizer() {
    return tokenizer;
  }

  /** The file that holds the weights. */
  public Path weightsFile() {
    return folder.resolve(WEIGHTS);
  }

  /**
   * Reads weights that are not trained.
   *
   * @param manager owner of the arrays
   * @return the weights by name
   * @throws InputException when the file does not hold them
   */
  public Weights frozen(NDManager manager) {
    return T5Weights.frozen(manager, t5.config(), weightsFile());
  }

  /**
   * Describes all weights, to be trained on from where the file has them.
   *
   * @param builder takes them, under Hugging Face's names
   */
  public void describe(Parameters.Builder builder) {
    T5Weights.shapes(t5.config())
        .forEach(
            (name, shape) ->
                builder.add(
                    name,
                    (values, from, to, random) -> {
                      try (Safetensors tensors = Safetensors.open(weightsFile())) {
                        float[] read = tensors.read(name, shape.getShape());
                        System.arraycopy(read, 0, values, from, to - from);
                      } catch (IOException e) {
                        throw new InputException(
                            weightsFile() + ": cannot be closed: " + e.getMessage(), e);
                      }
                    },
                    shape.getShape()));
  }

  /** How many numbers the weights are. */
  public long parameters() {
    return T5Weights.shapes(t5.config()).values().stream().mapToLong(Shape::size).sum();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
