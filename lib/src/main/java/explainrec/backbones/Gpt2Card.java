package explainrec.backbones;

import com.fasterxml.jackson.databind.json.JsonMapper;
import explainrec.data.AtomicFiles;
import explainrec.data.InputException;
import explainrec.t5.MiniCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a {@code gpt2-mini} is and where it comes from; lies as {@code gpt2-mini.json} beside its
 * files.
 *
 * @param label how to name it beside a number
 * @param data the data set's name
 * @param dataHash of the split it was trained on
 * @param settings it was made with
 * @param seed it was made with
 * @param parameters how many numbers it has
 * @param pieces in its vocabulary
 * @param epochs how training went
 * @param bestEpoch the one whose weights were kept, from 1; 0 when there was none
 * @param key a model with another one is made anew
 */
public record Gpt2Card(
    String label,
    String data,
    String dataHash,
    Gpt2MiniSettings settings,
    long seed,
    long parameters,
    int pieces,
    List<MiniCard.Epoch> epochs,
    int bestEpoch,
    String key) {
  private static final String FILE = "gpt2-mini.json";
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Reads the card of a folder.
   *
   * @param folder made by {@link Gpt2Pretraining}
   * @return its card
   * @throws InputException when there is none or it is broken
   */
  public static Gpt2Card read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      return JSON.readValue(Files.readAllBytes(file), Gpt2Card.class);
    } catch (IOException e) {
      throw new InputException(
          file + ": cannot be read; delete the folder, and the next run makes it anew", e);
    }
  }

  void write(Path folder) {
    AtomicFiles.write(
        folder.resolve(FILE), out -> JSON.writerWithDefaultPrettyPrinter().writeValue(out, this));
  }

  /** Whether a folder holds a whole model with this key. */
  static boolean standsIn(Path folder, String key) {
    try {
      return Files.exists(folder.resolve(FILE)) && read(folder).key().equals(key);
    } catch (InputException e) {
      return false; // not readable: made anew
    }
  }
}
