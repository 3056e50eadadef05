package explainrec.report;

import explainrec.run.ReviewResult;
import explainrec.run.ReviewResult.Content;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kit's tables about written reviews; each is made from result files by code. */
public final class ReviewTables {
  private ReviewTables() {}

  /**
   * Scores like the paper's Table 4, with {@link ReviewOptions#DEFAULT}.
   *
   * @param runs models and seeds on one data set
   * @return a row a model, then the paper's
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable scores(List<ReviewResult> runs) {
    return scores(runs, ReviewOptions.DEFAULT);
  }

  /**
   * Scores like the paper's Table 4: mean and deviation over seeds, in percent. Runs of one model
   * that differ in psi, eta, or what is trained how stand in rows of their own.
   *
   * @param runs models and seeds on one data set
   * @param options what to show beside them
   * @return a row a model, then the paper's
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable scores(List<ReviewResult> runs, ReviewOptions options) {
    return new ReviewScores(runs, options).table();
  }

  /**
   * The scores of all test rows, and of those whose text does not stand in train.
   *
   * @param runs models and seeds on one data set
   * @return two rows a model
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable variants(List<ReviewResult> runs) {
    return new ReviewScores(runs, ReviewOptions.DEFAULT.withPaper(false)).variants();
  }

  /**
   * How many numbers each part has, beside the size that the paper states.
   *
   * @param run any run
   * @param ratingModule numbers of the rating module that was trained before; 0 leaves it out
   * @param sizes of psi elsewhere
   * @return a row a part and size
   */
  public static ResultTable parameters(ReviewResult run, long ratingModule, List<PsiSize> sizes) {
    return ReviewRunTables.parameters(run, ratingModule, sizes);
  }

  /**
   * What the reviews say about the generated world.
   *
   * @param runs models and seeds on the world
   * @return a row a model
   * @throws explainrec.data.InputException when the runs are not comparable or of other data
   */
  public static ResultTable content(List<ReviewResult> runs) {
    return content(runs, Map.of());
  }

  /**
   * What the reviews say about the generated world, beside texts that no model wrote.
   *
   * @param runs models and seeds on the world
   * @param beside what they are to what they say about the test rows, in the order of rows
   * @return a row a model, then those beside
   * @throws explainrec.data.InputException when the runs are not comparable or of other data
   */
  public static ResultTable content(List<ReviewResult> runs, Map<String, List<Content>> beside) {
    return ReviewContentTable.of(runs, beside);
  }

  /**
   * Lengths, repetition, and how well the model predicts the real reviews' words.
   *
   * @param runs models and seeds on one data set
   * @return a row a model
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable texts(List<ReviewResult> runs) {
    return ReviewRunTables.texts(runs);
  }

  /**
   * Time, memory and size of each model.
   *
   * @param runs models and seeds on one data set
   * @return a row a model, means over seeds
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable cost(List<ReviewResult> runs) {
    return ReviewRunTables.cost(runs);
  }

  /**
   * Every setting of a run, with what the paper has where they differ.
   *
   * @param run any run
   * @return a row a setting
   */
  public static ResultTable settings(ReviewResult run) {
    return RunTables.settings(
        run.title() + "'s reviews, profile " + run.profile(), run.settings(), run.deviations());
  }

  /**
   * Where the runs leave the paper.
   *
   * @param runs any runs
   * @return a row for each deviation, with the models it concerns
   */
  public static ResultTable deviations(List<ReviewResult> runs) {
    return RunSets.deviations(runs);
  }

  /**
   * Paired tests of one model's METEOR and BLEU against each other model's, p-values corrected by
   * Holm over the whole table.
   *
   * @param runs models and seeds on one data set
   * @param reference the model's key, for instance {@code elixir}
   * @return a row for each score and other model
   * @throws explainrec.data.InputException when the runs are not comparable or lack the reference
   */
  public static ResultTable significance(List<ReviewResult> runs, String reference) {
    return ReviewVerdicts.significance(runs, reference);
  }

  /**
   * The paper's claims about reviews, each judged on these runs. Where a model ran under a tag
   * only, runs with the same tag and settings are compared, and the claim says so.
   *
   * @param runs models and seeds on one data set
   * @return a row a claim
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable claims(List<ReviewResult> runs) {
    return ReviewClaims.models(runs, false);
  }

  /**
   * The same claims judged on the test rows whose text does not stand in train.
   *
   * @param runs models and seeds on one data set
   * @return a row a claim
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable claimsWithoutLeaked(List<ReviewResult> runs) {
    return ReviewClaims.models(runs, true);
  }

  /**
   * Claims about eta and psi: runs of ELIXIR that differ in one setting only.
   *
   * @param runs models, variants and seeds on one data set
   * @return a row a claim
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable settingClaims(List<ReviewResult> runs) {
    return ReviewClaims.settings(runs);
  }

  /**
   * The paper's table of eta: METEOR, BLEU and ROUGE-2 by number of prompt tokens.
   *
   * @param runs models, variants and seeds on one data set
   * @return a row an eta, ours beside the paper's; those that did not run are a gap
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable eta(List<ReviewResult> runs) {
    return EtaTable.of(runs);
  }

  /**
   * All tables that result files alone suffice for, by the names of their files.
   *
   * @param runs models and seeds on one data set, at least one
   * @return file name without ending to table, in the order of reading
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static Map<String, ResultTable> all(List<ReviewResult> runs) {
    return all(runs, claims(runs));
  }

  /** The same with claims that are judged already, which takes longest. */
  static Map<String, ResultTable> all(List<ReviewResult> runs, ResultTable claims) {
    Map<String, ResultTable> tables = new LinkedHashMap<>();
    tables.put("reviews", scores(runs));
    tables.put("reviews-variants", variants(runs));
    tables.put("reviews-texts", texts(runs));
    if (runs.stream().allMatch(run -> run.test().content() != null)) {
      tables.put("reviews-content", content(runs));
    }
    ReviewRuns study = new ReviewRuns(runs);
    if (study.groups().size() > 1) {
      tables.put("reviews-significance", significance(runs, study.reference()));
    }
    tables.put("reviews-claims", claims);
    tables.put("reviews-cost", cost(runs));
    tables.put("reviews-deviations", deviations(runs));
    return tables;
  }
}
