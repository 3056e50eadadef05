package explainrec.run;

import explainrec.data.InputException;
import explainrec.text.BertEncoder;
import explainrec.text.MiniLm;
import explainrec.text.TokenEncoder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the encoder that BERTScore is to use. */
final class TextEncoders {
  static final String AUTO = "auto";
  static final String MINILM = "minilm";
  static final String ROBERTA = "roberta-large";
  static final String NONE = "none";

  private TextEncoders() {}

  /** The encoder's name: {@code auto} resolved, a folder by its own name. */
  static String shortName(Session session) {
    String name = session.settings().texts().bertEncoder();
    return switch (name) {
      case AUTO -> Files.isDirectory(roberta(session)) ? ROBERTA : MINILM;
      case MINILM, ROBERTA, NONE -> name;
      default -> Path.of(name).toAbsolutePath().normalize().getFileName().toString();
    };
  }

  /**
   * Refuses an encoder that is not there, before anything is trained.
   *
   * @throws InputException when its folder is missing
   */
  static void require(Session session) {
    Path folder = folder(session);
    if (folder != null && !Files.isDirectory(folder)) {
      throw new InputException(
          "bertEncoder="
              + session.settings().texts().bertEncoder()
              + ": no folder "
              + session.shown(folder)
              + "; expected one with config.json, tokenizer.json and model.safetensors of a BERT or"
              + " RoBERTa, or minilm, or none");
    }
  }

  /** Opens the encoder, to be closed; null for none. */
  static TokenEncoder open(Session session) {
    Path folder = folder(session);
    if (folder != null) {
      return BertEncoder.open(folder, session.chooseDevice());
    }
    return shortName(session).equals(NONE) ? null : MiniLm.open();
  }

  /** Where the encoder lies; null when it is part of the kit, or there is none. */
  private static Path folder(Session session) {
    String name = session.settings().texts().bertEncoder();
    return switch (name) {
      case AUTO -> Files.isDirectory(roberta(session)) ? roberta(session) : null;
      case MINILM, NONE -> null;
      case ROBERTA -> roberta(session);
      default -> Path.of(name);
    };
  }

  private static Path roberta(Session session) {
    return session.home().resolve("data").resolve(ROBERTA);
  }
}
