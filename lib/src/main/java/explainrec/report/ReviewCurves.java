package explainrec.report;

import explainrec.run.ReviewResult.Epoch;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Learning curves of prompt tuning. */
final class ReviewCurves {
  static final String LOSS = "training";
  static final String VALIDATION = "validation";
  static final String BLEU = "BLEU";
  static final String METEOR = "METEOR";
  static final int HEIGHT = 340;

  private ReviewCurves() {}

  /**
   * Draws the curves of epochs so far.
   *
   * @param title above both
   * @param epochs at least one
   * @param best the epoch to mark, from 1; 0 marks none
   * @param planned epochs in all, to keep the axis still; 0 for as many as there are
   */
  static Chart curves(String title, List<Epoch> epochs, int best, int planned) {
    int last = Math.max(planned, epochs.get(epochs.size() - 1).epoch());
    XYChart losses = panel("loss a review (eq. 12)", "0.0#", last);
    line(losses, LOSS, epochs, Epoch::loss, Style.GREY, Style.DASHED);
    line(losses, VALIDATION, epochs, Epoch::validationLoss, Style.BLUE, Style.LINE);
    XYChart scores = panel("validation sample, percent", "0.#", last);
    line(scores, METEOR, epochs, epoch -> 100 * epoch.meteor(), Style.GREEN, Style.LINE);
    line(scores, BLEU, epochs, epoch -> 100 * epoch.bleu(), Style.BLUE, Style.LINE);
    for (Epoch epoch : epochs) {
      if (epoch.epoch() == best) {
        mark(losses, "kept: epoch " + best, best, epoch.validationLoss());
        String scored = "kept: BLEU %.1f, METEOR %.1f";
        String name = String.format(Locale.ROOT, scored, 100 * epoch.bleu(), 100 * epoch.meteor());
        mark(scores, name, best, 100 * epoch.bleu());
      }
    }
    return new Chart(new Panels(title, List.of(losses, scores), 2, Style.WIDTH, HEIGHT));
  }

  private static XYChart panel(String y, String pattern, int last) {
    XYChart chart = Style.xy("", "epoch", y, Style.WIDTH / 2, HEIGHT);
    chart.getStyler().setChartTitleVisible(false).setChartPadding(8);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal).setLegendPadding(6);
    chart.getStyler().setXAxisMin(1.0).setXAxisMax((double) Math.max(last, 2));
    chart.getStyler().setXAxisDecimalPattern("0").setYAxisDecimalPattern(pattern);
    return chart;
  }

  private static void line(
      XYChart chart,
      String name,
      List<Epoch> epochs,
      ToDoubleFunction<Epoch> number,
      Color colour,
      BasicStroke stroke) {
    double[] x = epochs.stream().mapToDouble(Epoch::epoch).toArray();
    double[] y = epochs.stream().mapToDouble(number).toArray();
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(x.length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    series.setMarkerColor(colour).setLineColor(colour).setLineStyle(stroke);
  }

  private static void mark(XYChart chart, String name, double x, double y) {
    XYSeries point = chart.addSeries(name, new double[] {x}, new double[] {y});
    point.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    point.setMarker(SeriesMarkers.DIAMOND).setMarkerColor(Style.VERMILION);
  }
}
