package explainrec.report;

import explainrec.run.RunResult;
import java.util.List;

/** The kit's charts, all in one style; each is made from result files or plain numbers. */
public final class Charts {
  private Charts() {}

  /**
   * Training loss and validation RMSE by epoch, the kept epoch marked.
   *
   * @param run a run with epochs
   * @return the chart
   * @throws explainrec.data.InputException when the run has no epochs
   */
  public static Chart curves(RunResult run) {
    return CurveCharts.curves(run);
  }

  /**
   * Validation RMSE of the overall rating by epoch, one line a model (mean over seeds), each
   * model's kept epochs marked.
   *
   * @param runs models and seeds on one data set; runs without epochs are left out
   * @return the chart
   * @throws explainrec.data.InputException when no run has epochs
   */
  public static Chart validation(List<RunResult> runs) {
    return CurveCharts.validation(runs);
  }

  /**
   * RMSE of the overall rating, with the paper's numbers where it has any.
   *
   * @param runs models and seeds on one data set
   * @return the chart
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static Chart overallRatings(List<RunResult> runs) {
    return overallRatings(runs, RatingOptions.DEFAULT);
  }

  /**
   * RMSE of the overall rating: a line a model, a dot for the mean over seeds with its 95%
   * bootstrap interval over test rows, a small dot a seed, a hollow mark for the paper's number, a
   * dashed line for the noise floor.
   *
   * @param runs models and seeds on one data set
   * @param options decides on interval, paper and floor; the rest concerns tables only
   * @return the chart
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static Chart overallRatings(List<RunResult> runs, RatingOptions options) {
    return new RatingCharts(NoiseFloor.without(runs), NoiseFloor.of(runs, options), true).chart();
  }

  /**
   * RMSE of the aspect ratings, mean over aspects, with the paper's numbers where it has any.
   *
   * @param runs models and seeds on one data set
   * @return the chart
   * @throws explainrec.data.InputException when the runs are not comparable or have no aspects
   */
  public static Chart aspectRatings(List<RunResult> runs) {
    return aspectRatings(runs, RatingOptions.DEFAULT);
  }

  /**
   * RMSE of the aspect ratings, mean over aspects, drawn as {@link #overallRatings}.
   *
   * @param runs models and seeds on one data set; those without aspect ratings are left out
   * @param options decides on interval, paper and floor; the rest concerns tables only
   * @return the chart
   * @throws explainrec.data.InputException when the runs are not comparable or have no aspects
   */
  public static Chart aspectRatings(List<RunResult> runs, RatingOptions options) {
    return new RatingCharts(NoiseFloor.without(runs), NoiseFloor.of(runs, options), false).chart();
  }

  /**
   * Attention of one user and one item.
   *
   * @param title above the chart, for instance who they are
   * @param aspects names, (A)
   * @param user the user's weights, eq. 3, (A)
   * @param item the item's weights, (A)
   * @return two groups of bars
   */
  public static Chart attention(String title, List<String> aspects, double[] user, double[] item) {
    return attention(title, aspects, user, null, item, null);
  }

  /**
   * Attention of one user and one item beside the importance that is true in a generated world.
   *
   * @param title above the chart, for instance who they are
   * @param aspects names, (A)
   * @param user the user's weights, eq. 3, (A)
   * @param userTruth the user's true importance, (A); or null
   * @param item the item's weights, (A)
   * @param itemTruth the item's true importance, (A); or null
   * @return two groups of bars
   */
  public static Chart attention(
      String title,
      List<String> aspects,
      double[] user,
      double[] userTruth,
      double[] item,
      double[] itemTruth) {
    return AttentionCharts.pair(title, aspects, user, userTruth, item, itemTruth);
  }

  /**
   * Learnt against true importance of many users or items, Spearman's rank correlation of all
   * weights in the title.
   *
   * @param title what they are, for instance {@code "Users of world"}
   * @param aspects names, (A)
   * @param learnt attention weights, (n, A)
   * @param truth true importance in the same order, (n, A)
   * @return a dot a weight, one colour an aspect
   */
  public static Chart importance(
      String title, List<String> aspects, double[][] learnt, double[][] truth) {
    return AttentionCharts.importance(title, aspects, learnt, truth);
  }

  /**
   * What one setting does to the RMSE of the overall rating: a lane a value, drawn as {@link
   * #overallRatings} without the paper's numbers.
   *
   * @param sweep runs that differ in it alone, from {@link Variants#sweepRatings}
   * @param setting its key
   * @return the chart, lanes in the order of values
   * @throws explainrec.data.InputException when there are no runs, or they are not comparable
   */
  public static Chart setting(List<RunResult> sweep, String setting) {
    List<String> values = sweep.stream().map(RunResult::model).distinct().toList();
    RatingOptions own = RatingOptions.DEFAULT.withPaper(false);
    return new RatingCharts(sweep, own, "What " + setting + " does: test error", values).chart();
  }

  /**
   * RMSE of the overall rating against what it costs, on two logarithmic axes: numbers that are
   * trained, and seconds of a whole run.
   *
   * @param runs models and seeds on one data set
   * @return two panels, a named dot a model with its 95% interval over test rows
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static Chart cost(List<RunResult> runs) {
    return CostCharts.ratings(runs);
  }
}
