package explainrec.report;

/**
 * What a table or chart of review scores shows beside the scores themselves.
 *
 * @param interval 95% bootstrap intervals over test rows
 * @param paper the paper's rows of the same models
 * @param paperOnly the paper's rows of models that did not run here, too
 */
public record ReviewOptions(boolean interval, boolean paper, boolean paperOnly) {
  /** Intervals, and the paper's rows of the same models. */
  public static final ReviewOptions DEFAULT = new ReviewOptions(true, true, false);

  /**
   * Shows or hides the intervals.
   *
   * @param shown whether they stand there
   * @return new options
   */
  public ReviewOptions withInterval(boolean shown) {
    return new ReviewOptions(shown, paper, paperOnly);
  }

  /**
   * Shows or hides the paper's rows.
   *
   * @param shown whether they stand there
   * @return new options
   */
  public ReviewOptions withPaper(boolean shown) {
    return new ReviewOptions(interval, shown, paperOnly);
  }

  /**
   * Adds or leaves out models that only the paper has.
   *
   * @param shown whether they stand there
   * @return new options
   */
  public ReviewOptions withPaperOnly(boolean shown) {
    return new ReviewOptions(interval, paper, shown);
  }
}
