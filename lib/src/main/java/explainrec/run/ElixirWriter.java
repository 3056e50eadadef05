package explainrec.run;

import explainrec.data.Interactions;
import explainrec.data.Prepared;
import explainrec.data.Progress;
import explainrec.elixir.ElixirModel;
import explainrec.elixir.ElixirRatings;
import explainrec.elixir.ElixirReviews;
import explainrec.elixir.RatingSettings;
import explainrec.elixir.ReviewSettings;
import explainrec.nn.Optimization;
import explainrec.nn.Trainable;
import explainrec.t5.LanguageModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** ELIXIR writing: psi on a rating module, before a language model. */
final class ElixirWriter implements ReviewWriter {
  /** The file of the trained parameters. */
  static final String WEIGHTS = "model.safetensors";

  private final Session session;
  private final Prepared prepared;
  private final ReviewModel model;
  private final ReviewSettings settings;
  private final LanguageModel lm;
  private final ElixirRatings ratings;
  private final ElixirReviews reviews;

  /**
   * Makes an untrained one; the rating run below it is made first where it is missing.
   *
   * @param session settings and device
   * @param prepared the data
   * @param model of ELIXIR's
   * @param seed of its random start
   * @param ratingTag of the rating run below
   * @param ratingMade whether that run's files are there, maybe made elsewhere, and not to be made
   * @param onSample takes a written review of validation after every epoch
   * @param lines hear of what is made first
   */
  ElixirWriter(
      Session session,
      Prepared prepared,
      ReviewModel model,
      long seed,
      String ratingTag,
      boolean ratingMade,
      Consumer<WrittenReview> onSample,
      Consumer<String> lines) {
    this.session = session;
    this.prepared = prepared;
    this.model = model;
    this.settings = session.settings().reviews();
    this.lm = LanguageModels.open(session, prepared, lines);
    try {
      RatingRun below =
          new RatingRun(session, prepared, model.ratings(), seed, ratingTag).report(lines);
      if (joint()) {
        this.ratings = below.untrained();
      } else {
        if (!ratingMade) {
          below.run();
        }
        this.ratings = below.open();
      }
      RatingSettings rating = session.settings().rating().withVariant(model.ratings().variant());
      ReviewMemory.require(
          settings,
          rating.vectors(prepared.interactions().aspects().size()),
          rating.width(),
          lm,
          session.chooseDevice());
      this.reviews =
          new ElixirReviews(
              prepared.split(),
              joint() ? null : ratings,
              rating,
              settings,
              lm,
              session.chooseDevice(),
              seed,
              new WrittenSample(prepared.interactions(), settings.selectBy(), onSample));
    } catch (RuntimeException e) {
      lm.close();
      throw e;
    }
  }

  private boolean joint() {
    return settings.training().equals("joint");
  }

  /** The whole model; it closes what this holds, and stands in its place. */
  ElixirModel whole() {
    return new ElixirModel(prepared.interactions(), ratings, reviews, model.attention(), lm);
  }

  @Override
  public Trainable training() {
    return reviews;
  }

  @Override
  public Optimization optimization() {
    return Optimization.adam(settings.reviewLearningRate());
  }

  @Override
  public int epochs() {
    return settings.reviewEpochs();
  }

  @Override
  public int patience() {
    return settings.reviewPatience();
  }

  /** In joint training the rating module's place takes its parameters, too. */
  @Override
  public void save(Path folder) {
    reviews.save(folder.resolve(WEIGHTS));
    if (joint()) {
      ratings.load(folder.resolve(WEIGHTS));
    }
  }

  @Override
  public void load(Path folder) {
    reviews.load(folder.resolve(WEIGHTS));
    if (joint()) {
      ratings.load(folder.resolve(WEIGHTS));
    }
  }

  @Override
  public List<String> write(int[] rows, Progress progress) {
    Interactions data = prepared.interactions();
    return reviews.write(Ratings.users(data, rows), Ratings.items(data, rows), progress);
  }

  @Override
  public double[] losses(int[] rows) {
    return reviews.losses(rows);
  }

  @Override
  public float[][] predict(int[] rows) {
    Interactions data = prepared.interactions();
    return ratings.predict(Ratings.users(data, rows), Ratings.items(data, rows));
  }

  @Override
  public Map<String, Long> sizes() {
    return reviews.sizes();
  }

  @Override
  public ReviewResult.Lm lm() {
    return new ReviewResult.Lm(
        LanguageModels.shortName(session),
        LanguageModels.label(session),
        lm.parameters(),
        settings.lmTraining().equals("frozen"),
        LanguageModels.hash(lm.weightsFile()));
  }

  @Override
  public void close() {
    reviews.close();
    ratings.close();
    lm.close();
  }
}
