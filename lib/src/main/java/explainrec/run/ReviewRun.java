package explainrec.run;

import explainrec.backbones.ExplanationGenerator;
import explainrec.backbones.StagedTraining;
import explainrec.data.ColdStart;
import explainrec.data.InputException;
import explainrec.data.Interactions;
import explainrec.data.Prepared;
import explainrec.data.Progress;
import explainrec.data.Split;
import explainrec.elixir.ElixirModel;
import explainrec.metrics.RatingMetrics;
import explainrec.metrics.RatingPredictions;
import explainrec.nn.Devices;
import explainrec.nn.EarlyStop;
import explainrec.nn.EpochLog;
import explainrec.nn.Trainable;
import explainrec.nn.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A model that writes whole reviews with one seed on prepared data: ELIXIR's review module, for
 * which the rating run below it is made where that is missing, or a generator. Trains it, writes a
 * review for every test row, and measures them. Killed and started again, it goes on from its last
 * epoch; finished and started again with nothing changed, it hands back what it found.
 */
public final class ReviewRun {
  private final Session session;
  private final Prepared prepared;
  private final ReviewModel model;
  private final long seed;
  private final String tag;
  private final String lmName;
  private final RunFolder files;
  private Session plain;
  private Consumer<ReviewResult.Epoch> onEpoch = epoch -> {};
  private Consumer<WrittenReview> onSample = review -> {};
  private Consumer<String> lines = Reports.toRunner();

  /**
   * Describes a run; nothing is computed yet.
   *
   * @param session folders, settings and device
   * @param prepared the data
   * @param model which model
   * @param seed of everything random in it
   */
  public ReviewRun(Session session, Prepared prepared, ReviewModel model, long seed) {
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
   */
  public ReviewRun(Session session, Prepared prepared, ReviewModel model, long seed, String tag) {
    requireTag(tag);
    this.session = session;
    this.prepared = prepared;
    this.model = model;
    this.seed = seed;
    this.tag = tag;
    boolean elixir = model.generator() == null;
    this.lmName =
        elixir
            ? LanguageModels.shortName(session)
            : Generators.languageModel(session, model.generator());
    RunKey key =
        RunKey.of(
            name(),
            seed,
            session.profile(),
            session.settings().models().of(model, lmName, TextEncoders.shortName(session)),
            elixir
                ? LanguageModels.identity(session)
                : Generators.identity(session, model.generator()),
            prepared.split().hash(),
            Devices.describe(session.chooseDevice()),
            Versions.code(
                "data", "text", "nn", "t5", elixir ? "elixir" : "backbones", "metrics", "run"));
    String folder = name() + "-reviews-seed" + seed;
    this.files = new RunFolder(session.folder().resolve("runs").resolve(folder), key);
  }

  /**
   * Refuses a tag that could not be part of a folder's name.
   *
   * @param tag of a variant
   * @throws InputException when it has other characters than allowed
   */
  public static void requireTag(String tag) {
    if (!tag.matches("[a-z0-9-]*")) {
      throw InputException.setting("tag", tag, "lower-case letters, digits and -");
    }
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
   * Names the session without this variant's settings: where they change the rating module, too,
   * the rating run below gets this run's tag, and that of the model itself is left alone.
   *
   * @param session the plain one
   * @return this
   */
  public ReviewRun over(Session session) {
    this.plain = session;
    return this;
  }

  private String ratingTag() {
    return plain == null || model.ratings() == null
        ? ""
        : ratingTag(plain, session, model.ratings(), tag);
  }

  /** The tag of the rating run below a variant: its own where its settings reach that far. */
  static String ratingTag(Session plain, Session own, RatingModel ratings, String tag) {
    boolean same =
        plain.settings().models().of(ratings).equals(own.settings().models().of(ratings));
    return same ? "" : tag;
  }

  /**
   * Hands every finished epoch on, for instance to a live chart; resumed epochs too.
   *
   * @param listener takes each epoch
   * @return this
   */
  public ReviewRun onEpoch(Consumer<ReviewResult.Epoch> listener) {
    this.onEpoch = listener;
    return this;
  }

  /**
   * Hands one review of validation on, the same pair's after every epoch of this call, before the
   * epoch itself.
   *
   * @param listener takes each review
   * @return this
   */
  public ReviewRun onSample(Consumer<WrittenReview> listener) {
    this.onSample = listener;
    return this;
  }

  /**
   * Hands short progress lines on.
   *
   * @param listener takes each line
   * @return this
   */
  public ReviewRun report(Consumer<String> listener) {
    this.lines = listener;
    return this;
  }

  /** Where the run leaves its files. */
  public Path folder() {
    return files.folder();
  }

  /**
   * Trains, writes and measures, or hands back what an earlier call with the same key left.
   *
   * @return the result, as it stands in run.json
   * @throws InputException when training fails or the folder cannot be written to
   */
  public ReviewResult run() {
    return files.once(
        ReviewResult.class,
        earlier -> earlier.epochs().forEach(onEpoch),
        this::make,
        lines,
        weights(),
        texts());
  }

  private ReviewResult make() {
    requireTexts();
    TextEncoders.require(session);
    try (ReviewWriter writer = writer()) {
      long start = System.nanoTime();
      Trainer.Outcome outcome = train(writer);
      files.unfinish();
      writer.save(files.checkpoint());
      ReviewResult result = result(writer, outcome, start);
      files.finish(result);
      return result;
    }
  }

  private ReviewWriter writer() {
    return model.generator() == null
        ? elixir(false)
        : new GeneratorWriter(session, prepared, model.generator(), seed, onSample, lines);
  }

  private ElixirWriter elixir(boolean made) {
    return new ElixirWriter(session, prepared, model, seed, ratingTag(), made, onSample, lines);
  }

  /** The file that a finished run has its parameters in. */
  private Path weights() {
    return files
        .checkpoint()
        .resolve(model.generator() == null ? ElixirWriter.WEIGHTS : ExplanationGenerator.WEIGHTS);
  }

  /**
   * The trained model, to explain with.
   *
   * @return ELIXIR with the parameters of its best epoch; to be closed
   * @throws InputException when the run has not been made, or is of another model than ELIXIR's
   */
  public ElixirModel open() {
    return open(false);
  }

  /**
   * The trained model from files that were made elsewhere, on perhaps another device: nothing is
   * made, and no key compared.
   *
   * @return ELIXIR with the parameters of its best epoch; to be closed
   * @throws InputException when a file is missing, or the run is of another model than ELIXIR's
   */
  public ElixirModel openMade() {
    return open(true);
  }

  private ElixirModel open(boolean made) {
    model.requireElixir();
    ElixirWriter writer = elixir(made);
    writer.load(files.checkpoint());
    return writer.whole();
  }

  /**
   * The reviews written for the test rows, in the split's order.
   *
   * @return as many as there are test rows
   * @throws InputException when the run has not been made
   */
  public List<WrittenReview> written() {
    return WrittenReviews.read(texts());
  }

  private Path texts() {
    return files.checkpoint().resolve("reviews.jsonl");
  }

  private void requireTexts() {
    if (prepared.split().test().length == 0) {
      throw new InputException(prepared.interactions().name() + ": no test rows to write for");
    }
  }

  private Trainer.Outcome train(ReviewWriter writer) {
    String words = name() + " reviews, seed " + seed;
    List<EpochLog> all = new ArrayList<>();
    int best = 0;
    List<Trainable> stages = writer.stages();
    for (int stage = 0; stage < stages.size(); stage++) {
      int before = all.size();
      Trainer.Outcome outcome =
          new Trainer(
                  writer.optimization(),
                  writer.epochs(),
                  seed + stage,
                  List.of(
                      Reports.epochs(log -> epoch(StagedTraining.counted(log, before)), onEpoch),
                      Reports.training(words, lines, ReviewRun::line),
                      new EarlyStop(writer.patience())))
              .train(stages.get(stage), files.training(stage));
      outcome.epochs().forEach(log -> all.add(StagedTraining.counted(log, before)));
      best = before + outcome.bestEpoch();
    }
    return new Trainer.Outcome(List.copyOf(all), best);
  }

  private ReviewResult result(ReviewWriter writer, Trainer.Outcome outcome, long start) {
    Split split = prepared.split();
    Interactions data = split.data();
    int[] rows = split.test();
    long began = System.nanoTime();
    List<String> written = writer.write(rows, Reports.progress(lines));
    double writeSeconds = (System.nanoTime() - began) / 1e9;
    WrittenReviews.write(texts(), data, rows, written);
    boolean[] leaked = prepared.leaks(Progress.SILENT).leaked(split);
    ReviewMeasures measures =
        ReviewMeasures.of(session, data, rows, written, writer.losses(rows), leaked);
    Map<String, Double> metrics = new LinkedHashMap<>(measures.metrics());
    float[][] predicted = writer.predict(rows);
    RatingPredictions ratings =
        predicted == null ? null : Ratings.predictions(data, rows, predicted);
    if (ratings != null) {
      metrics.putAll(RatingMetrics.named(ratings, data.aspects()));
    }
    List<EpochLog> logs = outcome.epochs();
    double trained = logs.stream().mapToDouble(EpochLog::seconds).sum();
    return new ReviewResult(
        ReviewResult.KIND,
        1,
        name(),
        title(),
        session.profile(),
        seed,
        session.settings().models().of(model, lmName, TextEncoders.shortName(session)),
        session.settings().models().deviations(model, lmName, TextEncoders.shortName(session)),
        RatingRun.describe(prepared),
        writer.lm(),
        Versions.all(),
        Devices.describe(session.chooseDevice()),
        new ReviewResult.Cost(
            writer.sizes(),
            Math.max((System.nanoTime() - start) / 1e9, trained),
            RunJson.median(logs.stream().mapToDouble(EpochLog::seconds)),
            RunJson.median(logs.stream().mapToDouble(e -> e.examples() / e.trainSeconds())),
            writeSeconds,
            Memory.peakMiB()),
        logs.stream().map(ReviewRun::epoch).toList(),
        outcome.bestEpoch(),
        measures.test(),
        ratings,
        leaked,
        ColdStart.users(split),
        ColdStart.items(split),
        metrics);
  }

  private static String line(EpochLog log) {
    return String.format(
        Locale.ROOT,
        "validation loss %.3f, BLEU %.2f",
        log.validation().get("loss"),
        100 * log.validation().get("bleu"));
  }

  private static ReviewResult.Epoch epoch(EpochLog log) {
    return new ReviewResult.Epoch(
        log.epoch(),
        loss(log.losses()),
        log.validation().get("loss"),
        log.validation().get("bleu"),
        log.validation().get("meteor"),
        log.seconds());
  }

  /** The part that is about the text, where there are others. */
  private static double loss(Map<String, Double> losses) {
    double total = losses.get("loss");
    return losses.getOrDefault("review", losses.getOrDefault("text", total));
  }
}
