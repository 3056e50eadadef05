package explainrec.run;

import explainrec.backbones.Gpt2MiniSettings;
import explainrec.backbones.Gpt2Model;
import explainrec.backbones.Gpt2Pretraining;
import explainrec.data.InputException;
import explainrec.data.Prepared;
import explainrec.data.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Finds the GPT-2 that the settings name, or makes it. */
public final class GptModels {
  /** The kit's own, trained on the train split. */
  public static final String MINI = "gpt2-mini";

  /** The paper's. */
  public static final String GPT2 = "gpt2";

  private static final String AUTO = "auto";
  private static final int DIGITS = 12; // of a hash in a folder's name

  private GptModels() {}

  /**
   * The name of the GPT-2 that a session uses.
   *
   * @param session its settings and folders
   * @return {@code auto} resolved: gpt2 where its files lie in data/gpt2, else gpt2-mini
   */
  public static String name(Session session) {
    String name = session.settings().pepler().gpt();
    if (!name.equals(AUTO)) {
      return name;
    }
    return Files.isDirectory(own(session)) ? GPT2 : MINI;
  }

  /** The same, but for a folder its own name instead of the path to it. */
  static String shortName(Session session) {
    String name = name(session);
    return name.equals(MINI) || name.equals(GPT2)
        ? name
        : Path.of(name).toAbsolutePath().normalize().getFileName().toString();
  }

  private static Path own(Session session) {
    return session.home().resolve("data").resolve(GPT2);
  }

  /**
   * Opens the GPT-2 of a session; gpt2-mini is trained first where it has not been.
   *
   * @param session its settings and folders
   * @param prepared the data, whose train split gpt2-mini learns from
   * @param lines hears of its training
   * @return the model, to be closed
   * @throws InputException when there is none, or it is not whole
   */
  static Gpt2Model open(Session session, Prepared prepared, Consumer<String> lines) {
    String name = name(session);
    if (name.equals(MINI)) {
      return Gpt2Model.open(mini(session, prepared, lines));
    }
    Path folder = name.equals(GPT2) ? own(session) : Path.of(name);
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          "gpt="
              + name
              + ": there is no folder "
              + session.shown(folder)
              + "; put config.json, tokenizer.json and model.safetensors of Hugging Face's"
              + " openai-community/gpt2 there, or name a folder that holds them, or use"
              + " gpt=gpt2-mini");
    }
    return Gpt2Model.open(folder);
  }

  private static Path mini(Session session, Prepared prepared, Consumer<String> lines) {
    Split split = prepared.split();
    Gpt2MiniSettings settings = session.settings().gptMini();
    String digest =
        RunJson.digest(List.of(RecordSettings.values(settings), session.seed(), split.hash()));
    Path folder =
        session
            .home()
            .resolve("data")
            .resolve(MINI)
            .resolve(split.data().name() + "-" + digest.substring(0, DIGITS));
    return new Gpt2Pretraining(
            LanguageModels.texts(split),
            settings,
            session.chooseDevice(),
            session.seed(),
            Versions.code("text", "nn", "t5", "backbones"))
        .run(folder, List.of(Reports.training(MINI, lines)));
  }

  /**
   * How to name a model beside a number.
   *
   * @param name its short name
   * @return a few words; the name itself but for the kit's own
   */
  static String described(String name) {
    return name.equals(MINI) ? "gpt2-mini, trained by the kit on this data's train split" : name;
  }

  /**
   * The model as results name it.
   *
   * @param session its settings and folders
   * @param prepared the data
   * @return name, size and hash of the weights that training started from
   * @throws InputException when there is none, or it is not whole
   */
  static ReviewResult.Lm result(Session session, Prepared prepared) {
    try (Gpt2Model gpt = open(session, prepared, line -> {})) {
      String name = shortName(session);
      return new ReviewResult.Lm(
          name,
          described(name),
          gpt.parameters(),
          session.settings().pepler().peplerTuning().equals("prompt"),
          LanguageModels.hash(gpt.weightsFile()));
    }
  }

  /** What tells this model from every other, see {@link LanguageModels#identity}. */
  static String identity(Session session) {
    String name = name(session);
    if (name.equals(MINI)) {
      return "trained as the settings say";
    }
    Path folder = name.equals(GPT2) ? own(session) : Path.of(name);
    return Files.isDirectory(folder)
        ? LanguageModels.hash(folder.resolve("model.safetensors"))
        : "not there";
  }
}
