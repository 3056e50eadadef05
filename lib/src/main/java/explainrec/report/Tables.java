package explainrec.report;

import explainrec.run.ReviewResult;
import explainrec.run.RunResult;
import java.util.List;

/** The kit's tables; each is made from result files by code, never by hand. */
public final class Tables {
  private Tables() {}

  /**
   * Errors of one run: the overall rating, each aspect, and their mean.
   *
   * @param run any run
   * @return a row for the overall rating and one for each aspect
   */
  public static ResultTable ratings(RunResult run) {
    return RunTables.ratings(run);
  }

  /**
   * Overall rating errors like the paper's Table 2, with {@link RatingOptions#DEFAULT}.
   *
   * @param runs models and seeds on one data set
   * @return a row a model
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable overallRatings(List<RunResult> runs) {
    return overallRatings(runs, RatingOptions.DEFAULT);
  }

  /**
   * Overall rating errors like the paper's Table 2: mean and deviation over seeds.
   *
   * @param runs models and seeds on one data set
   * @param options what to show beside them
   * @return a row a model
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable overallRatings(List<RunResult> runs, RatingOptions options) {
    return new RatingTables(NoiseFloor.without(runs), NoiseFloor.of(runs, options), true).table();
  }

  /**
   * Puts models that write reviews and predict ratings, too, among the rating models.
   *
   * @param runs of rating models
   * @param reviews runs that write reviews; variants, and models that are among {@code runs}, are
   *     left out
   * @return all of {@code runs}, then the writers, for the tables and charts of ratings
   */
  public static List<RunResult> withWriters(List<RunResult> runs, List<ReviewResult> reviews) {
    return WriterRatings.joined(runs, reviews);
  }

  /**
   * What one setting does.
   *
   * @param sweep runs that differ in it alone, from {@link Variants#sweepRatings}
   * @param setting its key
   * @return a row a value, with paired tests against the model itself
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable setting(List<RunResult> sweep, String setting) {
    return SweepTable.of(sweep, setting);
  }

  /**
   * How near models come to the noise floor of the generated world.
   *
   * @param runs models and seeds on one data set, the run of {@code truth} among them
   * @return a row a model; a gap and a note where the truth is not known
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable floor(List<RunResult> runs) {
    return FloorTable.of(runs);
  }

  /**
   * Aspect rating errors like the paper's Table 3, with {@link RatingOptions#DEFAULT}.
   *
   * @param runs models and seeds on one data set
   * @return a row a model that predicts aspects
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable aspectRatings(List<RunResult> runs) {
    return aspectRatings(runs, RatingOptions.DEFAULT);
  }

  /**
   * Aspect rating errors like the paper's Table 3: mean and deviation over aspects.
   *
   * @param runs models and seeds on one data set
   * @param options what to show beside them
   * @return a row a model that predicts aspects
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable aspectRatings(List<RunResult> runs, RatingOptions options) {
    return new RatingTables(NoiseFloor.without(runs), NoiseFloor.of(runs, options), false).table();
  }

  /**
   * RMSE of each aspect, models across.
   *
   * @param runs models and seeds on one data set
   * @return a row an aspect, and one for their mean
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable perAspect(List<RunResult> runs) {
    return RunTables.perAspect(NoiseFloor.without(runs));
  }

  /**
   * Time, memory and size of each model.
   *
   * @param runs models and seeds on one data set
   * @return a row a model, means over seeds
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable cost(List<RunResult> runs) {
    return RunTables.cost(NoiseFloor.without(runs));
  }

  /**
   * Every setting of a run, with what the paper has where they differ.
   *
   * @param run any run
   * @return a row a setting
   */
  public static ResultTable settings(RunResult run) {
    return RunTables.settings(run);
  }

  /**
   * Where the runs leave the paper.
   *
   * @param runs any runs
   * @return a row for each deviation, with the models it concerns
   */
  public static ResultTable deviations(List<RunResult> runs) {
    return RunSets.deviations(NoiseFloor.without(runs));
  }

  /**
   * Paired tests of one model against each other: t with Cohen's d_z, Wilcoxon with its
   * rank-biserial correlation, p-values corrected by Holm over the whole table.
   *
   * @param runs models and seeds on one data set
   * @param reference the model's key, for instance {@code elixir}
   * @return a row for each error and other model
   * @throws explainrec.data.InputException when the runs are not comparable or lack the reference
   */
  public static ResultTable significance(List<RunResult> runs, String reference) {
    return ComparisonTables.significance(NoiseFloor.without(runs), reference);
  }

  /**
   * The paper's claims about ratings, each judged on these runs; variants by settings are left out.
   *
   * @param runs models and seeds on one data set
   * @return a row a claim: holds, does not hold, not decided
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable claims(List<RunResult> runs) {
    return ComparisonTables.claims(Variants.plain(NoiseFloor.without(runs)), false);
  }

  /**
   * The same claims judged on the test rows whose text does not stand in train.
   *
   * @param runs models and seeds on one data set
   * @return a row a claim
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable claimsWithoutLeaked(List<RunResult> runs) {
    return ComparisonTables.claims(Variants.plain(NoiseFloor.without(runs)), true);
  }
}
