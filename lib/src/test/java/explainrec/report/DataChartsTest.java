package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.DataStatistics;
import explainrec.data.DataStatistics.Count;
import explainrec.data.DataStatistics.RatingColumn;
import explainrec.metrics.RatingMetrics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/** What the charts of data, attention and the noise floor hold. */
class DataChartsTest {
  private static Map<String, XYSeries> series(Chart chart) {
    return ((XYChart) chart.model()).getSeriesMap();
  }

  private static DataStatistics statistics() {
    double nan = Double.NaN;
    RatingColumn whole =
        new RatingColumn("overall", 4.5, 0.5, new double[] {4, 5}, new int[] {1, 3});
    RatingColumn tenths =
        new RatingColumn("aroma", 2, 0, new double[] {1.4, 2.3}, new int[] {2, 2});
    return new DataStatistics(
        "world",
        List.of("aroma"),
        5,
        4,
        6,
        3,
        2,
        4,
        0.5,
        12.5,
        12,
        List.of(new Count(3, 1), new Count(70, 3)),
        List.of(new Count(1, 2), new Count(2, 1)),
        List.of(new Count(2, 2)),
        List.of(whole, tenths),
        new double[][] {{1, nan}, {nan, 1}});
  }

  @Test
  void theNoiseFloorIsAnUprightLine() {
    var runs = SampleRuns.study(42);
    var options = RatingOptions.DEFAULT.withFloor(runs.get(2).test());
    double floor = RatingMetrics.of(runs.get(2).test()).aspectRmseMean();
    double[] x = series(Charts.aspectRatings(runs, options)).get(RatingCharts.FLOOR).getXData();
    assertArrayEquals(new double[] {floor, floor}, x, 1e-12);
  }

  @Test
  void histogramsKeepLevelsBetweenStars() {
    Panels panels = (Panels) DataCharts.ratings(statistics()).model();
    CategoryChart overall = (CategoryChart) panels.panels().get(0);
    assertEquals(
        List.of(0.0, 0.0, 0.0, 25.0, 75.0),
        List.copyOf(overall.getSeriesMap().get("reviews").getYData()));
    CategoryChart aroma = (CategoryChart) panels.panels().get(1);
    assertEquals(
        List.of("1.4", "2.3"), List.copyOf(aroma.getSeriesMap().get("reviews").getXData()));
    assertEquals("aroma: 2.00", aroma.getTitle());
  }

  @Test
  void activityFallsFromAll() {
    XYSeries users = series(DataCharts.activity(statistics())).get("users (3)");
    assertArrayEquals(new double[] {1, 2}, users.getXData());
    assertArrayEquals(new double[] {100, 100 / 3.0}, users.getYData(), 1e-9);
  }

  @Test
  void lengthsAreCountedInBarsOfRoundWidth() {
    CategoryChart chart = (CategoryChart) DataCharts.lengths(statistics()).model();
    var bars = List.copyOf(chart.getSeriesMap().get("reviews").getYData());
    assertEquals(15, bars.size());
    assertEquals(1, bars.get(0).intValue());
    assertEquals(3, bars.get(14).intValue());
  }

  @Test
  void aCorrelationThatDoesNotExistHasNoCell() {
    HeatMapChart chart = (HeatMapChart) DataCharts.correlations(statistics()).model();
    var cells = chart.getHeatMapSeries().getHeatData();
    assertEquals(2, cells.size());
    assertArrayEquals(new Number[] {0, 1, 1.0}, cells.get(0));
  }

  @Test
  void attentionStandsBesideTheTruthWhereThatIsGiven() {
    double[] user = {0.7, 0.3};
    double[] item = {0.4, 0.6};
    Panels panels =
        (Panels) Charts.attention("a", SampleRuns.ASPECTS, user, item, item, null).model();
    CategoryChart left = (CategoryChart) panels.panels().get(0);
    CategoryChart right = (CategoryChart) panels.panels().get(1);
    assertEquals(
        List.of(0.4, 0.6), List.copyOf(left.getSeriesMap().get(AttentionCharts.TRUE).getYData()));
    assertFalse(right.getSeriesMap().containsKey(AttentionCharts.TRUE));
  }

  @Test
  void importanceSaysTheRankCorrelation() {
    double[][] truth = {{0.1, 0.9}, {0.3, 0.7}};
    Chart chart = Charts.importance("Users", SampleRuns.ASPECTS, truth, truth);
    assertTrue(chart.title().contains("ρ = 1.00 (4 weights)"), chart.title());
    assertArrayEquals(new double[] {0.9, 0.7}, series(chart).get("service").getXData());
  }

  @Test
  void panelsAreDrawnWithoutAWindow() {
    var image = DataCharts.ratings(statistics()).image();
    assertEquals(Style.WIDTH, image.getWidth());
    boolean blue = false;
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        blue |= (image.getRGB(x, y) & 0xFFFFFF) == (Style.BLUE.getRGB() & 0xFFFFFF);
      }
    }
    assertTrue(blue, "no bar was drawn");
  }
}
