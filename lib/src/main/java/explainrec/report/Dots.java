package explainrec.report;

import explainrec.metrics.Statistics.Interval;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A chart of dots and intervals in lanes, one below the other, each with its name at the left. */
final class Dots {
  private static final String TICKS = "ticks";
  private final XYChart chart;
  private final List<String> lanes;

  /**
   * Starts without dots.
   *
   * @param chart empty
   * @param lanes their names from the top
   */
  Dots(XYChart chart, List<String> lanes) {
    this.chart = chart;
    this.lanes = List.copyOf(lanes);
    // XChart puts a tick at every y of the first series when all series share these y.
    double[] places = new double[lanes.size()];
    Arrays.setAll(places, this::place);
    points(TICKS, new double[places.length], places, Color.WHITE, SeriesMarkers.NONE)
        .setShowInLegend(false);
  }

  /** The chart. */
  XYChart chart() {
    return chart;
  }

  /** Where a lane lies. */
  double place(int lane) {
    return lanes.size() - lane;
  }

  /** All x that are drawn. */
  double[] values() {
    return chart.getSeriesMap().values().stream()
        .filter(series -> !series.getName().equals(TICKS))
        .flatMapToDouble(series -> Arrays.stream(series.getXData()))
        .filter(Double::isFinite)
        .toArray();
  }

  XYSeries points(String name, double[] x, double[] y, Color colour, Marker marker) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(marker).setMarkerColor(colour);
    return series;
  }

  XYSeries interval(String name, Interval interval, double place, Color colour) {
    XYSeries line =
        chart.addSeries(
            name, new double[] {interval.low(), interval.high()}, new double[] {place, place});
    line.setMarker(SeriesMarkers.NONE).setLineColor(colour).setLineStyle(Style.LINE);
    line.setShowInLegend(false);
    return line;
  }

  /**
   * Leaves room beside the outermost values.
   *
   * @param share of their range
   * @return the range itself
   */
  double margin(double share) {
    double low = Arrays.stream(values()).min().orElse(0);
    double high = Arrays.stream(values()).max().orElse(1);
    double room = Math.max(share * (high - low), 0.005);
    chart.getStyler().setXAxisMin(low - room).setXAxisMax(high + room);
    return high - low;
  }

  /**
   * Names the lanes.
   *
   * @param beside pixels of the height that the lanes do not have
   */
  void axes(int beside) {
    Styler.LegendPosition below = Styler.LegendPosition.OutsideS;
    chart.getStyler().setYAxisMin(0.4).setYAxisMax(lanes.size() + 0.7);
    chart.getStyler().setPlotContentSize(1).setLegendPosition(below);
    int lane = (chart.getHeight() - beside) / (lanes.size() + 1);
    chart.getStyler().setYAxisTickMarkSpacingHint(Math.max(lane, 12));
    chart.getStyler().setyAxisTickLabelsFormattingFunction(this::label);
  }

  /** A lane's name; elsewhere blanks that differ, for XChart never ends on labels read alike. */
  private String label(double y) {
    int lane = lanes.size() - (int) Math.rint(y);
    boolean whole = Math.abs(y - Math.rint(y)) < 1e-6 && lane >= 0 && lane < lanes.size();
    return whole ? lanes.get(lane) : blank(y);
  }

  /** A label of blanks that differs from those of other places. */
  static String blank(double place) {
    return " ".repeat(1 + (int) Math.rint(Math.abs(place) * 20));
  }
}
