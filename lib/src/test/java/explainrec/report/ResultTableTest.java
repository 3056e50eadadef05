package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** How cells are printed and escaped. */
class ResultTableTest {
  private static ResultTable sample() {
    return ResultTable.titled("A & B_1 <b>")
        .column(Column.text("name"))
        .column(Column.of("RMSE", Column.Kind.SEEDS, 3).lower())
        .column(Column.of("p", Column.Kind.PROBABILITY, 3))
        .row(List.of(Cell.of("x|y, \"z\" 100% <i>"), Cell.of(0.41649, 0.00312), Cell.of(1e-6)))
        .row(List.of(Cell.of("w"), Cell.of(0.4164), Cell.of(0.25)))
        .row(List.of(Cell.of("v"), Cell.MISSING, Cell.of(-0.0001)))
        .build();
  }

  @Test
  void cellsShowMeanDeviationAndDashes() {
    assertEquals("0.416 ± 0.003", sample().rows().get(0).get(1));
    assertEquals("0.416", sample().rows().get(1).get(1));
    assertEquals("–", sample().rows().get(2).get(1));
    assertEquals("< 0.001", sample().rows().get(0).get(2));
  }

  @Test
  void numbersThatPrintAlikeShareTheBestPlace() {
    assertTrue(sample().best(0, 1));
    assertTrue(sample().best(1, 1));
    assertFalse(sample().best(2, 1));
  }

  @Test
  void csvKeepsDigitsAndQuotesCommas() {
    List<String> lines = sample().csv().lines().toList();
    assertEquals("name,RMSE,\"RMSE (sd over seeds)\",p", lines.get(0));
    assertTrue(
        lines.get(1).startsWith("\"x|y, \"\"z\"\" 100% <i>\",0.41649,0.00312,"), lines.get(1));
    assertEquals("w,0.4164,,0.25", lines.get(2));
  }

  @Test
  void markdownEscapesPipesAndTags() {
    String markdown = sample().markdown();
    assertTrue(markdown.contains("| x\\|y, \"z\" 100% &lt;i> |"), markdown);
    assertTrue(markdown.contains("| **0.416 ± 0.003** |"), markdown);
  }

  @Test
  void latexEscapesItsOwnCharacters() {
    String latex = sample().latex();
    assertTrue(latex.contains("\\caption{A \\& B\\_1 $<$b$>$}"), latex);
    assertTrue(latex.contains("100\\%"), latex);
    assertTrue(latex.contains("\\textbf{0.416 $\\pm$ 0.003}"), latex);
  }

  @Test
  void htmlEscapesTags() {
    assertTrue(sample().html().contains("100% &lt;i&gt;"), sample().html());
  }

  @Test
  void tablesawColumnsKeepTheirKind() {
    Table table =
        Table.create(
            StringColumn.create("step", "raw"),
            IntColumn.create("rows", new int[] {12345}),
            DoubleColumn.create("share", new double[] {0.12345}));
    assertEquals(List.of("raw", "12,345", "0.12"), ResultTable.of("steps", table, 2).rows().get(0));
  }
}
