package explainrec.report;

import explainrec.data.InputException;
import explainrec.run.ReviewResult;
import java.util.List;

/** The kit's charts about written reviews. */
public final class ReviewCharts {
  private ReviewCharts() {}

  /**
   * Training and validation loss by epoch, and beside it BLEU and METEOR of the validation sample,
   * the kept epoch marked.
   *
   * @param run a run with epochs
   * @return two charts in one
   * @throws InputException when the run has no epochs
   */
  public static Chart curves(ReviewResult run) {
    if (run.epochs().isEmpty()) {
      throw new InputException(run.title() + " has no epochs: it is not trained by gradient");
    }
    String lm = run.lm() == null ? "" : " (" + run.lm().name() + ")";
    String title = run.title() + lm + " on " + run.data().name() + ", seed " + run.seed();
    return ReviewCurves.curves(title, run.epochs(), run.bestEpoch(), 0);
  }

  /**
   * Table 4 as a picture, with {@link ReviewOptions#DEFAULT}.
   *
   * @param runs models and seeds on one data set
   * @return the chart
   * @throws InputException when the runs are not comparable
   */
  public static Chart scores(List<ReviewResult> runs) {
    return scores(runs, ReviewOptions.DEFAULT);
  }

  /**
   * Table 4 as a picture: a line a metric; for each model a dot for the mean over seeds with its
   * 95% bootstrap interval over test rows, and a hollow mark for the paper's number.
   *
   * @param runs models and seeds on one data set
   * @param options decides on interval and paper
   * @return the chart
   * @throws InputException when the runs are not comparable
   */
  public static Chart scores(List<ReviewResult> runs, ReviewOptions options) {
    return new ReviewScoreChart(runs, options).chart();
  }

  /**
   * How METEOR is spread over the reviews, all seeds together.
   *
   * @param runs models and seeds on one data set
   * @return a group of bars for every five percent
   * @throws InputException when the runs are not comparable
   */
  public static Chart meteor(List<ReviewResult> runs) {
    return ReviewBars.meteor(new ReviewRuns(runs));
  }

  /**
   * How long written and real reviews are, in the tokens of BLEU, all seeds together.
   *
   * @param runs models and seeds on one data set
   * @return a group of bars for every ten tokens
   * @throws InputException when the runs are not comparable
   */
  public static Chart lengths(List<ReviewResult> runs) {
    return ReviewBars.lengths(new ReviewRuns(runs));
  }

  /**
   * What the reviews say about the generated world, as shares.
   *
   * @param runs models and seeds on the world
   * @return a group of bars for each share
   * @throws InputException when the runs are not comparable or of other data
   */
  public static Chart content(List<ReviewResult> runs) {
    return ReviewBars.content(new ReviewRuns(runs));
  }

  /**
   * Table 4 as a picture for many models: a panel a metric, a lane a model, the paper's numbers as
   * marks.
   *
   * @param runs models and seeds on one data set
   * @return the panels
   * @throws InputException when the runs are not comparable
   */
  public static Chart models(List<ReviewResult> runs) {
    return models(runs, ReviewOptions.DEFAULT);
  }

  /**
   * The same with or without the paper's numbers, and lanes for models that only the paper has.
   *
   * @param runs models and seeds on one data set
   * @param options decides on the paper's numbers; intervals are always drawn
   * @return the panels
   * @throws InputException when the runs are not comparable
   */
  public static Chart models(List<ReviewResult> runs, ReviewOptions options) {
    return new ReviewLanes(runs, options).chart();
  }

  /**
   * METEOR, BLEU and ROUGE-2 against eta, with the paper's curves beside ours.
   *
   * @param runs models, variants and seeds on one data set
   * @return three panels; the paper's curves alone where no runs of ELIXIR differ in eta
   * @throws InputException when the runs are not comparable
   */
  public static Chart eta(List<ReviewResult> runs) {
    return EtaChart.of(runs);
  }

  /**
   * METEOR against what it costs, on two logarithmic axes: numbers that are trained, and seconds of
   * a whole run.
   *
   * @param runs models and seeds on one data set
   * @return two panels, a named dot a model with its 95% interval over test rows
   * @throws InputException when the runs are not comparable
   */
  public static Chart cost(List<ReviewResult> runs) {
    return CostCharts.reviews(runs);
  }
}
