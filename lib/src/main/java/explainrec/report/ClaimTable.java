package explainrec.report;

import explainrec.metrics.Statistics.Interval;
import java.util.List;
import java.util.Locale;

/** The form of a table of claims: a line each, with its numbers, its test and its verdict. */
final class ClaimTable {
  static final String CLAIM = "Claim";
  static final String HERE = "here";
  static final String VERDICT = "verdict";
  static final String NOT_RUN = "not run";
  static final String UNDECIDED = "not decided: not run";

  private ClaimTable() {}

  /**
   * Starts a table.
   *
   * @param title above it
   * @param published heading of what is published
   */
  static ResultTable.Builder titled(String title, String published) {
    return ResultTable.titled(title)
        .column(Column.text(CLAIM))
        .column(Column.text(published))
        .column(Column.text(HERE))
        .column(Column.text("difference, 95%"))
        .column(Column.text("seeds"))
        .column(Column.of("p (Holm)", Column.Kind.PROBABILITY, 4))
        .column(Column.number("d_z", 2))
        .column(Column.text(VERDICT));
  }

  /** Heading of the paper's column that stands beside a data set. */
  static String paper(String dataset) {
    return ("paper " + Papers.ELIXIR.beside(dataset).map(Papers.Beside::column).orElse("")).trim();
  }

  /** The line of a claim whose runs are not there. */
  static List<Cell> missing(String claim, Cell published) {
    return List.of(
        Cell.of(claim),
        published,
        Cell.of(NOT_RUN),
        Cell.MISSING,
        Cell.MISSING,
        Cell.MISSING,
        Cell.MISSING,
        Cell.of(UNDECIDED));
  }

  /** A difference with its interval as printed, signs kept. */
  static String difference(double difference, Interval interval, int decimals) {
    String format = "%+." + decimals + "f [%+." + decimals + "f, %+." + decimals + "f]";
    return String.format(Locale.ROOT, format, difference, interval.low(), interval.high())
        .replace('-', '−');
  }
}
