package explainrec.t5;

import com.fasterxml.jackson.databind.json.JsonMapper;
import explainrec.data.AtomicFiles;
import explainrec.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a {@code t5-mini} is and where it comes from; lies as {@code t5-mini.json} beside its files.
 *
 * @param label how to name it beside a number
 * @param data the data set's name
 * @param dataHash of the split it was trained on
 * @param settings it was made with
 * @param seed it was made with
 * @param parameters how many numbers it has
 * @param pieces in its vocabulary
 * @param phases how training went
 * @param key a model with another one is made anew
 */
public record MiniCard(
    String label,
    String data,
    String dataHash,
    MiniSettings settings,
    long seed,
    long parameters,
    int pieces,
    List<Phase> phases,
    String key) {
  private static final String FILE = "t5-mini.json";
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * One phase of training.
   *
   * @param name {@code spans} or {@code language model}
   * @param epochs every epoch
   * @param bestEpoch the one whose weights went on, from 1; 0 when there was none
   */
  public record Phase(String name, List<Epoch> epochs, int bestEpoch) {}

  /**
   * One epoch.
   *
   * @param epoch from 1
   * @param loss mean training loss
   * @param validation mean loss a piece on validation
   * @param seconds wall time with validation
   */
  public record Epoch(int epoch, double loss, double validation, double seconds) {}

  /**
   * Reads the card of a folder.
   *
   * @param folder made by {@link Pretraining}
   * @return its card
   * @throws InputException when there is none or it is broken
   */
  public static MiniCard read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      return JSON.readValue(Files.readAllBytes(file), MiniCard.class);
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
