package explainrec.report;

import explainrec.data.InputException;
import explainrec.metrics.RatingMetrics;
import explainrec.metrics.RowErrors;
import explainrec.metrics.Statistics;
import explainrec.metrics.Statistics.Interval;
import explainrec.run.ReviewResult;
import explainrec.run.RunResult;
import java.awt.Font;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Quality against cost: what a lower error, or a higher score, is paid for with. */
final class CostCharts {
  static final String MODELS = "models";
  static final int HEIGHT = 360;
  private static final int BESIDE = 130; // pixels of a panel's width that its plot does not have
  static final int BELOW = 95; // and of its height
  private static final int DECADES = 3; // of cost at least
  private static final double LEAST = 0.01; // seconds: what takes less is drawn there
  private static final Font NAMES = Style.font(Font.PLAIN, 12);

  private CostCharts() {}

  /**
   * One model.
   *
   * @param title its name
   * @param parameters numbers that were trained
   * @param seconds of a whole run
   * @param quality an error or a score
   * @param interval of it over test rows
   */
  record Point(
      String title, double parameters, double seconds, double quality, Interval interval) {}

  static Chart ratings(List<RunResult> runs) {
    Study study = new Study(NoiseFloor.without(runs));
    List<Point> points = new ArrayList<>();
    for (String model : study.models().keySet()) {
      List<RunResult> seeds = study.models().get(model);
      points.add(
          new Point(
              study.title(model),
              Statistics.mean(study.each(model, run -> run.cost().parameters())),
              Statistics.mean(study.each(model, run -> run.cost().seconds())),
              Statistics.mean(study.each(model, run -> RatingMetrics.of(run.test()).rmse())),
              SeedErrors.interval(seeds, RowErrors.SQUARED, study, true)));
    }
    return chart("Overall rating on " + study.dataset() + ": error against cost", "RMSE", points);
  }

  static Chart reviews(List<ReviewResult> all) {
    ReviewRuns runs = new ReviewRuns(all);
    List<Point> points = new ArrayList<>();
    for (SeedGroup<ReviewResult> group : runs.groups()) {
      points.add(
          new Point(
              group.title(),
              group.overSeeds(run -> run.cost().trained()).value(),
              group.overSeeds(run -> run.cost().seconds()).value(),
              group.mean(ReviewMetric.METEOR),
              group.interval(ReviewMetric.METEOR)));
    }
    String title = "Written reviews on " + runs.dataset() + ": score against cost";
    return chart(title, "METEOR, percent", points);
  }

  private static Chart chart(String title, String quality, List<Point> points) {
    if (points.isEmpty()) {
      throw new InputException(title + ": nothing to draw");
    }
    XYChart parameters = panel("trained numbers", quality, points, true);
    XYChart seconds = panel("seconds of a whole run", quality, points, false);
    return new Chart(
        new Panels(title, List.of(parameters, seconds), 1, Style.WIDTH, 2 * HEIGHT + 44));
  }

  /** One picture: quality against one of the two costs. */
  static XYChart panel(String cost, String quality, List<Point> points, boolean parameters) {
    // Logarithms on a plain axis: XChart's own logarithmic axis has no short labels.
    double[] x =
        points.stream()
            .mapToDouble(p -> parameters ? p.parameters() : p.seconds())
            .map(value -> Math.log10(Math.max(value, LEAST)))
            .toArray();
    double[] y = points.stream().mapToDouble(Point::quality).toArray();
    XYChart chart =
        Style.xy("", cost + ", each line ten times the last", quality, Style.WIDTH, HEIGHT);
    axes(chart.getStyler(), x, points);
    for (int n = 0; n < x.length; n++) {
      Interval interval = points.get(n).interval();
      XYSeries line =
          chart.addSeries(
              "95%, " + points.get(n).title(),
              new double[] {x[n], x[n]},
              new double[] {interval.low(), interval.high()});
      line.setMarker(SeriesMarkers.NONE).setLineColor(Style.SKY).setLineStyle(Style.LINE);
    }
    XYSeries dots = chart.addSeries(MODELS, x, y);
    dots.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    dots.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(Style.BLUE);
    names(chart, x, points);
    return chart;
  }

  private static void axes(AxesChartStyler styler, double[] x, List<Point> points) {
    styler.setLegendVisible(false).setChartTitleVisible(false).setPlotContentSize(1);
    double first = Math.floor(Arrays.stream(x).min().orElse(0) - 0.1);
    double last = Math.ceil(Arrays.stream(x).max().orElse(1) + 0.1);
    // XChart puts texts at half the height where ticks are wider apart than the plot is high.
    first = Math.min(first, last - DECADES);
    styler.setXAxisMin(first).setXAxisMax(last);
    styler.setXAxisTickMarkSpacingHint((int) ((Style.WIDTH - BESIDE) / (last - first) * 0.9));
    double low = points.stream().mapToDouble(p -> p.interval().low()).min().orElse(0);
    double high = points.stream().mapToDouble(p -> p.interval().high()).max().orElse(1);
    double room = Math.max(0.12 * (high - low), 0.01);
    styler.setYAxisMin(low - room).setYAxisMax(high + room);
    styler.setYAxisDecimalPattern(high - low < 0.5 ? "0.00" : "0.0");
    styler.setxAxisTickLabelsFormattingFunction(
        power -> {
          boolean whole = Math.abs(power - Math.rint(power)) < 1e-6;
          return whole ? brief(Math.pow(10, Math.rint(power))) : Dots.blank(power);
        });
  }

  /** A cost in few letters: 0.1, 10, 10k, 1M. */
  static String brief(double value) {
    String[] units = {"", "k", "M", "G"};
    int unit = value < 1000 ? 0 : Math.min(3, (int) (Math.log10(value) / 3 + 1e-9));
    double shown = value / Math.pow(1000, unit);
    String digits =
        shown >= 1
            ? String.format(Locale.ROOT, "%.0f", shown)
            : String.format(Locale.ROOT, "%s", (float) shown);
    return digits + units[unit];
  }

  private static void names(XYChart chart, double[] x, List<Point> points) {
    AxesChartStyler styler = chart.getStyler();
    double left = styler.getXAxisMin();
    double bottom = styler.getYAxisMin();
    double width = Style.WIDTH - BESIDE;
    double height = HEIGHT - BELOW;
    double perX = width / (styler.getXAxisMax() - left);
    double perY = height / (styler.getYAxisMax() - bottom);
    List<Point2D> dots = new ArrayList<>();
    List<Rectangle2D> intervals = new ArrayList<>();
    for (int n = 0; n < x.length; n++) {
      Point point = points.get(n);
      double atX = (x[n] - left) * perX;
      dots.add(new Point2D.Double(atX, height - (point.quality() - bottom) * perY));
      double length = (point.interval().high() - point.interval().low()) * perY;
      double top = height - (point.interval().high() - bottom) * perY;
      intervals.add(new Rectangle2D.Double(atX - 1.5, top, 3, length));
    }
    List<String> titles = points.stream().map(Point::title).toList();
    List<Rectangle2D> boxes = new Labels(width, height, NAMES).place(dots, titles, intervals);
    for (int n = 0; n < x.length; n++) {
      double atX = left + boxes.get(n).getCenterX() / perX;
      double atY = bottom + (height - boxes.get(n).getCenterY()) / perY;
      chart.addAnnotation(new AnnotationText(titles.get(n), atX, atY, false));
    }
  }
}
