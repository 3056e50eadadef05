package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.run.ReviewResult;
import explainrec.run.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Models and their variants by settings. */
class VariantsTest {
  /** A run of ELIXIR's width, under any name. */
  private static RunResult wide(String model, String title, long seed, int width, double sd) {
    RunResult run = SampleRuns.run(model, title, seed, SampleRuns.noisy(200, sd, seed + width));
    Map<String, Object> settings = new LinkedHashMap<>(run.settings());
    settings.put("width", width);
    return new RunResult(
        run.format(),
        run.model(),
        run.title(),
        run.profile(),
        run.seed(),
        settings,
        run.deviations(),
        run.data(),
        run.versions(),
        run.device(),
        run.cost(),
        run.epochs(),
        run.bestEpoch(),
        run.test(),
        run.leaked(),
        run.coldUser(),
        run.coldItem(),
        run.metrics());
  }

  private static List<RunResult> widths() {
    List<RunResult> runs = new ArrayList<>();
    for (long seed = 1; seed <= 2; seed++) {
      runs.add(wide("elixir", "ELIXIR", seed, 256, 0.5));
      runs.add(wide("elixir-d-64", "ELIXIR (d-64)", seed, 64, 0.8));
      runs.add(wide("elixir-d-128", "ELIXIR (d-128)", seed, 128, 0.5));
      runs.add(wide("elixir-no-global", "-Global", seed, 256, 0.7));
    }
    return runs;
  }

  @Test
  void aTagIsWhatStandsBehindTheLongestKnownModel() {
    assertEquals("elixir", Variants.base("elixir-eta-5"));
    assertEquals("eta-5", Variants.tag("elixir-eta-5"));
    assertEquals("elixir-no-global", Variants.base("elixir-no-global-short"));
    assertEquals("peter-plus", Variants.base("peter-plus"));
    assertEquals("", Variants.tag("elixir-no-aspects"));
    assertEquals("mine", Variants.base("mine"), "a model of somebody's own");
  }

  @Test
  void variantsStandBehindTheirModelByNumber() {
    List<String> models =
        Stream.of("elixir-eta-10", "mine", "elixir-no-global", "elixir", "mf", "elixir-eta-5")
            .sorted(ModelOrder.COMPARATOR)
            .toList();
    assertEquals(
        List.of("mf", "mine", "elixir", "elixir-eta-5", "elixir-eta-10", "elixir-no-global"),
        models);
  }

  @Test
  void plainRunsHaveNoTag() {
    assertEquals(
        List.of("elixir", "elixir-no-global"),
        Variants.plain(widths()).stream().map(RunResult::model).distinct().toList());
  }

  @Test
  void aVariantIsTitledByWhatSetsItApart() {
    List<String> titles =
        Variants.ofRatings(widths()).stream().map(RunResult::title).distinct().toList();
    assertEquals(List.of("ELIXIR", "ELIXIR, d = 64", "ELIXIR, d = 128"), titles);
  }

  @Test
  void aSweepHasRunsThatDifferInNothingElse() {
    List<RunResult> runs = new ArrayList<>(widths());
    runs.add(wide("elixir-other", "ELIXIR (other)", 1, 32, 0.5));
    runs.get(runs.size() - 1).settings().put("dropout", 0.5);
    List<RunResult> sweep = Variants.sweepRatings(runs, "elixir", "width");
    assertEquals(
        List.of("d = 64", "d = 64", "d = 128", "d = 128", "d = 256", "d = 256"),
        sweep.stream().map(RunResult::title).toList());
    assertEquals(List.of(), Variants.sweepRatings(widths(), "elixir", "dropout"));
    assertEquals(List.of("width"), Variants.swept(widths(), "elixir"));
  }

  @Test
  void aSettingsTableComparesWithTheModelItself() {
    List<RunResult> sweep = Variants.sweepRatings(widths(), "elixir", "width");
    ResultTable table = Tables.setting(sweep, "width");
    assertEquals(
        List.of("d = 64", "d = 128", "d = 256"),
        table.rows().stream().map(row -> row.get(0)).toList());
    assertEquals("< 0.0001", table.rows().get(0).get(4), "a larger error is told from chance");
    assertEquals("–", table.rows().get(2).get(4), "not compared with itself");
    Chart chart = Charts.setting(sweep, "d");
    assertTrue(chart.title().startsWith("What d does"), chart.title());
  }

  @Test
  void aSettingThatDidNotRunLeavesAGapThatSaysSo() {
    ResultTable table = Tables.setting(List.of(), "dropout");
    assertEquals(List.of(), table.rows());
    assertTrue(table.notes().get(0).contains("Not run here"), table.notes().toString());
  }

  @Test
  void claimsFallBackOnVariantsWithTheSameTag() {
    List<ReviewResult> runs =
        List.of(
            SampleReviews.noisy("elixir", "ELIXIR", 1, 200, 0.5),
            SampleReviews.noisy("elixir-short", "ELIXIR (short)", 1, 200, 0.42),
            SampleReviews.noisy("elixir-no-aspects-short", "-Aspects (short)", 1, 200, 0.3));
    List<String> row = ReviewTables.claims(runs).rows().get(0);
    assertEquals("ELIXIR beats -Aspects, METEOR (short)", row.get(0));
    assertEquals("holds (one seed)", row.get(7));
    ReviewResult other = SampleReviews.set(runs.get(2), "promptTokens", 2);
    List<String> apart =
        ReviewTables.claims(List.of(runs.get(0), runs.get(1), other)).rows().get(0);
    assertEquals("not run", apart.get(2), "one has other settings");
  }
}
