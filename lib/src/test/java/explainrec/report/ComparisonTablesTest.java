package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import explainrec.metrics.PairedTest;
import explainrec.metrics.RatingPredictions;
import explainrec.metrics.RowErrors;
import explainrec.metrics.Statistics;
import explainrec.run.RunResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTablesTest {
  private static RatingPredictions errors(int[] rows, float... errors) {
    return new RatingPredictions(
        rows, new float[rows.length], errors, new float[0][], new float[0][]);
  }

  private static List<String> line(ResultTable table, String first, String second) {
    return table.rows().stream()
        .filter(row -> row.get(0).equals(first) && (second == null || row.get(1).equals(second)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void errorsAreAveragedOverTheSeedsThatTestedARow() {
    int[] one = {0, 1, 2};
    int[] two = {1, 2, 3};
    List<RunResult> runs =
        List.of(
            SampleRuns.run("elixir", "ELIXIR", 1, errors(one, 1, 2, 3)),
            SampleRuns.run("elixir", "ELIXIR", 2, errors(two, 4, 1, 2)),
            SampleRuns.run("bias", "Biases", 1, errors(one, 2, 2, 2)),
            SampleRuns.run("bias", "Biases", 2, errors(two, 2, 2, 2)));
    Comparison found =
        Comparison.of(new Study(runs), "elixir", "bias", true, RowErrors.ABSOLUTE).orElseThrow();
    // Rows 0 to 3: 1, (2 + 4) / 2, (3 + 1) / 2, 2, against 2 everywhere.
    PairedTest byHand = PairedTest.of(new double[] {1, 3, 2, 2}, new double[] {2, 2, 2, 2});
    assertEquals(byHand, found.test());
    assertEquals((2 + 7.0 / 3) / 2, found.left(), 1e-12);
    assertEquals(2, found.right(), 1e-12);
    assertEquals(2, found.seeds());
    assertEquals(0, found.leftBetter()); // once alike, once worse
    assertEquals(1, found.rightBetter());
  }

  @Test
  void significanceCorrectsOverAllItsPValues() {
    List<RunResult> runs = SampleRuns.study(1, 2);
    ResultTable table = Tables.significance(runs, "elixir");
    assertEquals(16, table.rows().size()); // four errors, four other models
    List<String> global = line(table, "overall RMSE", "-Global");
    assertEquals("2 of 2", global.get(6));
    assertEquals("< 0.0001", global.get(7));
    assertTrue(global.get(8).startsWith("−"), global.toString());
    Comparison raw =
        Comparison.of(new Study(runs), "elixir", "elixir-no-attention", true, RowErrors.SQUARED)
            .orElseThrow();
    double shown = Double.parseDouble(line(table, "overall RMSE", "-Attention").get(7));
    assertTrue(shown >= raw.test().tP(), "Holm never makes p smaller");
  }

  @Test
  void modelsWithoutAspectsAreComparedOnTheOverallRatingOnly() {
    int[] rows = {0, 1, 2};
    List<RunResult> runs =
        List.of(
            SampleRuns.run("elixir", "ELIXIR", 1, errors(rows, 1, 2, 3)),
            SampleRuns.run("bias", "Biases", 1, errors(rows, 2, 2, 4)));
    assertEquals(
        List.of("overall RMSE", "overall MAE"),
        Tables.significance(runs, "elixir").rows().stream().map(row -> row.get(0)).toList());
  }

  @Test
  void anUnknownReferenceListsTheModelsAtHand() {
    InputException e =
        assertThrows(InputException.class, () -> Tables.significance(SampleRuns.study(1), "mf"));
    assertTrue(e.getMessage().contains("average, bias, elixir"), e.getMessage());
  }

  @Test
  void claimsAreJudgedOnTheRuns() {
    ResultTable table = Tables.claims(SampleRuns.study(1, 2, 3));
    List<String> global = line(table, "ELIXIR beats -Global, overall RMSE", null);
    assertEquals("0.748 < 0.865", global.get(1));
    assertTrue(global.get(3).startsWith("−0.2"), global.get(3));
    assertEquals("3 of 3", global.get(4));
    assertTrue(global.get(6).startsWith("−"), "the effect's sign is that of the difference");
    assertEquals("holds", global.get(7));
    assertEquals("not decided", line(table, "ELIXIR beats -Attention, overall RMSE", null).get(7));
    assertEquals("–", line(table, "ELIXIR beats Biases, aspect MAE", null).get(1));
  }

  @Test
  void aClaimWithoutItsRunsIsNotDecided() {
    List<RunResult> runs =
        SampleRuns.study(1).stream().filter(run -> !run.model().equals("average")).toList();
    List<String> average = line(Tables.claims(runs), "ELIXIR beats Average, overall RMSE", null);
    assertEquals(
        List.of("0.748 < 0.932", "not run", "–", "–", "–", "–", "not decided: not run"),
        average.subList(1, 8));
  }

  @Test
  void nothingIsClaimedAboutAspectsThatNobodyPredicts() {
    ResultTable table = Tables.claims(SampleRuns.study(1));
    List<String> claims = table.rows().stream().map(row -> row.get(0)).toList();
    assertTrue(claims.contains("ELIXIR beats MF, overall RMSE"), claims.toString());
    assertTrue(claims.stream().noneMatch(claim -> claim.contains("MF, aspect")), claims.toString());
  }

  @Test
  void claimsWithoutLeakedRowsLeaveThemOut() {
    int[] rows = {0, 1, 2};
    List<RunResult> runs =
        List.of(
            SampleRuns.run("elixir", "ELIXIR", 1, errors(rows, 1, 1, 9)), // the last is leaked
            SampleRuns.run("bias", "Biases", 1, errors(rows, 2, 2, 2)));
    assertEquals(
        "1.000 < 2.000",
        line(Tables.claimsWithoutLeaked(runs), "ELIXIR beats Biases, overall MAE", null).get(2));
    assertEquals(
        "3.667 > 2.000",
        line(Tables.claims(runs), "ELIXIR beats Biases, overall MAE", null).get(2));
  }

  @Test
  void aVerdictNeedsTheTestAndEverySeed() {
    assertEquals("holds", ComparisonTables.verdict(comparison(-1, 5, 0), 0.01));
    assertEquals("not decided", ComparisonTables.verdict(comparison(-1, 4, 1), 0.01));
    assertEquals("not decided", ComparisonTables.verdict(comparison(-1, 5, 0), 0.06));
    assertEquals("does not hold", ComparisonTables.verdict(comparison(1, 0, 5), 0.01));
    assertEquals("not decided", ComparisonTables.verdict(comparison(1, 1, 4), 0.01));
    assertEquals("holds (one seed)", ComparisonTables.verdict(comparison(-1, 1, 0), 0.01));
    assertEquals("not decided", ComparisonTables.verdict(comparison(-1, 5, 0), Double.NaN));
  }

  private static Comparison comparison(double difference, int leftBetter, int rightBetter) {
    PairedTest test = new PairedTest(9, difference, 0, 0, 0, 0, 0, 0);
    return new Comparison(
        0,
        0,
        leftBetter + rightBetter,
        leftBetter,
        rightBetter,
        test,
        new Statistics.Interval(0, 0));
  }

  @Test
  void theIntervalOfADifferenceDrawsTheSameRowsForBoth() {
    int[] rows = {0, 1, 2, 3};
    List<RunResult> runs =
        List.of(
            SampleRuns.run("elixir", "ELIXIR", 1, errors(rows, 1, 2, 3, 4)),
            SampleRuns.run("bias", "Biases", 1, errors(rows, 2, 3, 4, 5)));
    // Each row errs by 1 less, so every resample's difference is -1 whatever rows it draws.
    assertEquals(
        "[−1.000, −1.000]", line(Tables.significance(runs, "elixir"), "overall MAE", null).get(5));
  }

  @Test
  void theIntervalOfSeveralSeedsDrawsTheSameRowsForAll() {
    int[] rows = {0, 1, 2, 3};
    List<RunResult> runs =
        List.of(
            SampleRuns.run("elixir", "ELIXIR", 1, errors(rows, 1, 0, 1, 0)),
            SampleRuns.run("elixir", "ELIXIR", 2, errors(rows, 0, 1, 0, 1)));
    // Each row errs by 1 in one seed and by 0 in the other, so every resample's mean is 1/2.
    assertEquals(
        new Statistics.Interval(0.5, 0.5),
        SeedErrors.interval(runs, RowErrors.ABSOLUTE, new Study(runs), true));
  }

  @Test
  void numbersThatPrintAlikeAreNotSetAgainstEachOther() {
    assertEquals("0.513 = 0.513", Verdict.against(0.5131, 0.5134, 3));
    assertEquals("0.513 < 0.514", Verdict.against(0.5131, 0.5136, 3));
  }
}
