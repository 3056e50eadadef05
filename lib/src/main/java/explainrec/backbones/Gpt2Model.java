package explainrec.backbones;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import explainrec.data.InputException;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;
import explainrec.t5.T5Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A GPT-2 with its tokenizer, from a folder with Hugging Face's files: {@code config.json}, {@code
 * tokenizer.json} and {@code model.safetensors}.
 */
public final class Gpt2Model implements AutoCloseable {
  static final String CONFIG = "config.json";
  static final String TOKENIZER = "tokenizer.json";
  static final String WEIGHTS = "model.safetensors";

  private final Path folder;
  private final Gpt2 gpt2;
  private final T5Tokenizer tokenizer;

  private Gpt2Model(Path folder, Gpt2 gpt2, T5Tokenizer tokenizer) {
    this.folder = folder;
    this.gpt2 = gpt2;
    this.tokenizer = tokenizer;
  }

  /**
   * Opens a folder; the weights are read when asked for.
   *
   * @param folder with the three files
   * @return the model, to be closed
   * @throws InputException when a file is missing or they do not fit each other
   */
  public static Gpt2Model open(Path folder) {
    for (String file : new String[] {CONFIG, TOKENIZER, WEIGHTS}) {
      if (!Files.isRegularFile(folder.resolve(file))) {
        throw new InputException(
            folder.resolve(file)
                + ": no such file; put "
                + String.join(", ", CONFIG, TOKENIZER, WEIGHTS)
                + " of Hugging Face's openai-community/gpt2 into that folder, or use gpt=gpt2-mini");
      }
    }
    Gpt2Config config = Gpt2Config.read(folder.resolve(CONFIG));
    T5Tokenizer tokenizer = T5Tokenizer.open(folder.resolve(TOKENIZER));
    try {
      tokenizer.requireFits(config.vocabulary());
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
    return new Gpt2Model(folder, new Gpt2(config), tokenizer);
  }

  /** The model's arithmetic. */
  Gpt2 gpt2() {
    return gpt2;
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
  Weights frozen(NDManager manager) {
    return Gpt2Weights.frozen(manager, gpt2.config(), weightsFile());
  }

  /**
   * Describes all weights, to be trained on from where the file has them.
   *
   * @param builder takes them
   */
  void describe(Parameters.Builder builder) {
    Gpt2Weights.describe(builder, gpt2.config(), weightsFile());
  }

  /** How many numbers the weights are. */
  public long parameters() {
    return Gpt2Weights.shapes(gpt2.config()).values().stream().mapToLong(Shape::size).sum();
  }

  /**
   * Encodes texts. A blank is put before each, so that its first word has the ids that it has
   * inside a text; PEPLER's authors put one there, too.
   *
   * @param texts any texts
   * @return ids of each, the end id last
   */
  List<int[]> encode(List<String> texts) {
    int end = gpt2.config().end();
    return tokenizer.encode(texts.stream().map(text -> " " + text).toList()).stream()
        .map(
            ids -> {
              // GPT-2's own tokenizer writes no end, the kit's does.
              boolean ended = ids.length > 0 && ids[ids.length - 1] == end;
              int[] all = ended ? ids : Arrays.copyOf(ids, ids.length + 1);
              all[all.length - 1] = end;
              return all;
            })
        .toList();
  }

  /**
   * Puts a text together.
   *
   * @param ids of its words; start and end are left out
   * @return the text, without blanks around it
   */
  String decode(int[] ids) {
    return tokenizer.decode(ids).strip();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
