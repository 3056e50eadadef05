package explainrec.report;

import explainrec.metrics.Statistics.Interval;

/**
 * One cell of a table; its column decides how many digits are shown.
 *
 * @param text words, or null for a number
 * @param value the number, or the interval's lower end; NaN when missing
 * @param second the standard deviation, or the interval's upper end; NaN when there is none
 */
record Cell(String text, double value, double second) {
  /** What stands where there is nothing to show. */
  static final Cell MISSING = new Cell(null, Double.NaN, Double.NaN);

  static Cell of(String text) {
    return text == null ? MISSING : new Cell(text, Double.NaN, Double.NaN);
  }

  static Cell of(double value) {
    return new Cell(null, value, Double.NaN);
  }

  static Cell of(double mean, double sd) {
    return new Cell(null, mean, sd);
  }

  static Cell of(Interval interval) {
    return new Cell(null, interval.low(), interval.high());
  }

  boolean missing() {
    return text == null && Double.isNaN(value);
  }
}
