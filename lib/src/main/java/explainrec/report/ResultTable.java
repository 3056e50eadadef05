package explainrec.report;

import explainrec.data.AtomicFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/**
 * A table of results, to be shown in a notebook and written as CSV, Markdown and LaTeX.
 *
 * <p>People read rounded numbers with deviations in the same cell; the CSV file keeps eight digits
 * and puts means, deviations and interval ends into columns of their own.
 */
public final class ResultTable implements Html {
  private final String title;
  private final List<String> notes;
  private final List<Column> columns;
  private final List<Line> lines;

  /**
   * One row.
   *
   * @param cells one for each column
   * @param ranked whether it takes part in the search for the best number
   * @param ruled whether a thin rule stands above it
   */
  record Line(List<Cell> cells, boolean ranked, boolean ruled) {}

  private ResultTable(Builder builder) {
    this.title = builder.title;
    this.notes = List.copyOf(builder.notes);
    this.columns = List.copyOf(builder.columns);
    this.lines = List.copyOf(builder.lines);
  }

  /** Collects a table's columns, rows and notes. */
  static final class Builder {
    private final String title;
    private final List<String> notes = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private boolean rule;

    private Builder(String title) {
      this.title = title;
    }

    Builder column(Column column) {
      columns.add(column);
      return this;
    }

    Builder note(String note) {
      notes.add(note);
      return this;
    }

    /** Draws a thin rule above the next row. */
    Builder rule() {
      rule = !lines.isEmpty();
      return this;
    }

    Builder row(List<Cell> cells) {
      return row(cells, true);
    }

    Builder row(List<Cell> cells, boolean ranked) {
      if (cells.size() != columns.size()) {
        throw new IllegalArgumentException(
            cells.size() + " cells for " + columns.size() + " columns");
      }
      lines.add(new Line(List.copyOf(cells), ranked, rule));
      rule = false;
      return this;
    }

    ResultTable build() {
      return new ResultTable(this);
    }
  }

  static Builder titled(String title) {
    return new Builder(title);
  }

  /**
   * Makes a result table of any Tablesaw table, for instance counts of a data set.
   *
   * @param title stands above it
   * @param table its columns; numbers are right-aligned
   * @param decimals digits after the point of fractional columns
   * @param notes stand below it, one line each
   * @return the table
   */
  public static ResultTable of(String title, Table table, int decimals, String... notes) {
    Builder builder = titled(title);
    for (tech.tablesaw.columns.Column<?> column : table.columns()) {
      boolean whole =
          column.type() == ColumnType.INTEGER
              || column.type() == ColumnType.LONG
              || column.type() == ColumnType.SHORT;
      builder.column(
          column instanceof NumericColumn
              ? Column.number(column.name(), whole ? 0 : decimals)
              : Column.text(column.name()));
    }
    for (Row row : table) {
      List<Cell> cells = new ArrayList<>();
      for (tech.tablesaw.columns.Column<?> column : table.columns()) {
        int n = row.getRowNumber();
        if (column.isMissing(n)) {
          cells.add(Cell.MISSING);
        } else if (column instanceof NumericColumn<?> numbers) {
          cells.add(Cell.of(numbers.getDouble(n)));
        } else {
          cells.add(Cell.of(column.getString(n)));
        }
      }
      builder.row(cells);
    }
    for (String note : notes) {
      builder.note(note);
    }
    return builder.build();
  }

  /** The line above the table. */
  public String title() {
    return title;
  }

  /** The lines below the table. */
  public List<String> notes() {
    return notes;
  }

  List<Column> columns() {
    return columns;
  }

  List<Line> lines() {
    return lines;
  }

  /** Headings of the columns, with their groups in front. */
  public List<String> headings() {
    return columns.stream().map(Column::fullTitle).toList();
  }

  /**
   * The rows as people read them.
   *
   * @return one list of printed cells a row
   */
  public List<List<String>> rows() {
    return lines.stream().map(line -> printed(line)).toList();
  }

  private List<String> printed(Line line) {
    List<String> texts = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      texts.add(columns.get(c).format(line.cells().get(c)));
    }
    return texts;
  }

  /**
   * Tells whether a cell shows the best number of its column; cells that print alike share it.
   *
   * @param row from 0
   * @param column from 0
   * @return whether it is printed in bold
   */
  public boolean best(int row, int column) {
    Column of = columns.get(column);
    Cell cell = lines.get(row).cells().get(column);
    if (of.better() == Column.Better.NEITHER || cell.missing() || !lines.get(row).ranked()) {
      return false;
    }
    double sign = of.better() == Column.Better.LOWER ? 1 : -1;
    double best =
        lines.stream()
            .filter(Line::ranked)
            .map(line -> line.cells().get(column))
            .filter(other -> !other.missing())
            .mapToDouble(other -> sign * other.value())
            .min()
            .orElseThrow();
    double unit = Math.pow(10, of.decimals());
    return Math.round(sign * cell.value() * unit) == Math.round(best * unit);
  }

  @Override
  public String html() {
    return new HtmlTable(this).render();
  }

  /** The table as comma-separated values with eight digits, a header line first. */
  public String csv() {
    return TextTables.csv(this);
  }

  /** The table in GitHub's Markdown. */
  public String markdown() {
    return TextTables.markdown(this);
  }

  /** The table in LaTeX, for the package booktabs. */
  public String latex() {
    return TextTables.latex(this);
  }

  /**
   * Writes NAME.csv, NAME.md and NAME.tex.
   *
   * @param folder made when missing
   * @param name file name without ending
   * @throws explainrec.data.InputException when the folder cannot be written to
   */
  public void writeTo(Path folder, String name) {
    AtomicFiles.write(folder.resolve(name + ".csv"), csv());
    AtomicFiles.write(folder.resolve(name + ".md"), markdown());
    AtomicFiles.write(folder.resolve(name + ".tex"), latex());
  }

  /** The table in Markdown, for a terminal or a plain console. */
  @Override
  public String toString() {
    return markdown();
  }
}
