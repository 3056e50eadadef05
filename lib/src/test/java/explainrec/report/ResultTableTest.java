package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import explainrec.metrics.Statistics.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ResultTableTest {
  @TempDir Path folder;

  private static ResultTable small() {
    return ResultTable.titled("Errors & more")
        .column(Column.text("Model"))
        .column(Column.of("RMSE", Column.Kind.SEEDS, 3).lower().under("all"))
        .column(Column.of("RMSE 95%", Column.Kind.INTERVAL, 2).under("all"))
        .column(Column.of("p", Column.Kind.PROBABILITY, 4))
        .row(row("a|b, \"c\"", 0.5004, 0.01, 0.00001))
        .row(row("<d>_50%", 0.5001, Double.NaN, 0.25))
        .rule()
        .row(List.of(Cell.of("none"), Cell.MISSING, Cell.MISSING, Cell.MISSING))
        .row(row("floor", 0.1, Double.NaN, 1), false)
        .note("One note.")
        .build();
  }

  private static List<Cell> row(String name, double mean, double sd, double p) {
    return List.of(Cell.of(name), Cell.of(mean, sd), Cell.of(new Interval(-0.25, 0.5)), Cell.of(p));
  }

  @Test
  void cellsArePrintedAsTheirColumnSays() {
    assertEquals(
        List.of("a|b, \"c\"", "0.500 ± 0.010", "[−0.25, 0.50]", "< 0.0001"), small().rows().get(0));
    assertEquals(List.of("<d>_50%", "0.500", "[−0.25, 0.50]", "0.2500"), small().rows().get(1));
  }

  @Test
  void missingCellsAreADash() {
    assertEquals(List.of("none", "–", "–", "–"), small().rows().get(2));
    assertTrue(small().html().contains(">–</td>"));
  }

  @Test
  void numbersThatPrintAlikeShareTheBoldAndUnrankedRowsNeverWin() {
    assertTrue(small().best(0, 1));
    assertTrue(small().best(1, 1));
    assertFalse(small().best(2, 1));
    assertFalse(small().best(3, 1)); // 0.1 is least, but the floor takes no part
    assertFalse(small().best(0, 3)); // nothing wins in a column without a direction
  }

  @Test
  void csvKeepsDigitsSplitsPairsAndQuotes() {
    List<String> lines = small().csv().lines().toList();
    assertEquals(
        "Model,\"all: RMSE\",\"all: RMSE (sd over seeds)\","
            + "\"all: RMSE 95% low\",\"all: RMSE 95% high\",p",
        lines.get(0));
    assertEquals("\"a|b, \"\"c\"\"\",0.5004,0.01,-0.25,0.5,0.00001", lines.get(1));
    assertEquals("none,,,,,", lines.get(3));
  }

  @Test
  void markdownEscapesBarsAndMarkup() {
    String text = small().markdown();
    assertTrue(text.contains("| a\\|b, \"c\" | **0.500 ± 0.010** |"), text);
    assertTrue(text.contains("| &lt;d>\\_50% |"), text);
    assertTrue(text.contains("|---|---:|---:|---:|"), text);
  }

  @Test
  void latexEscapesItsOwnSigns() {
    String text = small().latex();
    assertTrue(text.contains("\\caption{Errors \\& more}"), text);
    assertTrue(text.contains("$<$d$>$\\_50\\% & \\textbf{0.500} & [$-$0.25, 0.50]"), text);
    assertTrue(text.contains(" & \\multicolumn{2}{c}{all} & "), text);
    assertTrue(text.contains("\\textbf{0.500 $\\pm$ 0.010}"), text);
    assertEquals("\\textbackslash{}\\{a\\}\\textasciicircum{}", TextTables.tex("\\{a}^"));
  }

  @Test
  void htmlEscapesAndNeedsNothingFromOutside() {
    String html = small().html();
    assertTrue(html.contains("&lt;d&gt;_50%"));
    assertTrue(html.contains("Errors &amp; more"));
    assertTrue(html.contains("<b>0.500 ± 0.010</b>"));
    assertFalse(html.contains("src=") || html.contains("href=") || html.contains(" id="));
    assertEquals(html, small().html());
  }

  @Test
  void threeFilesAreWritten() throws IOException {
    small().writeTo(folder.resolve("tables"), "errors");
    assertEquals(small().csv(), Files.readString(folder.resolve("tables/errors.csv")));
    assertEquals(small().markdown(), Files.readString(folder.resolve("tables/errors.md")));
    assertEquals(small().latex(), Files.readString(folder.resolve("tables/errors.tex")));
  }

  @Test
  void aFolderThatIsAFileIsOneClearLine() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "x");
    InputException e = assertThrows(InputException.class, () -> small().writeTo(file, "errors"));
    assertFalse(e.getMessage().contains("\n"));
  }

  @Test
  void aTablesawTableKeepsWholeNumbersWholeAndGapsEmpty() {
    Table table =
        Table.create(
            StringColumn.create("what", "users", "share"),
            IntColumn.create("count", 12345, 3),
            DoubleColumn.create("mean", 0.12345, Double.NaN));
    ResultTable made = ResultTable.of("Counts", table, 2, "A note.");
    assertEquals(
        List.of(List.of("users", "12,345", "0.12"), List.of("share", "3", "–")), made.rows());
    assertEquals(List.of("A note."), made.notes());
  }

  @Test
  void negativeZeroHasNoSign() {
    assertEquals("0.00", Column.number("d", 2).format(Cell.of(-0.001)));
    assertEquals("−0.01", Column.number("d", 2).format(Cell.of(-0.012)));
  }

  @Test
  void aRowOfTheWrongWidthIsRefused() {
    ResultTable.Builder table = ResultTable.titled("t").column(Column.text("a"));
    assertThrows(IllegalArgumentException.class, () -> table.row(List.of()));
  }
}
