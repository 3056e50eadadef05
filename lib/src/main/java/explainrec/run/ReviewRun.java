package explainrec.run;

import explainrec.data.ColdStart;
import explainrec.data.InputException;
import explainrec.data.Interactions;
import explainrec.data.Prepared;
import explainrec.data.Progress;
import explainrec.data.Split;
import explainrec.elixir.ElixirModel;
import explainrec.elixir.ElixirRatings;
import explainrec.elixir.ElixirReviews;
import explainrec.elixir.RatingSettings;
import explainrec.elixir.ReviewSettings;
import explainrec.metrics.RatingMetrics;
import explainrec.nn.Devices;
import explainrec.nn.EarlyStop;
import explainrec.nn.EpochLog;
import explainrec.nn.Trainer;
import explainrec.t5.LanguageModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * ELIXIR's review module with one seed on prepared data: makes the rating run below it where that
 * is missing, trains psi, writes a review for every test row, and measures them. Killed and started
 * again, it goes on from its last epoch; finished and started again with nothing changed, it hands
 * back what it found.
 */
public final class ReviewRun {
  private final Session session;
  private final Prepared prepared;
  private final ReviewModel model;
  private final long seed;
  private final String tag;
  private final String lmName;
  private final ReviewSettings settings;
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
    this.settings = session.settings().reviews();
    this.lmName = LanguageModels.shortName(session);
    RunKey key =
        RunKey.of(
            name(),
            seed,
            session.profile(),
            session.settings().models().of(model, lmName, TextEncoders.shortName(session)),
            LanguageModels.identity(session),
            prepared.split().hash(),
            Devices.describe(session.chooseDevice()),
            Versions.code("data", "text", "nn", "t5", "elixir", "metrics", "run"));
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
    return plain == null ? "" : ratingTag(plain, session, model.ratings(), tag);
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
    ReviewResult earlier = files.finished(ReviewResult.class, files.model(), texts());
    if (earlier != null) {
      earlier.epochs().forEach(onEpoch);
      return earlier;
    }
    requireTexts();
    TextEncoders.require(session);
    try (LanguageModel lm = LanguageModels.open(session, prepared, lines);
        ElixirRatings ratings = ratings()) {
      requireMemory(lm);
      try (ElixirReviews reviews = untrained(lm, ratings)) {
        long start = System.nanoTime();
        Trainer.Outcome outcome = train(reviews);
        files.unfinish();
        reviews.save(files.model());
        if (joint()) {
          ratings.load(files.model());
        }
        ReviewResult result = result(lm, ratings, reviews, outcome, start);
        files.finish(result);
        return result;
      }
    }
  }

  /**
   * The trained model, to explain with.
   *
   * @return ELIXIR with the parameters of its best epoch; to be closed
   * @throws InputException when the run has not been made
   */
  public ElixirModel open() {
    return open(ratings());
  }

  /**
   * The trained model from files that were made elsewhere, on perhaps another device: nothing is
   * made, and no key compared.
   *
   * @return ELIXIR with the parameters of its best epoch; to be closed
   * @throws InputException when a file is missing
   */
  public ElixirModel openMade() {
    return open(joint() ? below().untrained() : below().open());
  }

  private ElixirModel open(ElixirRatings ratings) {
    LanguageModel lm = LanguageModels.open(session, prepared, lines);
    ElixirReviews reviews = untrained(lm, ratings);
    reviews.load(files.model());
    if (joint()) {
      ratings.load(files.model());
    }
    return new ElixirModel(prepared.interactions(), ratings, reviews, model.attention(), lm);
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

  private boolean joint() {
    return settings.training().equals("joint");
  }

  /** The rating module below: trained, or in joint training a place for its parameters. */
  private ElixirRatings ratings() {
    RatingRun run = below();
    if (joint()) {
      return run.untrained();
    }
    run.run();
    return run.open();
  }

  private RatingRun below() {
    return new RatingRun(session, prepared, model.ratings(), seed, ratingTag()).report(lines);
  }

  private void requireTexts() {
    if (prepared.split().test().length == 0) {
      throw new InputException(prepared.interactions().name() + ": no test rows to write for");
    }
  }

  private void requireMemory(LanguageModel lm) {
    Interactions data = prepared.interactions();
    int vectors =
        model.ratings().variant().equals("no-global") ? 2 : 2 * (1 + data.aspects().size());
    ReviewMemory.require(
        settings, vectors, session.settings().rating().width(), lm, session.chooseDevice());
  }

  private ElixirReviews untrained(LanguageModel lm, ElixirRatings ratings) {
    RatingSettings rating = session.settings().rating().withVariant(model.ratings().variant());
    return new ElixirReviews(
        prepared.split(),
        joint() ? null : ratings,
        rating,
        settings,
        lm,
        session.chooseDevice(),
        seed,
        new WrittenSample(prepared.interactions(), settings.selectBy(), onSample));
  }

  private Trainer.Outcome train(ElixirReviews reviews) {
    String words = name() + " reviews, seed " + seed;
    return new Trainer(
            settings.reviewLearningRate(),
            settings.reviewEpochs(),
            seed,
            List.of(
                Reports.epochs(ReviewRun::epoch, onEpoch),
                Reports.training(words, lines, ReviewRun::line),
                new EarlyStop(settings.reviewPatience())))
        .train(reviews, files.training());
  }

  private ReviewResult result(
      LanguageModel lm,
      ElixirRatings ratings,
      ElixirReviews reviews,
      Trainer.Outcome outcome,
      long start) {
    Split split = prepared.split();
    Interactions data = split.data();
    int[] rows = split.test();
    long began = System.nanoTime();
    Progress progress = Reports.progress(lines);
    List<String> written =
        reviews.write(Ratings.users(data, rows), Ratings.items(data, rows), progress);
    double writeSeconds = (System.nanoTime() - began) / 1e9;
    WrittenReviews.write(texts(), data, rows, written);
    boolean[] leaked = prepared.leaks(Progress.SILENT).leaked(split);
    ReviewMeasures measures =
        ReviewMeasures.of(session, data, rows, written, reviews.losses(rows), leaked);
    Map<String, Double> metrics = new LinkedHashMap<>(measures.metrics());
    metrics.putAll(
        RatingMetrics.named(
            Ratings.predictions(
                data, rows, ratings.predict(Ratings.users(data, rows), Ratings.items(data, rows))),
            data.aspects()));
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
        new ReviewResult.Lm(
            lmName,
            LanguageModels.label(session),
            lm.parameters(),
            settings.lmTraining().equals("frozen"),
            LanguageModels.hash(lm.weightsFile())),
        Versions.all(),
        Devices.describe(session.chooseDevice()),
        new ReviewResult.Cost(
            reviews.sizes(),
            Math.max((System.nanoTime() - start) / 1e9, trained),
            RunJson.median(logs.stream().mapToDouble(EpochLog::seconds)),
            RunJson.median(logs.stream().mapToDouble(e -> e.examples() / e.trainSeconds())),
            writeSeconds,
            Memory.peakMiB()),
        logs.stream().map(ReviewRun::epoch).toList(),
        outcome.bestEpoch(),
        measures.test(),
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
        log.losses().getOrDefault("review", log.losses().get("loss")),
        log.validation().get("loss"),
        log.validation().get("bleu"),
        log.validation().get("meteor"),
        log.seconds());
  }
}
