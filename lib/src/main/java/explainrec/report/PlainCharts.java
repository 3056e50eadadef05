package explainrec.report;

import explainrec.metrics.RatingMetrics;
import explainrec.metrics.RowErrors;
import explainrec.metrics.Statistics;
import explainrec.metrics.Statistics.Interval;
import explainrec.run.RunResult;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts of results beside the paper's, and of numbers as they are: bars and clouds of points. */
public final class PlainCharts {
  private PlainCharts() {}

  /**
   * RMSE of the overall rating: a dot a model with its 95% interval, the paper's number beside it.
   *
   * @param runs models and seeds on one data set
   * @return the chart, the first model on top
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static Chart intervals(List<RunResult> runs) {
    Study study = new Study(runs);
    Optional<Papers.Beside> beside = Papers.ELIXIR.beside(study.dataset());
    List<String> models = List.copyOf(study.models().keySet());
    XYChart chart =
        Style.xy("Overall rating on " + study.dataset() + ": RMSE on test rows", "RMSE", "");
    double[] place = new double[models.size()];
    double[] here = new double[models.size()];
    double[] paper = new double[models.size()];
    for (int m = 0; m < models.size(); m++) {
      String model = models.get(m);
      place[m] = models.size() - m;
      here[m] = Statistics.mean(study.each(model, run -> RatingMetrics.of(run.test()).rmse()));
      paper[m] =
          Papers.ELIXIR
              .overall(study.dataset(), model)
              .map(errors -> errors.get(0))
              .orElse(Double.NaN);
      interval(chart, study.models().get(model), place[m]);
    }
    points(chart, "here, mean over seeds", here, place, Style.BLUE, SeriesMarkers.CIRCLE);
    if (beside.isPresent() && Arrays.stream(paper).anyMatch(value -> !Double.isNaN(value))) {
      points(
          chart,
          "paper, " + beside.get().column(),
          paper,
          place,
          Style.VERMILION,
          SeriesMarkers.DIAMOND);
    }
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    chart.getStyler().setXAxisDecimalPattern("0.00");
    names(chart, models.stream().map(study::title).toList());
    return new Chart(chart);
  }

  /** Writes the models' names at 1..n of the vertical axis, the first on top. */
  private static void names(XYChart chart, List<String> titles) {
    int n = titles.size();
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(n + 1.0);
    chart.getStyler().setYAxisTickMarkSpacingHint(Style.HEIGHT / 2 / (n + 1));
    // XChart drops tick labels that are not unique, so the empty ones differ in their blanks.
    chart
        .getStyler()
        .setyAxisTickLabelsFormattingFunction(
            y ->
                y == Math.rint(y) && y >= 1 && y <= n
                    ? titles.get(n - (int) Math.rint(y))
                    : " ".repeat(Math.max(0, 9 + (int) Math.round(2 * y))));
  }

  private static void interval(XYChart chart, List<RunResult> seeds, double place) {
    Interval interval =
        SeedErrors.interval(
            List.of(new SeedErrors(seeds, run -> RowErrors.SQUARED.overall(run.test(), false))),
            true);
    XYSeries line =
        chart.addSeries(
            "interval " + place,
            new double[] {interval.low(), interval.high()},
            new double[] {place, place});
    line.setMarker(SeriesMarkers.NONE).setLineColor(Style.SKY).setLineStyle(Style.LINE);
    line.setShowInLegend(false);
  }

  private static void points(
      XYChart chart, String name, double[] x, double[] y, Color colour, Marker marker) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(marker).setMarkerColor(colour);
  }

  /**
   * Bars side by side, for instance what was learnt and what is true.
   *
   * @param title above the chart
   * @param valueAxis what the numbers are
   * @param categories under the bars, (n)
   * @param values series name to numbers, in order, each (n)
   * @return the chart
   */
  public static Chart bars(
      String title, String valueAxis, List<String> categories, Map<String, double[]> values) {
    CategoryChart chart = Style.bars(title, "", valueAxis, Style.WIDTH, Style.HEIGHT);
    chart.getStyler().setYAxisDecimalPattern("0.00");
    values.forEach(
        (name, numbers) ->
            chart.addSeries(name, categories, Arrays.stream(numbers).boxed().toList()));
    return new Chart(chart);
  }

  /**
   * A cloud of points.
   *
   * @param title above the chart
   * @param xAxis what x is
   * @param yAxis what y is
   * @param x (n)
   * @param y (n)
   * @return the chart
   */
  public static Chart scatter(String title, String xAxis, String yAxis, double[] x, double[] y) {
    XYChart chart = Style.xy(title, xAxis, yAxis);
    chart.getStyler().setLegendVisible(false).setMarkerSize(4);
    chart.getStyler().setXAxisDecimalPattern("0.00").setYAxisDecimalPattern("0.00");
    Color see = new Color(0, 0x72, 0xB2, 90);
    points(chart, "points", x, y, see, SeriesMarkers.CIRCLE);
    return new Chart(chart);
  }
}
