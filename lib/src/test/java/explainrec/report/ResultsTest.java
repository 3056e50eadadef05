package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import explainrec.metrics.Statistics.Interval;
import explainrec.run.ReviewResult;
import explainrec.run.RunResult;
import java.awt.Font;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;

/** All tables and charts of a data set's folder. */
class ResultsTest {
  private static final Results RESULTS =
      new Results(
          ratings(),
          SampleReviews.study(1, 2),
          List.of(), // their tables have tests of their own, and take long
          List.of(SampleAspects.attentive()));
  @TempDir private Path folder;

  private static List<RunResult> ratings() {
    List<RunResult> runs = new ArrayList<>(SampleRuns.study(1, 2));
    runs.add(SampleRuns.run("truth", "Noise floor", 1, SampleRuns.noisy(200, 0.4, 9)));
    return runs;
  }

  @Test
  void everyTableAndChartIsWritten() {
    RESULTS.writeTo(folder);
    for (String name :
        List.of(
            "overview",
            "overview-counts",
            "ratings-overall",
            "ratings-aspects",
            "ratings-floor",
            "ratings-claims-without-leaked",
            "attention-truth",
            "reviews",
            "reviews-eta",
            "reviews-claims-settings",
            "deviations-elixir")) {
      for (String form : List.of(".csv", ".md", ".tex")) {
        assertTrue(Files.exists(folder.resolve("tables").resolve(name + form)), name + form);
      }
    }
    for (String name :
        List.of(
            "ratings-overall",
            "ratings-cost-quality",
            "reviews-models",
            "reviews-eta",
            "aspects-projection")) {
      assertTrue(Files.exists(folder.resolve("charts").resolve(name + ".png")), name);
    }
  }

  @Test
  void onlyRatingsMakeTheTablesOfRatings() {
    Results alone = new Results(SampleRuns.study(1), List.of(), List.of(), List.of());
    assertTrue(alone.tables().containsKey("ratings-overall"));
    assertFalse(alone.tables().containsKey("reviews-eta"));
    assertFalse(alone.charts().containsKey("reviews-models"));
    assertEquals(3, alone.counts().rows().size()); // with, without leaked rows, all
    assertThrows(
        InputException.class, () -> new Results(List.of(), List.of(), List.of(), List.of()));
  }

  @Test
  void modelsThatDidNotRunAreGapsBesideThePapersNumbers() {
    List<List<String>> rows = RESULTS.tables().get("ratings-overall").rows();
    List<String> mf =
        rows.stream().filter(row -> row.get(0).equals("MF")).findFirst().orElseThrow();
    assertEquals("–", mf.get(1));
    assertEquals("0.840", mf.get(mf.size() - 2));
    Panels lanes = (Panels) RESULTS.charts().get("reviews-models").model();
    double[] published =
        ((XYChart) lanes.panels().get(0)).getSeriesMap().get(ReviewLanes.PAPER).getXData();
    assertEquals(6, published.length, "all of the paper's Table 4");
  }

  @Test
  void aWritersRatingsStandAmongTheOthersAndAreTested() {
    RunResult rated = SampleRuns.run("peter", "PETER", 1, SampleRuns.noisy(200, 0.8, 9));
    ReviewResult peter = SampleReviews.noisy("peter", "PETER", 1, 200, 0.3);
    ReviewResult elixir = SampleReviews.noisy("elixir", "ELIXIR", 1, 200, 0.3);
    ReviewResult silent = SampleReviews.noisy("att2seq", "Att2Seq", 1, 200, 0.3);
    List<RunResult> runs =
        Tables.withWriters(
            SampleRuns.study(1),
            List.of(
                SampleReviews.rated(peter, rated.test()),
                SampleReviews.rated(elixir, rated.test()),
                silent));
    assertEquals(6, runs.size(), "five rating models and PETER; ELIXIR is there already");
    String claim = "ELIXIR beats PETER, overall RMSE";
    assertEquals("holds (one seed)", verdict(Tables.claims(runs), claim));
    assertEquals("not decided: not run", verdict(Tables.claims(SampleRuns.study(1)), claim));
  }

  private static String verdict(ResultTable claims, String claim) {
    List<String> row =
        claims.rows().stream().filter(r -> r.get(0).equals(claim)).findFirst().orElseThrow();
    return row.get(row.size() - 1);
  }

  @Test
  void theFloorIsWhatNobodyCanExplain() {
    ResultTable table = Tables.floor(ratings());
    List<String> average = table.rows().get(0);
    assertEquals("0", average.get(3), "the average explains nothing");
    double elixir = Double.parseDouble(table.rows().get(2).get(3));
    // Errors of 0.9 (average), 0.5 and 0.4 (floor): (0.81 - 0.25) / (0.81 - 0.16) = 0.86.
    assertEquals(86, elixir, 6);
    ResultTable unknown = Tables.floor(SampleRuns.study(1));
    assertEquals("–", unknown.rows().get(0).get(3));
  }

  @Test
  void theOverviewCountsAndListsEveryVerdict() {
    ResultTable counts = RESULTS.counts();
    for (List<String> row : counts.rows()) {
      int parts = 0;
      for (int k = 2; k <= 5; k++) {
        parts += Integer.parseInt(row.get(k));
      }
      assertEquals(Integer.parseInt(row.get(1)), parts, row.toString());
    }
    ResultTable overview = RESULTS.overview();
    List<String> verdicts = overview.rows().stream().map(row -> row.get(0)).distinct().toList();
    assertTrue(verdicts.contains("holds") && verdicts.contains("not decided"), "" + verdicts);
    assertFalse(verdicts.contains(ClaimTable.UNDECIDED), "what did not run is counted only");
    long twice =
        overview.rows().stream()
            .filter(row -> row.get(2).equals("ELIXIR beats Average, overall RMSE"))
            .count();
    assertEquals(1, twice, "alike with and without leaked rows");
    assertTrue(overview.notes().get(0).contains("further claims could not"), "" + overview.notes());
  }

  @Test
  void deviationsStandBetweenPaperAndCode() {
    List<List<String>> rows = RESULTS.deviations().rows();
    List<String> scale =
        rows.stream().filter(row -> row.get(0).equals("attentionScale")).findFirst().orElseThrow();
    assertEquals(List.of("none (eq. 3)", "sqrt(d)"), scale.subList(1, 3));
    List<String> width =
        rows.stream().filter(row -> row.get(0).equals("width")).findFirst().orElseThrow();
    assertEquals("64", width.get(3));
    assertTrue(width.get(5).contains("ELIXIR"), width.get(5));
  }

  @Test
  void settingsOfMmiStandBesidePaperAndCode() {
    ResultTable table = ExplanationTables.published(SampleExplanations.study(1));
    List<String> samples =
        table.rows().stream().filter(row -> row.get(0).equals("samples")).findFirst().orElseThrow();
    assertEquals(List.of("samples", "5", "5", "5", "paper"), samples.subList(0, 5));
  }

  @Test
  void costsAreShortWords() {
    assertEquals(
        List.of("0.01", "1", "10", "100", "1k", "100k", "1M", "10M"),
        List.of(0.01, 1.0, 10.0, 100.0, 1e3, 1e5, 1e6, 1e7).stream()
            .map(CostCharts::brief)
            .toList());
  }

  @Test
  void namesStandAtTheirDotsHeightWhereCostsAreAlike() {
    List<CostCharts.Point> points =
        List.of(
            new CostCharts.Point("NRT", 480_000, 60, 13.5, new Interval(13, 14)),
            new CostCharts.Point("ELIXIR", 3_500_000, 180, 9.6, new Interval(9, 10)));
    for (boolean parameters : new boolean[] {true, false}) {
      XYChart panel = CostCharts.panel("cost", "METEOR", points, parameters);
      int apart = panel.getStyler().getXAxisTickMarkSpacingHint();
      assertTrue(apart < CostCharts.HEIGHT - CostCharts.BELOW, "else XChart ignores a text's y");
    }
  }

  @Test
  void namesOfDotsNeverOverlap() {
    List<Point2D> dots = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int n = 0; n < 12; n++) { // a crowd: three heaps of four
      dots.add(new Point2D.Double(150 + 200 * (n % 3) + n, 100 + 3 * n));
      names.add("Model " + n);
    }
    Labels labels = new Labels(700, 300, new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    List<Rectangle2D> boxes = labels.place(dots, names, List.of());
    for (int a = 0; a < boxes.size(); a++) {
      for (int b = 0; b < a; b++) {
        assertFalse(boxes.get(a).intersects(boxes.get(b)), a + " and " + b);
      }
      for (Point2D dot : dots) {
        assertFalse(boxes.get(a).contains(dot), "a name on a dot");
      }
    }
  }

  @Test
  void etaDrawsOursBesideThePapers() {
    List<ReviewResult> runs = new ArrayList<>();
    for (int eta : new int[] {2, 10, 50}) {
      ReviewResult run =
          SampleReviews.noisy("elixir-eta-" + eta, "ELIXIR", 1, 200, 0.1 + eta / 100.0);
      runs.add(SampleReviews.set(run, "promptTokens", eta));
    }
    Panels panels = (Panels) ReviewCharts.eta(runs).model();
    XYChart meteor = (XYChart) panels.panels().get(0);
    assertEquals(5, meteor.getSeriesMap().get(EtaChart.PAPER).getXData().length);
    double[] at = meteor.getSeriesMap().get(EtaChart.HERE).getXData();
    assertEquals(List.of(1.0, 3.0, 5.0), List.of(at[0], at[1], at[2]));
    double[] means = meteor.getSeriesMap().get(EtaChart.HERE).getYData();
    assertTrue(means[0] < means[1] && means[1] < means[2]);
  }
}
