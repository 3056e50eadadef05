package explainrec.run;

import explainrec.backbones.AverageRating;
import explainrec.backbones.BiasRating;
import explainrec.backbones.RatingBaselines;
import explainrec.backbones.TruthRating;
import explainrec.data.ColdStart;
import explainrec.data.InputException;
import explainrec.data.Interactions;
import explainrec.data.Prepared;
import explainrec.data.Progress;
import explainrec.data.Split;
import explainrec.data.World;
import explainrec.elixir.ElixirRatings;
import explainrec.elixir.RatingSettings;
import explainrec.metrics.RatingMetrics;
import explainrec.metrics.RatingPredictions;
import explainrec.nn.Devices;
import explainrec.nn.EpochLog;
import explainrec.nn.RatingLearner;
import explainrec.nn.RatingPredictor;
import explainrec.nn.Trainer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * One rating model with one seed on prepared data: trains it, measures it on the test rows, and
 * leaves {@code run.json}, {@code model.safetensors} where it is trained, and for ELIXIR {@code
 * aspects.json} in the run's folder. Killed and started again, it goes on from its last epoch;
 * finished and started again with nothing changed, it hands back what it found.
 */
public final class RatingRun {
  private final Session session;
  private final Prepared prepared;
  private final RatingModel model;
  private final long seed;
  private final String tag;
  private final RunFolder files;
  private Consumer<RunResult.Epoch> onEpoch = epoch -> {};
  private Consumer<String> lines = Reports.toRunner();

  /**
   * Describes a run; nothing is computed yet.
   *
   * @param session folders, settings and device
   * @param prepared the data
   * @param model which model
   * @param seed of everything random in it
   */
  public RatingRun(Session session, Prepared prepared, RatingModel model, long seed) {
    this(session, prepared, model, seed, "");
  }

  /**
   * Describes a run of a variant by settings.
   *
   * @param session folders, settings and device
   * @param prepared the data
   * @param model which model
   * @param seed of everything random in it
   * @param tag tells this variant from the model itself in folders and tables, a word; empty for
   *     none
   * @throws InputException for an unusable tag
   */
  public RatingRun(Session session, Prepared prepared, RatingModel model, long seed, String tag) {
    ReviewRun.requireTag(tag);
    this.tag = tag;
    this.session = session;
    this.prepared = prepared;
    this.model = model;
    this.seed = seed;
    RunKey key =
        RunKey.of(
            name(),
            seed,
            session.profile(),
            session.settings().models().of(model),
            "",
            prepared.split().hash(),
            Devices.describe(session.chooseDevice()),
            Versions.code("data", "text", "nn", "elixir", "backbones", "metrics", "run"));
    this.files =
        new RunFolder(session.folder().resolve("runs").resolve(name() + "-seed" + seed), key);
  }

  /** The run's files. */
  RunFolder files() {
    return files;
  }

  private String name() {
    return tag.isEmpty() ? model.id() : model.id() + "-" + tag;
  }

  private String title() {
    return tag.isEmpty() ? model.title() : model.title() + " (" + tag + ")";
  }

  /**
   * Hands every finished epoch on, for instance to a live chart; resumed epochs too.
   *
   * @param listener takes each epoch
   * @return this
   */
  public RatingRun onEpoch(Consumer<RunResult.Epoch> listener) {
    this.onEpoch = listener;
    return this;
  }

  /**
   * Hands short progress lines on.
   *
   * @param listener takes each line
   * @return this
   */
  public RatingRun report(Consumer<String> listener) {
    this.lines = listener;
    return this;
  }

  /** Where the run leaves its files. */
  public Path folder() {
    return files.folder();
  }

  /**
   * Trains and measures, or hands back what an earlier call with the same key left.
   *
   * @return the result, as it stands in run.json
   * @throws InputException when training fails or the folder cannot be written to
   */
  public RunResult run() {
    return files.once(
        RunResult.class,
        earlier -> earlier.epochs().forEach(onEpoch),
        this::make,
        lines,
        model.trained() ? new Path[] {files.model()} : new Path[0]);
  }

  private RunResult make() {
    long start = System.nanoTime();
    RunResult result;
    if (model.trained()) {
      try (RatingLearner learner = learner()) {
        RatingTraining training = new RatingTraining(name(), seed, files, lines);
        double before = training.beforehand(learner);
        Trainer.Outcome outcome =
            training.train(learner, session.settings().models().plan(model), onEpoch);
        files.unfinish();
        learner.save(files.model());
        result = result(learner, learner.parameters().trained(), outcome, before, start);
        if (learner instanceof ElixirRatings elixir) {
          AspectViews.write(files.folder(), session, prepared, model, elixir, result);
        }
      }
    } else {
      result = result(baseline(), size(), new Trainer.Outcome(List.of(), 0), 0, start);
      files.unfinish();
    }
    files.finish(result);
    return result;
  }

  /**
   * The trained ELIXIR, for a closer look at its attention.
   *
   * @return ELIXIR with the parameters of its best epoch; to be closed
   * @throws InputException when the run has not been made
   */
  public ElixirRatings open() {
    ElixirRatings elixir = untrained();
    elixir.load(files.model());
    return elixir;
  }

  /**
   * Any trained model, as its best epoch left it.
   *
   * @return to be closed
   * @throws InputException when the run has not been made
   */
  public RatingLearner openLearner() {
    RatingLearner learner = learner();
    learner.load(files.model());
    return learner;
  }

  /** ELIXIR's module before training, a place for parameters trained elsewhere. */
  ElixirRatings untrained() {
    if (model != RatingModel.ELIXIR_NO_ASPECTS && prepared.interactions().aspects().isEmpty()) {
      throw new InputException(
          model.id()
              + ": "
              + prepared.interactions().name()
              + " has no aspect ratings, and ELIXIR learns from them; name their columns in the"
              + " mapping, or run average, bias or elixir-no-aspects");
    }
    RatingSettings settings = session.settings().rating().withVariant(model.variant());
    return new ElixirRatings(
        prepared.split(),
        settings,
        session.chooseDevice(),
        seed,
        predicted -> Ratings.validation(prepared.split(), predicted));
  }

  /** Any trained model before training, a place for parameters trained elsewhere. */
  private RatingLearner learner() {
    if (model.variant() != null) {
      return untrained();
    }
    RatingBaselines baselines =
        new RatingBaselines(
            prepared.split(),
            session.chooseDevice(),
            seed,
            predicted -> Ratings.validation(prepared.split(), predicted));
    return switch (model) {
      case MF -> baselines.mf(session.settings().mf());
      case MLP -> baselines.mlp(session.settings().ncf());
      case NEUMF -> baselines.neumf(session.settings().ncf());
      case ALFM -> baselines.alfm(session.settings().alfm());
      case ANR -> baselines.anr(session.settings().anr());
      default -> throw new IllegalStateException(model + " is not trained");
    };
  }

  private RunResult result(
      RatingPredictor predictor,
      long parameters,
      Trainer.Outcome outcome,
      double before,
      long start) {
    List<EpochLog> logs = outcome.epochs();
    Split split = prepared.split();
    Interactions data = split.data();
    RatingPredictions test =
        Ratings.predictions(
            data,
            split.test(),
            predictor.predict(
                Ratings.users(data, split.test()), Ratings.items(data, split.test())));
    double trained = before + logs.stream().mapToDouble(EpochLog::seconds).sum();
    double seconds = Math.max((System.nanoTime() - start) / 1e9, trained);
    RunResult.Cost cost =
        new RunResult.Cost(
            parameters,
            seconds,
            RunJson.median(logs.stream().mapToDouble(EpochLog::seconds)),
            RunJson.median(logs.stream().mapToDouble(e -> e.examples() / e.trainSeconds())),
            Memory.peakMiB());
    return new RunResult(
        1,
        name(),
        title(),
        session.profile(),
        seed,
        session.settings().models().of(model),
        session.settings().models().deviations(model),
        describe(prepared),
        Versions.all(),
        model.trained() ? Devices.describe(session.chooseDevice()) : "cpu (1 thread)",
        cost,
        logs.stream().map(RatingTraining::epoch).toList(),
        outcome.bestEpoch(),
        test,
        prepared.leaks(Progress.SILENT).leaked(split),
        ColdStart.users(split),
        ColdStart.items(split),
        RatingMetrics.named(test, data.aspects()));
  }

  /** The data of a run, as its result names them. */
  static RunResult.Data describe(Prepared prepared) {
    Split split = prepared.split();
    return new RunResult.Data(
        split.data().name(),
        split.data().aspects(),
        prepared.fingerprint(),
        split.hash(),
        split.data().users().size(),
        split.data().items().size(),
        split.train().length,
        split.validation().length,
        split.test().length);
  }

  private RatingPredictor baseline() {
    return switch (model) {
      case AVERAGE -> new AverageRating(prepared.split());
      case BIAS -> new BiasRating(prepared.split(), session.settings().bias());
      case TRUTH -> {
        if (session.source() instanceof World world) {
          yield new TruthRating(world.truth(), prepared.interactions());
        }
        throw new InputException(
            "model truth: the truth of "
                + session.source().name()
                + " is not known; it is of the generated world only, --data world");
      }
      default -> throw new IllegalStateException(model + " is trained");
    };
  }

  private long size() {
    Interactions data = prepared.split().data();
    long entities =
        switch (model) {
          case AVERAGE -> 1;
          case BIAS -> data.users().size() + data.items().size() + 1;
          default -> 0;
        };
    return entities * (data.aspects().size() + 1);
  }
}
