package explainrec.report;

import explainrec.metrics.Statistics.Interval;
import explainrec.run.ReviewResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Scores of reviews against eta, with the paper's curve beside ours. */
final class EtaChart {
  static final String HERE = "here, 95% over test rows";
  static final String PAPER = "paper, TripAdvisor, T5-small";
  private static final int HEIGHT = 360;

  private EtaChart() {}

  static Chart of(List<ReviewResult> all) {
    ReviewRuns every = new ReviewRuns(all);
    List<SeedGroup<ReviewResult>> groups = EtaTable.groups(all);
    TreeSet<Integer> etas = new TreeSet<>(Papers.ELIXIR.promptTokens().keySet());
    groups.forEach(group -> etas.add(EtaTable.eta(group)));
    List<Integer> places = List.copyOf(etas);
    List<XYChart> panels = new ArrayList<>();
    for (int m = 0; m < ReviewClaims.OF_SETTINGS.size(); m++) {
      panels.add(panel(ReviewClaims.OF_SETTINGS.get(m), m, groups, places));
    }
    String title = "How many prompt tokens? Reviews on " + every.dataset();
    return new Chart(new Panels(title, panels, 3, Style.WIDTH + 100, HEIGHT));
  }

  private static XYChart panel(
      ReviewMetric metric, int place, List<SeedGroup<ReviewResult>> groups, List<Integer> etas) {
    XYChart chart =
        Style.xy(metric.title(), "eta", "percent", (Style.WIDTH + 100) / 3, HEIGHT - 44);
    Styler styler = chart.getStyler();
    styler.setChartPadding(6).setChartTitlePadding(2);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Vertical).setLegendPadding(4);
    List<Integer> known = etas.stream().filter(Papers.ELIXIR.promptTokens()::containsKey).toList();
    double[] x = known.stream().mapToDouble(eta -> etas.indexOf(eta) + 1).toArray();
    double[] published =
        known.stream()
            .mapToDouble(eta -> Papers.ELIXIR.promptTokens().get(eta).get(place))
            .toArray();
    XYSeries paper = chart.addSeries(PAPER, x, published);
    paper.setMarker(new Hollow()).setMarkerColor(Style.VERMILION);
    paper.setLineColor(Style.VERMILION).setLineStyle(Style.DASHED);
    double top = Arrays.stream(published).max().orElse(1);
    if (!groups.isEmpty()) {
      double[] means = groups.stream().mapToDouble(group -> group.mean(metric)).toArray();
      double[] at =
          groups.stream().mapToDouble(group -> etas.indexOf(EtaTable.eta(group)) + 1).toArray();
      XYSeries ours = chart.addSeries(HERE, at, means);
      ours.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(Style.BLUE);
      ours.setLineColor(Style.BLUE).setLineStyle(Style.LINE);
      for (int g = 0; g < at.length; g++) {
        top = Math.max(top, groups.get(g).interval(metric).high());
        interval(chart, groups.get(g), metric, at[g]);
      }
    }
    chart.getStyler().setXAxisMin(0.5).setXAxisMax(etas.size() + 0.5).setPlotContentSize(1);
    chart.getStyler().setYAxisDecimalPattern("0.#").setYAxisMin(-0.04 * top).setYAxisMax(1.1 * top);
    chart.getStyler().setXAxisTickMarkSpacingHint(30);
    chart
        .getStyler()
        .setxAxisTickLabelsFormattingFunction(
            value -> {
              int e = (int) Math.rint(value) - 1;
              boolean whole = Math.abs(value - Math.rint(value)) < 1e-6;
              return whole && e >= 0 && e < etas.size() ? "" + etas.get(e) : Dots.blank(value);
            });
    return chart;
  }

  private static void interval(
      XYChart chart, SeedGroup<ReviewResult> group, ReviewMetric metric, double x) {
    Interval interval = group.interval(metric);
    XYSeries line =
        chart.addSeries(
            "95% at " + x, new double[] {x, x}, new double[] {interval.low(), interval.high()});
    line.setMarker(SeriesMarkers.NONE).setLineColor(Style.BLUE).setLineStyle(Style.THIN);
    line.setShowInLegend(false);
  }
}
