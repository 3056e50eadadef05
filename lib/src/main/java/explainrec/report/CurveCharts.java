package explainrec.report;

import explainrec.data.InputException;
import explainrec.run.RunResult;
import explainrec.run.RunResult.Epoch;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Learning curves. */
final class CurveCharts {
  static final String LOSS = "training loss (eq. 11)";
  static final String OVERALL = "validation RMSE, overall";
  static final String ASPECTS = "validation RMSE, aspects";

  private CurveCharts() {}

  static Chart curves(RunResult run) {
    if (run.epochs().isEmpty()) {
      throw new InputException(run.title() + " has no epochs: it is not trained by gradient");
    }
    String title = run.title() + " on " + run.data().name() + ", seed " + run.seed();
    return curves(title, run.epochs(), run.bestEpoch(), 0);
  }

  /**
   * Draws the curves of epochs so far.
   *
   * @param title above the chart
   * @param epochs at least one
   * @param best the epoch to mark, from 1
   * @param planned epochs in all, to keep the axis still; 0 for as many as there are
   */
  static Chart curves(String title, List<Epoch> epochs, int best, int planned) {
    XYChart chart = Style.xy(title, "epoch", "loss, RMSE");
    double[] x = epochs.stream().mapToDouble(Epoch::epoch).toArray();
    line(chart, LOSS, x, column(epochs, Epoch::loss), Style.GREY, Style.DASHED);
    line(chart, OVERALL, x, column(epochs, Epoch::validationRmse), Style.BLUE, Style.LINE);
    double[] aspects = column(epochs, Epoch::validationAspectRmse);
    if (!Double.isNaN(aspects[0])) {
      line(chart, ASPECTS, x, aspects, Style.GREEN, Style.LINE);
    }
    for (Epoch epoch : epochs) {
      if (epoch.epoch() == best) {
        String name =
            String.format(
                java.util.Locale.ROOT, "best: %.3f, epoch %d", epoch.validationRmse(), best);
        mark(chart, name, best, epoch.validationRmse(), Style.VERMILION);
      }
    }
    epochAxis(chart, Math.max(planned, epochs.get(epochs.size() - 1).epoch()));
    return new Chart(chart);
  }

  private static double[] column(List<Epoch> epochs, ToDoubleFunction<Epoch> number) {
    return epochs.stream().mapToDouble(number).toArray();
  }

  private static void epochAxis(XYChart chart, int last) {
    chart.getStyler().setXAxisMin(1.0);
    chart.getStyler().setXAxisMax((double) Math.max(last, 2));
    chart.getStyler().setXAxisDecimalPattern("0");
    chart.getStyler().setYAxisDecimalPattern("0.00");
  }

  private static XYSeries line(
      XYChart chart, String name, double[] x, double[] y, Color colour, BasicStroke stroke) {
    XYSeries series = chart.addSeries(name, x, y);
    Marker marker = x.length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE;
    series.setMarker(marker).setMarkerColor(colour);
    series.setLineColor(colour).setLineStyle(stroke);
    return series;
  }

  private static void mark(XYChart chart, String name, double x, double y, Color colour) {
    XYSeries point = chart.addSeries(name, new double[] {x}, new double[] {y});
    point.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    point.setMarker(SeriesMarkers.DIAMOND).setMarkerColor(colour);
  }

  static Chart validation(List<RunResult> runs) {
    Study study = new Study(runs);
    XYChart chart =
        Style.xy(
            "Validation RMSE of the overall rating on " + study.dataset(),
            "epoch (line: mean over seeds while all train; diamond: the epoch that a seed kept)",
            "RMSE");
    int colour = 0;
    int last = 0;
    for (Map.Entry<String, List<RunResult>> model : study.models().entrySet()) {
      List<RunResult> seeds = model.getValue().stream().filter(r -> !r.epochs().isEmpty()).toList();
      if (seeds.isEmpty()) {
        continue;
      }
      int shared = seeds.stream().mapToInt(r -> r.epochs().size()).min().orElseThrow();
      double[] x = new double[shared];
      double[] mean = new double[shared];
      for (int e = 0; e < shared; e++) {
        int epoch = e;
        x[e] = e + 1;
        mean[e] =
            seeds.stream()
                .mapToDouble(r -> r.epochs().get(epoch).validationRmse())
                .average()
                .orElseThrow();
      }
      line(chart, study.title(model.getKey()), x, mean, Style.COLOURS[colour], Style.LINE);
      best(chart, study.title(model.getKey()), seeds, Style.COLOURS[colour]);
      colour = (colour + 1) % Style.COLOURS.length;
      last = Math.max(last, shared);
    }
    if (last == 0) {
      throw new InputException("no curves to draw: none of the runs is trained by gradient");
    }
    epochAxis(chart, last);
    return new Chart(chart);
  }

  private static void best(XYChart chart, String model, List<RunResult> seeds, Color colour) {
    double[] x = seeds.stream().mapToDouble(RunResult::bestEpoch).toArray();
    double[] y =
        seeds.stream()
            .mapToDouble(r -> r.epochs().get(Math.max(r.bestEpoch(), 1) - 1).validationRmse())
            .toArray();
    XYSeries points = chart.addSeries(model + ", kept", x, y);
    points.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    points.setMarker(SeriesMarkers.DIAMOND).setMarkerColor(colour).setShowInLegend(false);
  }
}
