package explainrec.report;

import explainrec.metrics.Statistics;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Attention weights, alone and beside the importance that is true. */
final class AttentionCharts {
  static final String LEARNT = "attention";
  static final String TRUE = "true importance";

  private AttentionCharts() {}

  static Chart pair(
      String title,
      List<String> aspects,
      double[] user,
      double[] userTruth,
      double[] item,
      double[] itemTruth) {
    List<CategoryChart> panels =
        List.of(panel("user", aspects, user, userTruth), panel("item", aspects, item, itemTruth));
    double highest = 0;
    for (double[] weights : Arrays.asList(user, userTruth, item, itemTruth)) {
      highest = Math.max(highest, weights == null ? 0 : Arrays.stream(weights).max().orElse(0));
    }
    double top = Math.ceil(highest * 10 + 0.2) / 10;
    panels.forEach(panel -> panel.getStyler().setYAxisMin(0.0).setYAxisMax(top));
    return new Chart(new Panels(title, panels, 2, Style.WIDTH, Style.HEIGHT - 40));
  }

  private static CategoryChart panel(
      String side, List<String> aspects, double[] learnt, double[] truth) {
    check(aspects, learnt);
    CategoryChart chart = Style.panel(side, "", "weight");
    chart.getStyler().setXAxisLabelRotation(30).setYAxisDecimalPattern("0.0#");
    chart.getStyler().setLegendVisible(truth != null);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal).setLegendPadding(8);
    chart.addSeries(LEARNT, aspects, boxed(learnt)).setFillColor(Style.BLUE);
    if (truth != null) {
      check(aspects, truth);
      chart.addSeries(TRUE, aspects, boxed(truth)).setFillColor(Style.ORANGE);
    }
    return chart;
  }

  private static void check(List<String> aspects, double[] weights) {
    if (weights.length != aspects.size()) {
      throw new IllegalArgumentException(
          weights.length + " weights for " + aspects.size() + " aspects");
    }
  }

  private static List<Double> boxed(double[] weights) {
    return Arrays.stream(weights).boxed().toList();
  }

  static Chart importance(String title, List<String> aspects, double[][] learnt, double[][] truth) {
    double[] allLearnt = Arrays.stream(learnt).flatMapToDouble(Arrays::stream).toArray();
    double[] allTrue = Arrays.stream(truth).flatMapToDouble(Arrays::stream).toArray();
    String heading =
        String.format(
            Locale.ROOT,
            "%s: Spearman's ρ = %.2f (%,d weights)",
            title,
            Statistics.spearman(allTrue, allLearnt),
            allTrue.length);
    XYChart chart = Style.xy(heading, TRUE, LEARNT);
    double high = Math.max(Arrays.stream(allTrue).max().orElse(1), 0);
    high = Math.max(high, Arrays.stream(allLearnt).max().orElse(1));
    XYSeries equal = chart.addSeries("equal", new double[] {0, high}, new double[] {0, high});
    equal.setMarker(SeriesMarkers.NONE).setLineColor(Style.GREY).setLineStyle(Style.DASHED);
    for (int a = 0; a < aspects.size(); a++) {
      XYSeries dots = chart.addSeries(aspects.get(a), column(truth, a), column(learnt, a));
      dots.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
      Color colour = Style.COLOURS[a % Style.COLOURS.length];
      dots.setMarker(Style.SMALL);
      dots.setMarkerColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 170));
    }
    chart.getStyler().setXAxisMin(0.0).setYAxisMin(0.0);
    chart.getStyler().setXAxisDecimalPattern("0.0#").setYAxisDecimalPattern("0.0#");
    return new Chart(chart);
  }

  private static double[] column(double[][] rows, int column) {
    List<Double> values = new ArrayList<>();
    for (double[] row : rows) {
      values.add(row[column]);
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
