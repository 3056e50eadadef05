package explainrec.report;

/**
 * A number that a run's test rows make together, of all of them or of rows drawn again.
 *
 * @param <R> kind of run
 */
interface Score<R> {
  /** Its name in tables and charts. */
  String title();

  /** Number of the run's test rows, N. */
  int size(R run);

  /**
   * The number of some rows.
   *
   * @param run whose
   * @param counts how often each row counts, (N)
   * @return in the tables' unit; NaN when the run has no such number
   */
  double of(R run, int[] counts);

  /** One value a row, where the number goes up and down with their mean, (N); else null. */
  double[] rows(R run);

  /**
   * Whether p-values may be smaller than the number of draws allows: for tables of many tests,
   * where no correction could otherwise be passed.
   */
  default boolean inTails() {
    return false;
  }

  /** Whether rows drawn twice would change it, as they look like a text repeated. */
  default boolean countsRepeats() {
    return false;
  }
}
