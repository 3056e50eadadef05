package explainrec.report;

import explainrec.data.InputException;
import explainrec.metrics.RatingMetrics;
import explainrec.metrics.RowErrors;
import explainrec.metrics.Statistics;
import explainrec.metrics.Statistics.Interval;
import explainrec.run.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Dots and intervals of the models' RMSE: Tables 2 and 3 as pictures. */
final class RatingCharts {
  static final String MEAN = "mean over seeds";
  static final String INTERVAL = "95% interval over test rows";
  static final String SEED = "one seed";
  static final String FLOOR = "noise floor";
  private final Study study;
  private final List<String> models;
  private final RatingOptions options;
  private final boolean overall;
  private final Dots dots;

  /**
   * Prepares a chart.
   *
   * @param runs of one data set
   * @param options of which the paper's numbers, the interval and the floor are read
   * @param overall whether it is about the overall rating or the mean over aspects
   */
  RatingCharts(List<RunResult> runs, RatingOptions options, boolean overall) {
    this(runs, options, overall, title(overall), List.of());
  }

  /**
   * Prepares a chart of the overall rating with another title and order.
   *
   * @param runs of one data set
   * @param options as above
   * @param title above the chart, without the data set
   * @param order model keys from the top
   */
  RatingCharts(List<RunResult> runs, RatingOptions options, String title, List<String> order) {
    this(runs, options, true, title, order);
  }

  private RatingCharts(
      List<RunResult> runs,
      RatingOptions options,
      boolean overall,
      String title,
      List<String> order) {
    this.study = new Study(runs);
    this.options = options;
    this.overall = overall;
    this.models =
        study.models().keySet().stream()
            .filter(m -> overall || study.models().get(m).get(0).test().aspects().length > 0)
            .sorted(Comparator.comparingInt(order::indexOf)) // none is in an empty order
            .toList();
    if (models.isEmpty()) {
      throw new InputException("no aspect ratings to draw: none of the runs predicts aspects");
    }
    int height = Math.max(Style.HEIGHT, 140 + 56 * models.size());
    XYChart chart = Style.xy(title + " on " + study.dataset(), "RMSE", "", Style.WIDTH, height);
    this.dots = new Dots(chart, models.stream().map(study::title).toList());
  }

  private static String title(boolean overall) {
    return (overall ? "Overall rating" : "Aspect ratings, mean over aspects") + ": test error";
  }

  Chart chart() {
    double[] place = new double[models.size()];
    double[] means = new double[models.size()];
    for (int m = 0; m < place.length; m++) {
      place[m] = dots.place(m);
      means[m] = Statistics.mean(study.each(models.get(m), this::rmse));
    }
    dots.points(MEAN, means, place, Style.BLUE, SeriesMarkers.CIRCLE);
    for (int m = 0; m < place.length; m++) {
      if (options.interval()) {
        interval(models.get(m), place[m], m == 0);
      }
    }
    seeds(place);
    paper(place);
    // Again, so that the means lie on top of the intervals.
    dots.points(MEAN + " ", means, place, Style.BLUE, SeriesMarkers.CIRCLE).setShowInLegend(false);
    for (int m = 0; m < place.length; m++) {
      String number = String.format(Locale.ROOT, "%.3f", means[m]);
      dots.chart().addAnnotation(new AnnotationText(number, means[m], place[m] + 0.3, false));
    }
    if (options.floor() != null) {
      floor(place);
    }
    axes();
    return new Chart(dots.chart());
  }

  private double rmse(RunResult run) {
    RatingMetrics metrics = RatingMetrics.of(run.test());
    return overall ? metrics.rmse() : metrics.aspectRmseMean();
  }

  private void interval(String model, double place, boolean legend) {
    Interval interval =
        SeedErrors.interval(study.models().get(model), RowErrors.SQUARED, study, overall);
    String name = legend ? INTERVAL : INTERVAL + ", " + study.title(model);
    dots.interval(name, interval, place, Style.BLUE).setShowInLegend(legend);
  }

  private void seeds(double[] place) {
    List<double[]> marks = new ArrayList<>();
    for (int m = 0; m < place.length; m++) {
      double[] seeds = study.each(models.get(m), this::rmse);
      for (double seed : seeds.length > 1 ? seeds : new double[0]) {
        marks.add(new double[] {seed, place[m]});
      }
    }
    if (!marks.isEmpty()) {
      dots.points(SEED, column(marks, 0), column(marks, 1), Style.ORANGE, Style.SMALL);
    }
  }

  private void paper(double[] place) {
    Optional<Papers.Beside> beside = Papers.ELIXIR.beside(study.dataset());
    if (!options.paper() || beside.isEmpty()) {
      return;
    }
    List<double[]> marks = new ArrayList<>();
    for (int m = 0; m < place.length; m++) {
      Optional<List<Double>> published =
          overall
              ? Papers.ELIXIR.overall(study.dataset(), models.get(m))
              : Papers.ELIXIR.aspects(study.dataset(), models.get(m));
      if (published.isPresent()) {
        marks.add(new double[] {published.get().get(0), place[m]});
      }
    }
    if (!marks.isEmpty()) {
      String name = "paper, " + beside.get().column();
      dots.points(name, column(marks, 0), column(marks, 1), Style.VERMILION, new Hollow());
    }
  }

  private void floor(double[] place) {
    RatingMetrics truth = RatingMetrics.of(options.floor());
    double floor = overall ? truth.rmse() : truth.aspectRmseMean();
    XYSeries line =
        dots.chart()
            .addSeries(FLOOR, new double[] {floor, floor}, new double[] {0.5, place.length + 0.6});
    line.setMarker(SeriesMarkers.NONE).setLineColor(Style.GREY).setLineStyle(Style.DASHED);
  }

  private static double[] column(List<double[]> rows, int column) {
    return rows.stream().mapToDouble(row -> row[column]).toArray();
  }

  private void axes() {
    AxesChartStyler styler = dots.chart().getStyler();
    double range = dots.margin(0.06);
    styler.setXAxisDecimalPattern(range < 0.05 ? "0.000" : "0.00");
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    dots.axes(150);
  }
}
