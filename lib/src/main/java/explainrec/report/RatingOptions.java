package explainrec.report;

import explainrec.metrics.RatingPredictions;

/**
 * What a table of ratings shows beside the errors themselves.
 *
 * @param interval 95% bootstrap intervals over test rows
 * @param withoutLeaked the errors on test rows whose text does not stand in train
 * @param clipped the errors of predictions clipped to 1..5
 * @param paper the paper's numbers
 * @param paperOnly rows for models that only the paper has
 * @param floor the noise-free ratings as predictions of the test rows, where the truth is known; or
 *     null
 */
public record RatingOptions(
    boolean interval,
    boolean withoutLeaked,
    boolean clipped,
    boolean paper,
    boolean paperOnly,
    RatingPredictions floor) {
  /** Intervals, rows without leaks, the paper's numbers. */
  public static final RatingOptions DEFAULT =
      new RatingOptions(true, true, false, true, false, null);

  /**
   * Shows or hides the intervals.
   *
   * @param shown whether they stand in the table
   * @return new options
   */
  public RatingOptions withInterval(boolean shown) {
    return new RatingOptions(shown, withoutLeaked, clipped, paper, paperOnly, floor);
  }

  /**
   * Shows or hides the errors without leaked rows.
   *
   * @param shown whether they stand in the table
   * @return new options
   */
  public RatingOptions withWithoutLeaked(boolean shown) {
    return new RatingOptions(interval, shown, clipped, paper, paperOnly, floor);
  }

  /**
   * Shows or hides the errors of clipped predictions.
   *
   * @param shown whether they stand in the table
   * @return new options
   */
  public RatingOptions withClipped(boolean shown) {
    return new RatingOptions(interval, withoutLeaked, shown, paper, paperOnly, floor);
  }

  /**
   * Shows or hides the paper's numbers.
   *
   * @param shown whether they stand in the table
   * @return new options
   */
  public RatingOptions withPaper(boolean shown) {
    return new RatingOptions(interval, withoutLeaked, clipped, shown, paperOnly, floor);
  }

  /**
   * Adds or leaves out the models that only the paper has.
   *
   * @param shown whether they stand in the table
   * @return new options
   */
  public RatingOptions withPaperOnly(boolean shown) {
    return new RatingOptions(interval, withoutLeaked, clipped, paper, shown, floor);
  }

  /**
   * Adds the noise floor: the error of somebody who knows each true rating but for its noise.
   *
   * @param truth the noise-free ratings as predictions of the test rows
   * @return new options
   */
  public RatingOptions withFloor(RatingPredictions truth) {
    return new RatingOptions(interval, withoutLeaked, clipped, paper, paperOnly, truth);
  }
}
