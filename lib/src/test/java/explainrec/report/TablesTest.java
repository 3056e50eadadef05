package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import explainrec.metrics.RatingPredictions;
import explainrec.run.RunResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablesTest {
  /** Four rows whose overall and both aspect predictions miss by the given amount. */
  private static RatingPredictions off(float by) {
    float[] truth = {2, 3, 4, 3};
    float[] predicted = new float[4];
    for (int n = 0; n < 4; n++) {
      predicted[n] = truth[n] + (n % 2 == 0 ? by : -by);
    }
    return new RatingPredictions(
        new int[] {1, 2, 3, 4},
        truth,
        predicted,
        new float[][] {truth, truth},
        new float[][] {predicted, truth});
  }

  private static List<RunResult> twoSeeds() {
    return List.of(
        SampleRuns.run("elixir", "ELIXIR", 2, off(0.75f)),
        SampleRuns.run("elixir", "ELIXIR", 1, off(0.25f)),
        SampleRuns.run("average", "Average", 1, off(1)),
        SampleRuns.run("average", "Average", 2, off(1)));
  }

  @Test
  void overallTableHoldsMeanAndDeviationOverSeedsBesideThePapers() {
    RatingOptions plain = RatingOptions.DEFAULT.withInterval(false).withWithoutLeaked(false);
    ResultTable table = Tables.overallRatings(twoSeeds(), plain);
    assertEquals(
        List.of(
            "Model",
            "all test rows: RMSE",
            "all test rows: MAE",
            "paper, TripAdvisor: RMSE",
            "paper, TripAdvisor: MAE"),
        table.headings());
    assertEquals(
        List.of(
            List.of("Average", "1.000 ± 0.000", "1.000 ± 0.000", "0.932", "0.645"),
            List.of("ELIXIR", "0.500 ± 0.354", "0.500 ± 0.354", "0.748", "0.447")),
        table.rows());
    assertTrue(table.notes().get(0).contains("seeds 1, 2"), table.notes().get(0));
    assertTrue(table.notes().toString().contains("orientation only"));
  }

  @Test
  void aConstantErrorHasAnIntervalOfNoWidth() {
    ResultTable table =
        Tables.overallRatings(twoSeeds(), RatingOptions.DEFAULT.withWithoutLeaked(false));
    assertEquals("[0.500, 0.500]", table.rows().get(1).get(2));
  }

  @Test
  void leakedRowsAreLeftOutAndCounted() {
    RatingPredictions test = off(1);
    test.overall()[3] = 3; // the leaked row, hit exactly
    List<RunResult> runs = List.of(SampleRuns.run("average", "Average", 1, test));
    ResultTable table = Tables.overallRatings(runs, RatingOptions.DEFAULT.withInterval(false));
    assertEquals("0.866", table.rows().get(0).get(1)); // root of 3/4
    assertEquals("1.000", table.rows().get(0).get(3)); // without the leaked row
    assertTrue(table.notes().toString().contains("1 of 4 test rows"));
  }

  @Test
  void optionsAddClippedFloorAndThePapersOwnModels() {
    RatingOptions all =
        RatingOptions.DEFAULT.withClipped(true).withFloor(off(0.1f)).withPaperOnly(true);
    ResultTable table = Tables.overallRatings(twoSeeds(), all);
    assertTrue(table.headings().contains("clipped to 1–5: RMSE"));
    List<String> floor = table.rows().get(2);
    assertEquals("Noise floor (truth)", floor.get(0));
    assertEquals("0.100", floor.get(1));
    assertEquals(table.headings().size(), floor.size());
    List<String> factorization = table.rows().get(3);
    assertEquals(List.of("MF", "–"), factorization.subList(0, 2));
    assertEquals("0.840", factorization.get(factorization.size() - 2));
    assertEquals(2 + 1 + 10, table.rows().size()); // the paper's twelve, less the two at hand
  }

  @Test
  void aspectTableHoldsMeanAndDeviationOverAspects() {
    RatingOptions plain = RatingOptions.DEFAULT.withInterval(false).withWithoutLeaked(false);
    ResultTable table = Tables.aspectRatings(twoSeeds(), plain);
    List<String> elixir = table.rows().get(1);
    // One aspect errs by 0.5 on average over seeds, the other not at all.
    assertEquals("0.250 (0.250)", elixir.get(1));
    assertEquals("0.177", elixir.get(2)); // over seeds: 0.375 and 0.125
    assertEquals("0.753 (0.081)", elixir.get(5));
  }

  @Test
  void unknownDataStandWithoutThePapersColumns() {
    RunResult run = SampleRuns.run("elixir", "ELIXIR", 1, off(0.5f));
    RunResult own = SampleRuns.on(run, "mine");
    assertTrue(
        Tables.overallRatings(List.of(own)).headings().stream()
            .noneMatch(h -> h.contains("paper")));
  }

  @Test
  void oneRunShowsOverallEachAspectAndTheirMean() {
    ResultTable table = Tables.ratings(SampleRuns.run("elixir", "ELIXIR", 1, off(0.5f)));
    assertEquals(
        List.of("overall", "cleanliness", "service", "mean over aspects (sd)"),
        table.rows().stream().map(row -> row.get(0)).toList());
    assertEquals("0.250 (0.250)", table.rows().get(3).get(1));
    assertTrue(table.notes().get(0).contains("epoch 3 of 5"));
  }

  @Test
  void perAspectTableHasAColumnAnAspect() {
    ResultTable table = Tables.perAspect(twoSeeds());
    assertEquals(List.of("Model", "cleanliness", "service"), table.headings());
    assertEquals(List.of("ELIXIR", "0.500 ± 0.354", "0.000 ± 0.000"), table.rows().get(1));
  }

  @Test
  void costOfAModelWithoutEpochsHasDashes() {
    ResultTable table = Tables.cost(twoSeeds());
    assertEquals(List.of("Average", "8", "–", "–", "–", "–"), table.rows().get(0).subList(0, 6));
    assertEquals("123,456", table.rows().get(1).get(1));
    assertEquals("5,000 ± 0", table.rows().get(1).get(5));
  }

  @Test
  void settingsStandBesideTheirDeviations() {
    ResultTable table = Tables.settings(twoSeeds().get(0));
    assertEquals(List.of("width", "64", "width = 64 (paper: 256)"), table.rows().get(0));
    assertEquals(List.of("dropout", "0.1", ""), table.rows().get(1));
  }

  @Test
  void deviationsNameTheirModelsOnce() {
    assertEquals(
        List.of(List.of("width = 64 (paper: 256)", "ELIXIR, -Attention, -Global")),
        Tables.deviations(SampleRuns.study(1, 2)).rows());
  }

  @Test
  void runsOnOtherSplitsOrDataOrTwiceAreRefused() {
    RunResult run = SampleRuns.run("elixir", "ELIXIR", 1, off(0.5f));
    RunResult rows = SampleRuns.run("bias", "Biases", 1, SampleRuns.noisy(9, 1, 1));
    assertTrue(refusal(List.of(run, rows)).contains("world/bias-seed1 have different splits"));
    assertTrue(refusal(List.of(run, SampleRuns.on(run, "mine"))).contains("different data"));
    assertTrue(refusal(List.of(run, run)).contains("the same seed twice"));
    assertTrue(refusal(new ArrayList<>()).contains("no runs"));
  }

  private static String refusal(List<RunResult> runs) {
    return assertThrows(InputException.class, () -> Tables.overallRatings(runs)).getMessage();
  }

  @Test
  void thePapersNumbersAreThosePrinted() {
    assertEquals(List.of(0.416, 0.305), Papers.ELIXIR.overall("ratebeer-sample", "elixir").get());
    assertEquals(
        List.of(0.860, 0.076, 0.631, 0.056),
        Papers.ELIXIR.aspects("tripadvisor", "elixir-no-global").get());
    assertEquals(33.544, Papers.ELIXIR.reviews().get("TripAdvisor").get("elixir").get(1));
    assertEquals(List.of(12.159, 1.282, 4.436), Papers.ELIXIR.promptTokens().get(2));
    assertEquals(8830, Papers.ELIXIR.data().get("TripAdvisor").keptUsers());
    assertTrue(Papers.ELIXIR.overall("world", "bias").isEmpty());
    for (var table : List.of(Papers.ELIXIR.overall(), Papers.ELIXIR.aspects())) {
      table
          .values()
          .forEach(m -> assertTrue(Papers.ELIXIR.titles().keySet().containsAll(m.keySet())));
    }
  }

  @Test
  void theTruthsOwnRunIsTheNoiseFloorAndNoModel() {
    List<RunResult> runs = new ArrayList<>(twoSeeds());
    runs.add(SampleRuns.run("truth", "Noise floor", 1, off(0.125f)));
    ResultTable table = Tables.overallRatings(runs);
    List<String> last = table.rows().get(table.rows().size() - 1);
    assertEquals("Noise floor (truth)", last.get(0));
    assertEquals("0.125", last.get(1));
    assertEquals(3, table.rows().size());
    assertEquals(2, Tables.cost(runs).rows().size());
  }
}
