package explainrec.report;

import explainrec.data.InputException;
import explainrec.metrics.Statistics.Interval;
import explainrec.run.MineResult;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts and tables of the study of the estimator of mutual information. */
public final class MineCharts {
  private static final Map<String, String> NAMES =
      Map.of("dv", "Donsker-Varadhan (MINE)", "infonce", "InfoNCE", "nwj", "NWJ");
  private static final int STEPS = 96; // of the true curve
  private static final double LAST = 0.95; // rho at which it ends

  private MineCharts() {}

  /**
   * Estimates on Gaussians beside the true curve -1/2 ln(1 - rho^2): the truth a line, each
   * objective's estimates marks.
   *
   * @param result of the study
   * @return the chart
   */
  public static Chart gaussians(MineResult result) {
    XYChart chart =
        Style.xy("MINE on Gaussian pairs", "correlation of x and y", "mutual information, nats");
    double[] x = IntStream.range(0, STEPS).mapToDouble(n -> LAST * n / (STEPS - 1)).toArray();
    double[] y =
        IntStream.range(0, STEPS).mapToDouble(n -> -0.5 * Math.log(1 - x[n] * x[n])).toArray();
    line(chart, "truth", x, y, Style.GREY, Style.LINE);
    int colour = 0;
    for (String objective :
        result.gaussians().stream().map(MineResult.Gaussian::objective).distinct().toList()) {
      List<MineResult.Gaussian> found =
          result.gaussians().stream().filter(g -> g.objective().equals(objective)).toList();
      XYSeries marks =
          chart.addSeries(
              NAMES.get(objective),
              found.stream().mapToDouble(MineResult.Gaussian::rho).toArray(),
              found.stream().mapToDouble(MineResult.Gaussian::estimate).toArray());
      marks.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      marks
          .setMarker(
              List.of(SeriesMarkers.CIRCLE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP)
                  .get(colour % 3))
          .setMarkerColor(Style.COLOURS[colour++]);
    }
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0);
    chart.getStyler().setXAxisDecimalPattern("0.0").setYAxisDecimalPattern("0.0");
    return new Chart(chart);
  }

  /**
   * Bounds by epoch of training, with a dashed line at the truth where it is known.
   *
   * @param title above the chart
   * @param result of the study
   * @param names of the curves to draw, as the result names them
   * @return the chart
   * @throws InputException when the result has none of them
   */
  public static Chart curves(String title, MineResult result, List<String> names) {
    XYChart chart = Style.xy(title, "epoch", "bound, nats");
    List<MineResult.Curve> curves =
        result.curves().stream().filter(curve -> names.contains(curve.name())).toList();
    if (curves.isEmpty()) {
      throw new InputException("no curves to draw: none of " + names + " is in the study");
    }
    int last = 2;
    int colour = 0;
    List<Double> truths = new ArrayList<>();
    for (MineResult.Curve curve : curves) {
      int epochs = curve.training().length;
      last = Math.max(last, epochs);
      double[] x = IntStream.rangeClosed(1, epochs).asDoubleStream().toArray();
      boolean both = curve.heldOut().length > 0;
      Color own = Style.COLOURS[colour++ % Style.COLOURS.length];
      line(
          chart,
          curve.name() + (both ? ", training" : ""),
          x,
          curve.training(),
          own,
          both ? Style.THIN : Style.LINE);
      if (both) {
        line(chart, curve.name() + ", held out", x, curve.heldOut(), own, Style.LINE);
      }
      if (!Double.isNaN(curve.truth()) && !truths.contains(curve.truth())) {
        truths.add(curve.truth());
      }
    }
    for (double truth : truths) {
      String name = String.format(Locale.ROOT, "truth: %.3f", truth);
      line(
          chart,
          name,
          new double[] {1, last},
          new double[] {truth, truth},
          Style.BLACK,
          Style.DASHED);
    }
    chart.getStyler().setXAxisMin(1.0).setXAxisMax((double) last);
    chart.getStyler().setXAxisDecimalPattern("0").setYAxisDecimalPattern("0.00");
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    return new Chart(chart);
  }

  private static void line(
      XYChart chart, String name, double[] x, double[] y, Color colour, BasicStroke stroke) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(x.length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    series.setMarkerColor(colour).setLineColor(colour).setLineStyle(stroke);
  }

  /**
   * Estimates on the test rows, with interval, entropy and truth.
   *
   * @param result of the study
   * @return a line an estimate
   */
  public static ResultTable estimates(MineResult result) {
    ResultTable.Builder table =
        ResultTable.titled("Mutual information of explanations on " + result.data() + ", nats")
            .column(Column.text("Estimated"))
            .column(Column.text("Pairs"))
            .column(Column.number("Bound", 3))
            .column(Column.of("95%", Column.Kind.INTERVAL, 3))
            .column(Column.number("Truth", 3))
            .column(Column.number("Entropy", 3))
            .column(Column.number("Share", 3));
    for (MineResult.Estimate estimate : result.estimates()) {
      table.row(
          List.of(
              Cell.of(estimate.name()),
              Cell.of(estimate.pairs()),
              Cell.of(estimate.bound()),
              Cell.of(new Interval(estimate.low(), estimate.high())),
              Cell.of(estimate.truth()),
              Cell.of(estimate.entropy()),
              Cell.of(estimate.bound() / estimate.entropy())));
    }
    table.note("Encoder: " + result.encoder() + "; seed " + result.seed() + ".");
    table.note(
        "The bound is Donsker-Varadhan's, trained on train and evaluated on test; it may fall below 0 where T learnt nothing that holds.");
    return table.build();
  }
}
