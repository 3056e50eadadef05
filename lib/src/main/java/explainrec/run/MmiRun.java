package explainrec.run;

import explainrec.backbones.ExplanationGenerator;
import explainrec.backbones.StagedTraining;
import explainrec.data.InputException;
import explainrec.data.Prepared;
import explainrec.mmi.MmiSettings;
import explainrec.mmi.PolicyGradient;
import explainrec.mmi.StepLog;
import explainrec.nn.Devices;
import explainrec.nn.EarlyStop;
import explainrec.nn.EpochLog;
import explainrec.nn.Optimization;
import explainrec.nn.Trainer;
import explainrec.nn.TrainingListener;
import explainrec.nn.TrainingState;
import explainrec.text.ExplainedSplit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One generator of short explanations with one seed: a backbone trained on the real explanations,
 * or, where {@code align} is not {@code none}, such a backbone fine-tuned by MMI; the backbone's
 * own run is made first where it is missing. Then it writes an explanation for every test row and
 * measures them. Killed and started again, it goes on from its last epoch; finished and started
 * again with nothing changed, it hands back what it found.
 */
public final class MmiRun {
  /** Settings that make a run that of a backbone. */
  static final Map<String, String> BACKBONE = Map.of("align", "none");

  private final Session plain;
  private final Session session;
  private final Prepared prepared;
  private final GeneratorModel model;
  private final long seed;
  private final String tag;
  private final MmiSettings mmi;
  private Estimators shared;
  private ExplainedSplit explained;
  private RunFolder files;
  private Consumer<ExplanationResult.Epoch> onEpoch = epoch -> {};
  private Consumer<StepLog> onStep = log -> {};
  private Consumer<String> lines = Reports.toRunner();

  /**
   * Describes a run; nothing is computed yet.
   *
   * @param session folders, settings and device
   * @param prepared the data
   * @param model which generator
   * @param seed of everything random in it
   * @param tag tells a variant by settings from others in folders and tables, a word; empty for
   *     none
   * @param changes settings of this run, by name; {@code align} says whether it is a backbone
   * @throws InputException for an unknown setting, a value out of range or an unusable tag
   */
  public MmiRun(
      Session session,
      Prepared prepared,
      GeneratorModel model,
      long seed,
      String tag,
      Map<String, String> changes) {
    ReviewRun.requireTag(tag);
    this.plain = session;
    this.session = session.with(changes);
    this.prepared = prepared;
    this.model = model;
    this.seed = seed;
    this.tag = tag;
    this.mmi = this.session.settings().mmi();
  }

  /**
   * Hands every finished epoch on, for instance to a live chart; resumed epochs too.
   *
   * @param listener takes each epoch
   * @return this
   */
  public MmiRun onEpoch(Consumer<ExplanationResult.Epoch> listener) {
    this.onEpoch = listener;
    return this;
  }

  /**
   * Hands the log on after every step of fine-tuning.
   *
   * @param listener takes the log so far
   * @return this
   */
  public MmiRun onStep(Consumer<StepLog> listener) {
    this.onStep = listener;
    return this;
  }

  /**
   * Hands short progress lines on.
   *
   * @param listener takes each line
   * @return this
   */
  public MmiRun report(Consumer<String> listener) {
    this.lines = listener;
    return this;
  }

  /**
   * Uses estimators that several runs on the same data share, so that each is trained once.
   *
   * @param estimators of this run's data and settings; they stay the caller's to close
   * @return this
   */
  public MmiRun with(Estimators estimators) {
    this.shared = estimators;
    return this;
  }

  /** Where the run leaves its files. */
  public Path folder() {
    return files().folder();
  }

  /** The explanations it learns from. */
  public ExplainedSplit explained() {
    if (explained == null) {
      explained =
          shared != null ? shared.explained() : Estimators.explain(session, prepared, lines);
    }
    return explained;
  }

  private boolean backbone() {
    return mmi.align().equals("none");
  }

  private ExplanationReport report() {
    return new ExplanationReport(session, prepared, explained(), model, variant(), seed, lines);
  }

  private String variant() {
    String variant = backbone() ? "backbone" : "mmi-" + mmi.align();
    return tag.isEmpty() ? variant : variant + "-" + tag;
  }

  private String name() {
    return model.id() + "-" + variant();
  }

  /** The run's files. */
  RunFolder files() {
    if (files == null) {
      List<String> rooms =
          new ArrayList<>(List.of("data", "text", "nn", "backbones", "mmi", "metrics", "run"));
      if (model == GeneratorModel.ELIXIR) {
        rooms.addAll(List.of("t5", "elixir"));
      }
      if (model == GeneratorModel.PEPLER) {
        rooms.add("t5");
      }
      RunKey key =
          RunKey.of(
              name(),
              seed,
              session.profile(),
              session.settings().models().of(model, report().lm()),
              Generators.identity(session, model),
              explained().hash(),
              Devices.describe(session.chooseDevice()),
              Versions.code(rooms.toArray(String[]::new)));
      files = new RunFolder(session.folder().resolve("runs").resolve(name() + "-seed" + seed), key);
    }
    return files;
  }

  /**
   * Trains, writes and measures, or hands back what an earlier call with the same key left.
   *
   * @return the result, as it stands in run.json
   * @throws InputException when training fails or the folder cannot be written to
   */
  public ExplanationResult run() {
    return files()
        .once(
            ExplanationResult.class,
            earlier -> earlier.epochs().forEach(onEpoch),
            this::make,
            lines,
            files().checkpoint().resolve(ExplanationGenerator.WEIGHTS),
            texts());
  }

  private ExplanationResult make() {
    ExplanationMeasures.requireRows(explained());
    if (shared != null) {
      return run(shared);
    }
    try (Estimators own = new Estimators(session, explained(), lines)) {
      return run(own);
    }
  }

  private ExplanationResult run(Estimators estimators) {
    if (!backbone()) {
      below(estimators).run();
    }
    estimators.begin(seed, mmi.align());
    try (Generators.Open policy = generator();
        Generators.Open frozen = backbone() ? null : generator()) {
      if (frozen != null) {
        policy.generator().load(below(estimators).files().checkpoint());
        frozen.generator().load(below(estimators).files().checkpoint());
      }
      long start = System.nanoTime();
      PolicyGradient gradient =
          frozen == null
              ? null
              : new PolicyGradient(
                  policy.generator(),
                  frozen.generator().parameters().frozen(),
                  estimators.reward(),
                  explained,
                  mmi);
      Trainer.Outcome outcome = gradient == null ? train(policy) : fineTune(gradient, estimators);
      files.unfinish();
      policy.generator().save(files.checkpoint());
      ExplanationResult result =
          report()
              .make(
                  policy.generator(),
                  (frozen == null ? policy : frozen).generator().parameters().frozen(),
                  gradient,
                  estimators,
                  outcome,
                  start,
                  texts());
      files.finish(result);
      if (gradient != null) {
        checkpoint(gradient, estimators).discard(outcome.epochs().size());
      }
      return result;
    }
  }

  private MmiRun below(Estimators estimators) {
    return new MmiRun(
            session, prepared, model, seed, backboneTag(plain, session, model, tag), BACKBONE)
        .with(estimators)
        .report(lines);
  }

  /** The tag of a variant's backbone: its own where its settings reach that far. */
  static String backboneTag(Session plain, Session own, GeneratorModel model, String tag) {
    String lm = LanguageModels.shortName(own);
    boolean same =
        plain
            .with(BACKBONE)
            .settings()
            .models()
            .of(model, lm)
            .equals(own.with(BACKBONE).settings().models().of(model, lm));
    return same ? "" : tag;
  }

  private Generators.Open generator() {
    return Generators.open(session, prepared, explained, model, seed, lines);
  }

  /**
   * The trained generator, to write with.
   *
   * @return with the parameters of its best epoch; to be closed
   * @throws InputException when the run has not been made
   */
  public Generators.Open open() {
    files();
    Generators.Open open = generator();
    open.generator().load(files.checkpoint());
    return open;
  }

  /**
   * The explanations written for the test rows, in the split's order.
   *
   * @return as many as there are test rows
   * @throws InputException when the run has not been made
   */
  public List<WrittenExplanation> written() {
    return JsonLines.read(texts(), WrittenExplanation.class);
  }

  private Path texts() {
    return files().checkpoint().resolve("explanations.jsonl");
  }

  private Trainer.Outcome train(Generators.Open open) {
    BackboneTraining how = session.settings().models().training(model);
    return new StagedTraining(
            open.generator(), explained, how.batchSize(), how.optimization(), how.epochs(), seed)
        .train((stage, before) -> listeners(how.patience(), null, before), files::training);
  }

  private Trainer.Outcome fineTune(PolicyGradient gradient, Estimators estimators) {
    return new Trainer(optimization(), epochs(), seed, listeners(mmi.mmiPatience(), gradient, 0))
        .train(gradient, checkpoint(gradient, estimators));
  }

  private int epochs() {
    boolean own = model == GeneratorModel.ELIXIR && mmi.mmiElixirEpochs() > 0;
    return own ? mmi.mmiElixirEpochs() : mmi.mmiEpochs();
  }

  private MmiCheckpoint checkpoint(PolicyGradient gradient, Estimators estimators) {
    return new MmiCheckpoint(files.training(), gradient, estimators.reward(), files.checkpoint());
  }

  private Optimization optimization() {
    boolean rnn = model == GeneratorModel.APREF2SEQ;
    String optimizer =
        mmi.mmiOptimizer().equals("auto") ? (rnn ? "rmsprop" : "adam") : mmi.mmiOptimizer();
    String asked = rnn ? mmi.mmiApRef2SeqLearningRate() : mmi.mmiLearningRate();
    double rate = asked.equals("auto") ? (rnn ? 2e-3 : 1e-4) : Double.parseDouble(asked);
    return new Optimization(optimizer, rate, mmi.mmiClip(), 1);
  }

  /** Of a training; before it there were some epochs of other stages. */
  private List<TrainingListener> listeners(int patience, PolicyGradient gradient, int before) {
    String words = name() + ", seed " + seed;
    List<TrainingListener> all = new ArrayList<>();
    if (gradient != null) {
      all.add(
          new TrainingListener() {
            @Override
            public void onStep(TrainingState state) {
              gradient.log().gradient(state.gradientNorm());
              onStep.accept(gradient.log());
            }
          });
    }
    all.add(
        Reports.epochs(
            log -> ExplanationReport.epoch(StagedTraining.counted(log, before)), onEpoch));
    all.add(Reports.training(words, lines, MmiRun::line));
    all.add(new EarlyStop(patience));
    return all;
  }

  private static String line(EpochLog log) {
    Double reward = log.validation().get("reward");
    return reward == null
        ? String.format(Locale.ROOT, "validation loss %.3f", log.validation().get("text"))
        : String.format(
            Locale.ROOT, "validation reward %.3f, loss %.3f", reward, log.validation().get("text"));
  }
}
