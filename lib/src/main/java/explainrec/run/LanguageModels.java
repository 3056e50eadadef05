package explainrec.run;

import explainrec.data.InputException;
import explainrec.data.Prepared;
import explainrec.data.Split;
import explainrec.t5.LanguageModel;
import explainrec.t5.MiniSettings;
import explainrec.t5.Pretraining;
import explainrec.t5.PretrainingData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.DigestUtils;

/** Finds the language model that the settings name, or makes it. */
public final class LanguageModels {
  /** The kit's own, trained on the train split. */
  public static final String MINI = "t5-mini";

  /** The paper's. */
  public static final String SMALL = "t5-small";

  private static final String AUTO = "auto";
  private static final int DIGITS = 12; // of a hash in a folder's name

  private LanguageModels() {}

  /**
   * The name of the language model that a session uses.
   *
   * @param session its settings and folders
   * @return {@code auto} resolved: t5-small where it has been fetched, else t5-mini
   */
  public static String name(Session session) {
    String name = session.settings().reviews().lm();
    if (!name.equals(AUTO)) {
      return name;
    }
    return Files.isDirectory(small(session)) ? SMALL : MINI;
  }

  /** The same, but for a folder its own name instead of the path to it. */
  static String shortName(Session session) {
    String name = name(session);
    return name.equals(MINI) || name.equals(SMALL)
        ? name
        : Path.of(name).toAbsolutePath().normalize().getFileName().toString();
  }

  private static Path small(Session session) {
    return session.home().resolve("data").resolve(SMALL);
  }

  /**
   * Opens the language model of a session; t5-mini is pre-trained first where it has not been.
   *
   * @param session its settings and folders
   * @param prepared the data, whose train split t5-mini learns from
   * @param lines hears of pre-training
   * @return the model, to be closed
   * @throws InputException when there is none, or it is not whole
   */
  public static LanguageModel open(Session session, Prepared prepared, Consumer<String> lines) {
    return LanguageModel.open(folder(session, prepared, lines));
  }

  /** Where it is; t5-mini is pre-trained first where it has not been. */
  static Path folder(Session session, Prepared prepared, Consumer<String> lines) {
    String name = name(session);
    switch (name) {
      case MINI:
        return mini(session, prepared, lines);
      case SMALL:
        if (!Files.isDirectory(small(session))) {
          throw new InputException(
              "lm=t5-small: it is not in "
                  + session.shown(small(session))
                  + "; ./kit fetch t5-small brings it, or give the folder that holds it, or lm=t5-mini");
        }
        return small(session);
      default:
        Path folder = Path.of(name);
        if (!Files.isDirectory(folder)) {
          throw new InputException(
              "lm="
                  + name
                  + ": no such folder; expected auto, t5-mini, t5-small, or a folder with"
                  + " config.json, tokenizer.json and model.safetensors");
        }
        return folder;
    }
  }

  private static Path mini(Session session, Prepared prepared, Consumer<String> lines) {
    Split split = prepared.split();
    MiniSettings settings = session.settings().mini();
    String digest =
        RunJson.digest(List.of(RecordSettings.values(settings), session.seed(), split.hash()));
    Path folder =
        session
            .home()
            .resolve("data")
            .resolve(MINI)
            .resolve(split.data().name() + "-" + digest.substring(0, DIGITS));
    PretrainingData texts =
        new PretrainingData(
            split.data().name(),
            split.hash(),
            Arrays.stream(split.train()).mapToObj(split.data()::text).toList(),
            Arrays.stream(split.validation()).mapToObj(split.data()::text).toList());
    return Pretraining.run(
        texts,
        settings,
        session.chooseDevice(),
        session.seed(),
        folder,
        Versions.code("text", "nn", "t5"),
        phase -> List.of(Reports.training(MINI + " " + phase, lines)));
  }

  /**
   * How to name the model beside a number.
   *
   * @param session its settings
   * @return a few words
   */
  public static String label(Session session) {
    String name = name(session);
    return switch (name) {
      case MINI ->
          "t5-mini, pre-trained by the kit on the train split of " + session.source().name();
      case SMALL -> "T5-small";
      default -> shortName(session);
    };
  }

  /**
   * What tells this model from every other: the hash of its weights, or, before t5-mini is there,
   * all that it is made from.
   *
   * @param session its settings and folders
   * @return SHA-256 of the weights; for t5-mini {@code made by these settings}, which the run's key
   *     holds anyway
   */
  static String identity(Session session) {
    String name = name(session);
    if (name.equals(MINI)) {
      return "pre-trained as the settings say";
    }
    Path folder = name.equals(SMALL) ? small(session) : Path.of(name);
    return Files.isDirectory(folder) ? hash(folder.resolve("model.safetensors")) : "not there";
  }

  /** SHA-256 of a file of weights, in hexadecimal. */
  static String hash(Path weights) {
    try (InputStream in = Files.newInputStream(weights)) {
      return DigestUtils.sha256Hex(in);
    } catch (IOException e) {
      return "not readable";
    }
  }
}
