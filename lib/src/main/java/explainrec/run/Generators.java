package explainrec.run;

import ai.djl.Device;
import explainrec.backbones.ApRef2Seq;
import explainrec.backbones.Att2Seq;
import explainrec.backbones.ElixirGenerator;
import explainrec.backbones.ExplanationGenerator;
import explainrec.backbones.Gpt2Model;
import explainrec.backbones.Nrt;
import explainrec.backbones.Pepler;
import explainrec.backbones.Peter;
import explainrec.data.Prepared;
import explainrec.elixir.ElixirRatings;
import explainrec.t5.LanguageModel;
import explainrec.text.ExplainedSplit;
import explainrec.text.Vocabulary;
import java.util.function.Consumer;

/** Makes generators of short explanations for a session. */
public final class Generators {
  private Generators() {}

  /**
   * A generator with what it stands on.
   *
   * @param generator to train and to write with
   * @param below what it needs as long as it lives
   */
  public record Open(ExplanationGenerator generator, Runnable below) implements AutoCloseable {
    @Override
    public void close() {
      generator.close();
      below.run();
    }
  }

  /**
   * Makes an untrained generator; ELIXIR's rating run is made first where it is missing.
   *
   * @param session folders, settings and device
   * @param prepared the data
   * @param explained its explanations
   * @param model which
   * @param seed of its random start
   * @param lines hear of what is made first
   * @return to be closed
   */
  static Open open(
      Session session,
      Prepared prepared,
      ExplainedSplit explained,
      GeneratorModel model,
      long seed,
      Consumer<String> lines) {
    KitSettings settings = session.settings();
    Device device = session.chooseDevice();
    return switch (model) {
      case ATT2SEQ ->
          alone(
              new Att2Seq(
                  explained,
                  Vocabulary.ofTrain(explained, settings.att2seq().att2seqVocabulary()),
                  settings.explanations().explanationWords(),
                  settings.att2seq(),
                  device,
                  seed));
      case APREF2SEQ ->
          alone(
              new ApRef2Seq(
                  explained,
                  Vocabulary.ofTrain(explained, settings.apref2seq().apref2seqVocabulary()),
                  settings.explanations().explanationWords(),
                  settings.apref2seq(),
                  device,
                  seed));
      case PETER -> alone(new Peter(explained, settings.peter(), false, device, seed));
      case PETER_PLUS -> alone(new Peter(explained, settings.peter(), true, device, seed));
      case NRT ->
          alone(
              new Nrt(
                  explained,
                  Vocabulary.ofTrain(explained, settings.nrt().nrtVocabulary()),
                  settings.explanations().explanationWords(),
                  settings.nrt(),
                  device,
                  seed));
      case ELIXIR -> elixir(session, prepared, explained, device, seed, lines);
      case PEPLER -> pepler(session, prepared, explained, device, seed, lines);
    };
  }

  private static Open alone(ExplanationGenerator generator) {
    return new Open(generator, () -> {});
  }

  private static Open elixir(
      Session session,
      Prepared prepared,
      ExplainedSplit explained,
      Device device,
      long seed,
      Consumer<String> lines) {
    RatingRun rating = new RatingRun(session, prepared, RatingModel.ELIXIR, seed).report(lines);
    rating.run();
    LanguageModel lm = LanguageModels.open(session, prepared, lines);
    ElixirRatings ratings = rating.open();
    return new Open(
        new ElixirGenerator(
            explained,
            ratings,
            session.settings().rating().withVariant("full"),
            session.settings().reviews(),
            lm,
            device,
            seed),
        () -> {
          ratings.close();
          lm.close();
        });
  }

  private static Open pepler(
      Session session,
      Prepared prepared,
      ExplainedSplit explained,
      Device device,
      long seed,
      Consumer<String> lines) {
    Gpt2Model gpt = GptModels.open(session, prepared, lines);
    try {
      return new Open(
          new Pepler(explained, session.settings().pepler(), gpt, device, seed), gpt::close);
    } catch (RuntimeException e) {
      gpt.close();
      throw e;
    }
  }

  /** The name of the language model that a generator stands on; empty for most. */
  static String languageModel(Session session, GeneratorModel model) {
    return switch (model) {
      case ELIXIR -> LanguageModels.shortName(session);
      case PEPLER -> GptModels.shortName(session);
      default -> "";
    };
  }

  /** A generator's name in tables, and the language model's where it is not the paper's. */
  static String title(Session session, GeneratorModel model) {
    String lm = languageModel(session, model);
    return model == GeneratorModel.PEPLER && !lm.equals(GptModels.GPT2)
        ? model.title() + " (" + lm + ")"
        : model.title();
  }

  /** What a generator stands on beside its settings, for a run's key. */
  static String identity(Session session, GeneratorModel model) {
    return switch (model) {
      case ELIXIR -> LanguageModels.shortName(session) + LanguageModels.identity(session);
      case PEPLER -> GptModels.shortName(session) + GptModels.identity(session);
      default -> "";
    };
  }
}
