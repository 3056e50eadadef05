package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import explainrec.metrics.RatingPredictions;
import explainrec.run.RunResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cells of the tables of rating errors and of the paired tests. */
class TablesTest {
  private static final RatingOptions PLAIN =
      RatingOptions.DEFAULT.withInterval(false).withWithoutLeaked(false).withPaper(false);

  /** Three rows, the last leaked; overall errors e, e and 3; all aspect errors 1 and 2. */
  private static RatingPredictions three(float e) {
    return new RatingPredictions(
        new int[] {0, 1, 2},
        new float[] {2, 2, 4},
        new float[] {2 + e, 2 + e, 7},
        new float[][] {{2, 2, 2}, {2, 2, 2}},
        new float[][] {{3, 3, 3}, {4, 4, 4}});
  }

  private static RatingPredictions withoutAspects(RatingPredictions all) {
    return new RatingPredictions(
        all.rows(), all.overallTruth(), all.overall(), new float[0][], new float[0][]);
  }

  private static List<RunResult> twoSeeds() {
    return List.of(
        SampleRuns.run("elixir", "ELIXIR", 1, three(0)),
        SampleRuns.run("elixir", "ELIXIR", 2, three(3)),
        SampleRuns.run("plain", "Plain", 1, withoutAspects(three(1))));
  }

  @Test
  void cellsAreMeansAndDeviationsOverSeeds() {
    // RMSE sqrt(9/3) and 3: mean 2.366, sample deviation (3 - 1.7321) / sqrt 2.
    List<List<String>> rows = Tables.overallRatings(twoSeeds(), PLAIN).rows();
    assertEquals(List.of("Plain", "1.915", "1.667"), rows.get(0));
    assertEquals(List.of("ELIXIR", "2.366 ± 0.897", "2.000 ± 1.414"), rows.get(1));
  }

  @Test
  void leakedRowsAreLeftOutOfTheirColumns() {
    ResultTable table = Tables.overallRatings(twoSeeds(), PLAIN.withWithoutLeaked(true));
    assertEquals("without leaked: RMSE", table.headings().get(3));
    assertEquals("1.000", table.rows().get(0).get(3));
    assertEquals("1.500 ± 2.121", table.rows().get(1).get(3));
    assertTrue(table.notes().toString().contains("2 of 6 test rows"), table.notes().toString());
  }

  @Test
  void clippedColumnsBringPredictionsToFive() {
    ResultTable table = Tables.overallRatings(twoSeeds(), PLAIN.withClipped(true));
    assertEquals("1.000", table.rows().get(0).get(3)); // 7 becomes 5: errors 1, 1, 1
  }

  @Test
  void aspectCellsHoldTheDeviationOverAspects() {
    List<List<String>> rows =
        Tables.aspectRatings(twoSeeds(), PLAIN.withWithoutLeaked(true).withClipped(true)).rows();
    assertEquals(1, rows.size(), "a model without aspect ratings has no row");
    String cell = "1.500 (0.500)";
    assertEquals(
        List.of("ELIXIR", cell, "0.000", cell, "0.000", cell, cell, cell, cell), rows.get(0));
  }

  @Test
  void theNoiseFloorIsNotRanked() {
    ResultTable table = Tables.overallRatings(twoSeeds(), PLAIN.withFloor(three(0)));
    assertEquals(List.of("Noise floor (truth)", "1.732", "1.000"), table.rows().get(2));
    assertTrue(table.best(0, 1));
    assertFalse(table.best(2, 1));
  }

  @Test
  void aModelThatThePaperLacksHasDashes() {
    List<List<String>> rows = Tables.overallRatings(twoSeeds(), PLAIN.withPaper(true)).rows();
    assertEquals(List.of("–", "–"), rows.get(0).subList(3, 5));
    assertEquals(List.of("0.748", "0.447"), rows.get(1).subList(3, 5));
  }

  @Test
  void runsOnDifferentSplitsAreRefused() {
    RunResult other = SampleRuns.run("plain", "Plain", 1, SampleRuns.noisy(4, 1, 1));
    InputException refused =
        assertThrows(
            InputException.class,
            () -> Tables.overallRatings(List.of(twoSeeds().get(0), other), PLAIN));
    assertTrue(refused.getMessage().contains("different splits"), refused.getMessage());
  }

  @Test
  void signsOfDifferencesSayWhoErrsLess() {
    ResultTable table = Tables.significance(SampleRuns.study(42, 43), "elixir");
    assertEquals(8, table.rows().size());
    List<String> average = table.rows().get(0);
    assertEquals(List.of("overall", "Average", "2", "200"), average.subList(0, 4));
    assertTrue(average.get(4).startsWith("−"), average.toString());
    assertEquals("< 0.0001", average.get(6));
    assertTrue(average.get(7).startsWith("−"), average.toString());
  }

  @Test
  void aReferenceThatWasNotRunIsRefused() {
    assertThrows(InputException.class, () -> Tables.significance(twoSeeds(), "peter"));
  }

  @Test
  void claimsAreJudgedByTestAndInterval() {
    List<List<String>> rows = Tables.claims(SampleRuns.study(42, 43)).rows();
    assertEquals("ELIXIR beats -Attention on overall RMSE", rows.get(0).get(0));
    assertEquals("not decided", rows.get(0).get(9));
    assertEquals("holds", rows.get(1).get(9));
    assertEquals("2 of 2", rows.get(1).get(7));
    assertEquals("−0.023", rows.get(0).get(8));
    assertEquals("asked by the kit", rows.get(3).get(1));
  }

  @Test
  void aClaimThatTheRunsTurnRoundDoesNotHold() {
    List<RunResult> runs =
        List.of(
            SampleRuns.run("elixir", "ELIXIR", 1, SampleRuns.noisy(200, 0.9, 1)),
            SampleRuns.run("bias", "Biases", 1, SampleRuns.noisy(200, 0.5, 2)));
    List<List<String>> rows = Tables.claims(runs).rows();
    assertEquals("does not hold", rows.get(3).get(9));
    assertEquals("not run", rows.get(0).get(9));
    assertEquals("–", rows.get(0).get(2));
  }
}
