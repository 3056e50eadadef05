package explainrec.report;

import explainrec.data.InputException;
import explainrec.run.AspectResult;
import explainrec.run.ExplanationResult;
import explainrec.run.Result;
import explainrec.run.ReviewResult;
import explainrec.run.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a data set's folder of results holds, and all tables and charts that its run files
 * suffice for. Models that did not run leave gaps that say so.
 */
public final class Results {
  private static final String REFERENCE = "elixir";
  private static final String RATINGS = "ELIXIR: ratings";
  private static final String REVIEWS = "ELIXIR: reviews";
  private static final String SETTINGS = "ELIXIR: eta, psi, training";
  private static final String MMI = "MMI";
  private static final String NOT_LEAKED = ", no leaked rows";

  private final String dataset;
  private final List<RunResult> ratings;
  private final List<ReviewResult> reviews;
  private final List<ExplanationResult> explanations;
  private final List<AspectResult> aspects;
  private Map<String, ResultTable> claims;
  private Map<String, ResultTable> tables;
  private Map<String, Chart> charts;

  /**
   * Collects runs of one data set.
   *
   * @param ratings runs that predict ratings
   * @param reviews runs that write reviews
   * @param explanations runs that write short explanations
   * @param aspects what rating modules make of aspects
   * @throws explainrec.data.InputException when there are no runs at all
   */
  Results(
      List<RunResult> ratings,
      List<ReviewResult> reviews,
      List<ExplanationResult> explanations,
      List<AspectResult> aspects) {
    List<Result> all = new ArrayList<>(ratings);
    all.addAll(reviews);
    all.addAll(explanations);
    if (all.isEmpty()) {
      throw new InputException("results of no runs: run a model first, ./kit run --help says how");
    }
    this.dataset = all.get(0).data().name();
    this.ratings = WriterRatings.joined(ratings, reviews);
    this.reviews = List.copyOf(reviews);
    this.explanations = List.copyOf(explanations);
    this.aspects = List.copyOf(aspects);
  }

  /**
   * Reads a folder.
   *
   * @param folder a data set's results, for instance {@code results/world}
   * @return what its files hold
   * @throws explainrec.data.InputException when there is no run, or one cannot be read
   */
  public static Results read(Path folder) {
    return new Results(
        RunFiles.read(folder),
        RunFiles.reviews(folder),
        RunFiles.explanations(folder),
        RunFiles.aspects(folder));
  }

  /** The data set's name. */
  public String dataset() {
    return dataset;
  }

  /** All runs that predict ratings, variants, noise floor and writers among them. */
  public List<RunResult> ratings() {
    return ratings;
  }

  /** All runs that write reviews, variants among them. */
  public List<ReviewResult> reviews() {
    return reviews;
  }

  /** All runs that write short explanations. */
  public List<ExplanationResult> explanations() {
    return explanations;
  }

  /** What rating modules make of aspects. */
  public List<AspectResult> aspects() {
    return aspects;
  }

  /** The runs of rating models themselves, the noise floor among them; no variants. */
  public List<RunResult> ratingModels() {
    return Variants.plain(ratings);
  }

  /** The runs of models that write reviews; no variants. */
  public List<ReviewResult> reviewModels() {
    return Variants.plain(reviews);
  }

  /**
   * The tables that judge claims.
   *
   * @return what the claims are about, to their table; only what there are runs for
   */
  public Map<String, ResultTable> claims() {
    if (claims == null) {
      claims = judged();
    }
    return claims;
  }

  private Map<String, ResultTable> judged() {
    Map<String, ResultTable> tables = new LinkedHashMap<>();
    if (!NoiseFloor.without(ratingModels()).isEmpty()) {
      tables.put(RATINGS, Tables.claims(ratings));
      tables.put(RATINGS + NOT_LEAKED, Tables.claimsWithoutLeaked(ratings));
    }
    if (!reviews.isEmpty()) {
      tables.put(REVIEWS, ReviewTables.claims(reviews));
      tables.put(REVIEWS + NOT_LEAKED, ReviewTables.claimsWithoutLeaked(reviews));
      tables.put(SETTINGS, ReviewTables.settingClaims(reviews));
    }
    if (!explanations.isEmpty()) {
      tables.put(MMI, ExplanationTables.claims(explanations));
    }
    return tables;
  }

  /** How many claims hold, do not hold, are not decided. */
  public ResultTable counts() {
    return new Overview(dataset, claims()).counts();
  }

  /** Every claim that was judged, those that hold first. */
  public ResultTable overview() {
    return new Overview(dataset, claims()).lines();
  }

  /**
   * Every table.
   *
   * @return file name without ending to table, in the order of reading
   */
  public Map<String, ResultTable> tables() {
    if (tables == null) {
      tables = allTables();
    }
    return tables;
  }

  private Map<String, ResultTable> allTables() {
    Map<String, ResultTable> found = new LinkedHashMap<>();
    if (!NoiseFloor.without(ratingModels()).isEmpty()) {
      ratingTables(found);
    }
    if (!reviews.isEmpty()) {
      reviewTables(found);
    }
    if (!explanations.isEmpty()) {
      found.putAll(ExplanationTables.all(explanations, claims().get(MMI)));
      found.put("deviations-mmi", ExplanationTables.published(explanations));
    }
    Overview overview = new Overview(dataset, claims());
    found.put("overview-counts", overview.counts());
    found.put("overview", overview.lines());
    return found;
  }

  private void ratingTables(Map<String, ResultTable> tables) {
    List<RunResult> models = ratingModels();
    RatingOptions plain = RatingOptions.DEFAULT.withWithoutLeaked(false).withPaperOnly(true);
    tables.put("ratings-overall", Tables.overallRatings(models, plain));
    tables.put("ratings-aspects", Tables.aspectRatings(models, plain));
    tables.put("ratings-per-aspect", Tables.perAspect(models));
    // The floor is that of all rows, so it does not stand beside parts of them.
    List<RunResult> trained = NoiseFloor.without(models);
    RatingOptions both =
        RatingOptions.DEFAULT.withInterval(false).withPaper(false).withClipped(true);
    tables.put("ratings-overall-variants", Tables.overallRatings(trained, both));
    tables.put("ratings-aspects-variants", Tables.aspectRatings(trained, both));
    if (models.stream().anyMatch(run -> run.model().equals(REFERENCE))) {
      tables.put("ratings-significance", Tables.significance(models, REFERENCE));
    }
    tables.put("ratings-claims", claims().get(RATINGS));
    tables.put("ratings-claims-without-leaked", claims().get(RATINGS + NOT_LEAKED));
    List<RunResult> variants = Variants.ofRatings(trained(ratings));
    if (!variants.isEmpty()) {
      tables.put("ratings-by-setting", Tables.overallRatings(variants, plain.withPaperOnly(false)));
    }
    for (String setting : Variants.swept(ratings, REFERENCE)) {
      List<RunResult> sweep = Variants.sweepRatings(ratings, REFERENCE, setting);
      tables.put("ratings-by-" + setting, Tables.setting(sweep, setting));
    }
    tables.put("ratings-floor", Tables.floor(models));
    if (!aspects.isEmpty()) {
      tables.put("attention-truth", AspectTables.importance(aspects));
    }
    tables.put("ratings-cost", Tables.cost(models));
    tables.put("ratings-deviations", Tables.deviations(models));
    tables.put("deviations-elixir", deviations());
  }

  private static List<RunResult> trained(List<RunResult> runs) {
    return NoiseFloor.without(runs);
  }

  /** ELIXIR's settings: paper, authors' code, and these runs. */
  public ResultTable deviations() {
    List<Result> runs = new ArrayList<>();
    NoiseFloor.without(ratingModels()).stream()
        .filter(run -> run.model().startsWith(REFERENCE))
        .forEach(runs::add);
    reviewModels().stream().filter(run -> run.model().startsWith(REFERENCE)).forEach(runs::add);
    return SettingTables.deviations(
        Papers.ELIXIR.name(), Papers.ELIXIR.source(), Papers.ELIXIR.settings(), runs, null);
  }

  private void reviewTables(Map<String, ResultTable> tables) {
    List<ReviewResult> models = reviewModels();
    if (!models.isEmpty()) {
      tables.putAll(ReviewTables.all(models, claims().get(REVIEWS)));
      ReviewOptions all = ReviewOptions.DEFAULT.withPaperOnly(true);
      tables.put("reviews", ReviewTables.scores(models, all));
    }
    tables.put("reviews-claims", claims().get(REVIEWS));
    tables.put("reviews-claims-without-leaked", claims().get(REVIEWS + NOT_LEAKED));
    tables.put("reviews-eta", ReviewTables.eta(reviews));
    tables.put("reviews-claims-settings", claims().get(SETTINGS));
    List<ReviewResult> variants = Variants.ofReviews(reviews);
    if (!variants.isEmpty()) {
      ReviewOptions own = ReviewOptions.DEFAULT.withPaper(false);
      tables.put("reviews-by-setting", ReviewTables.scores(variants, own));
    }
  }

  /**
   * Every chart.
   *
   * @return file name without ending to chart, in the order of reading
   */
  public Map<String, Chart> charts() {
    if (charts == null) {
      charts = allCharts();
    }
    return charts;
  }

  private Map<String, Chart> allCharts() {
    Map<String, Chart> charts = new LinkedHashMap<>();
    List<RunResult> models = ratingModels();
    List<RunResult> trained = NoiseFloor.without(models);
    if (!trained.isEmpty()) {
      charts.put("ratings-overall", Charts.overallRatings(models));
      if (trained.stream().anyMatch(run -> run.test().aspects().length > 0)) {
        charts.put("ratings-aspects", Charts.aspectRatings(models));
      }
      charts.put("ratings-cost-quality", Charts.cost(models));
      for (String setting : Variants.swept(ratings, REFERENCE)) {
        List<RunResult> sweep = Variants.sweepRatings(ratings, REFERENCE, setting);
        charts.put("ratings-by-" + setting, Charts.setting(sweep, setting));
      }
    }
    aspects.stream()
        .filter(run -> run.model().equals(REFERENCE))
        .findFirst()
        .ifPresent(run -> aspectCharts(run, charts));
    if (!reviewModels().isEmpty()) {
      charts.put(
          "reviews-models",
          ReviewCharts.models(reviewModels(), ReviewOptions.DEFAULT.withPaperOnly(true)));
      charts.put("reviews-cost-quality", ReviewCharts.cost(reviewModels()));
    }
    if (!reviews.isEmpty()) {
      charts.put("reviews-eta", ReviewCharts.eta(reviews));
    }
    if (explanations.stream().anyMatch(run -> !run.variant().startsWith("backbone"))) {
      charts.put("mmi-alignment", ExplanationCharts.alignment(explanations));
      charts.put("mmi-reward-kl", ExplanationCharts.rewardAgainstKl(explanations));
      if (TakeOffChart.applies(new ExplanationRuns(explanations))) {
        charts.put("mmi-take-off", ExplanationCharts.takeOff(explanations));
      }
    }
    return charts;
  }

  private static void aspectCharts(AspectResult run, Map<String, Chart> charts) {
    charts.put("aspects-projection", AspectCharts.projection(run));
    if (run.users() != null && run.users().truth() != null) {
      charts.put("attention-truth", AspectCharts.importance(run));
    }
  }

  /**
   * Writes every table, as CSV, Markdown and LaTeX, and every chart.
   *
   * @param folder the data set's results
   * @throws explainrec.data.InputException when it cannot be written to
   */
  public void writeTo(Path folder) {
    tables().forEach((name, table) -> table.writeTo(folder.resolve("tables"), name));
    charts()
        .forEach((name, chart) -> chart.writePng(folder.resolve("charts").resolve(name + ".png")));
  }
}
