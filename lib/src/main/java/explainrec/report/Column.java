package explainrec.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/**
 * A column of a table: its heading, how its numbers are printed, and which of them is best.
 *
 * @param group heading over several neighbouring columns; empty for none
 * @param title the column's own heading
 * @param kind what its cells hold
 * @param decimals digits after the point
 * @param better which numbers win, to be set in bold
 */
record Column(String group, String title, Kind kind, int decimals, Better better) {
  /** Printed where there is nothing. */
  static final String DASH = "–";

  /** What the cells of a column hold. */
  enum Kind {
    /** Words. */
    TEXT,
    /** One number. */
    NUMBER,
    /** Mean and standard deviation over seeds, printed {@code 0.416 ± 0.003}. */
    SEEDS,
    /** Mean and standard deviation over aspects, printed {@code 0.465 (0.034)}. */
    ASPECTS,
    /** Lower and upper end, printed {@code [0.41, 0.42]}. */
    INTERVAL,
    /** A p-value. */
    PROBABILITY
  }

  /** Which numbers of a column win. */
  enum Better {
    /** None is marked. */
    NEITHER,
    /** Small ones, as errors. */
    LOWER,
    /** Large ones. */
    HIGHER
  }

  static Column text(String title) {
    return new Column("", title, Kind.TEXT, 0, Better.NEITHER);
  }

  static Column number(String title, int decimals) {
    return new Column("", title, Kind.NUMBER, decimals, Better.NEITHER);
  }

  static Column of(String title, Kind kind, int decimals) {
    return new Column("", title, kind, decimals, Better.NEITHER);
  }

  Column lower() {
    return new Column(group, title, kind, decimals, Better.LOWER);
  }

  Column higher() {
    return new Column(group, title, kind, decimals, Better.HIGHER);
  }

  Column under(String heading) {
    return new Column(heading, title, kind, decimals, better);
  }

  /** Heading of the column alone, with its group in front. */
  String fullTitle() {
    return group.isEmpty() ? title : group + ": " + title;
  }

  /** A cell as people read it. */
  String format(Cell cell) {
    if (cell.text() != null) {
      return cell.text();
    }
    if (cell.missing()) {
      return DASH;
    }
    String value = fixed(cell.value());
    return switch (kind) {
      case TEXT, NUMBER -> value;
      case SEEDS -> Double.isNaN(cell.second()) ? value : value + " ± " + fixed(cell.second());
      case ASPECTS ->
          Double.isNaN(cell.second()) ? value : value + " (" + fixed(cell.second()) + ")";
      case INTERVAL -> "[" + value + ", " + fixed(cell.second()) + "]";
      case PROBABILITY -> probability(cell.value());
    };
  }

  private String fixed(double value) {
    String text =
        String.format(Locale.ROOT, decimals == 0 ? "%,.0f" : "%." + decimals + "f", value);
    boolean negativeZero =
        text.startsWith("-") && text.chars().noneMatch(c -> c >= '1' && c <= '9');
    return negativeZero ? text.substring(1) : text.replace('-', '−');
  }

  private String probability(double p) {
    double least = Math.pow(10, -decimals);
    return p < least ? "< " + fixed(least) : fixed(p);
  }

  /** Headings of the column in a CSV file, one or two. */
  List<String> csvTitles() {
    String title = fullTitle();
    return switch (kind) {
      case SEEDS -> List.of(title, title + " (sd over seeds)");
      case ASPECTS -> List.of(title, title + " (sd over aspects)");
      case INTERVAL -> List.of(title + " low", title + " high");
      default -> List.of(title);
    };
  }

  /** A cell's values in a CSV file, as many as {@link #csvTitles()}; empty where missing. */
  List<String> csvValues(Cell cell) {
    if (csvTitles().size() == 1) {
      return List.of(cell.text() != null ? cell.text() : plain(cell.value()));
    }
    return cell.text() != null
        ? List.of(cell.text(), "")
        : List.of(plain(cell.value()), plain(cell.second()));
  }

  /** Eight significant digits, never in scientific notation for ordinary sizes. */
  private static String plain(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(8)).stripTrailingZeros();
    return Math.abs(value) < 1e-9 && value != 0 ? rounded.toString() : rounded.toPlainString();
  }
}
