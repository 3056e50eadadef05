package explainrec.report;

import explainrec.run.ReviewResult;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Dots and intervals of the scores of written reviews: Table 4 as a picture. */
final class ReviewScoreChart {
  private static final double LANES = 0.62;
  private final ReviewRuns runs;
  private final ReviewOptions options;
  private final List<ReviewMetric> metrics = new ArrayList<>();
  private final Dots dots;

  /**
   * Prepares a chart.
   *
   * @param runs of one data set
   * @param options of which interval and paper are read
   */
  ReviewScoreChart(List<ReviewResult> runs, ReviewOptions options) {
    this.runs = new ReviewRuns(runs);
    this.options = options;
    boolean bert = runs.stream().anyMatch(run -> run.test().bertF1() != null);
    for (ReviewMetric metric : ReviewMetric.values()) {
      if (bert || !metric.bert()) {
        metrics.add(metric);
      }
    }
    int height = 150 + metrics.size() * (26 + 16 * this.runs.groups().size());
    String title = "Written reviews: test scores on " + this.runs.dataset();
    XYChart chart = Style.xy(title, "percent", "", Style.WIDTH, height);
    this.dots = new Dots(chart, metrics.stream().map(ReviewMetric::title).toList());
  }

  Chart chart() {
    int[] all = runs.rows(false);
    int[] once = ReviewRuns.once(all, all.length);
    for (int g = 0; g < runs.groups().size(); g++) {
      SeedGroup<ReviewResult> group = runs.groups().get(g);
      Color colour = Style.COLOURS[g % Style.COLOURS.length];
      double[] place = places(g);
      double[] means = new double[place.length];
      for (int m = 0; m < place.length; m++) {
        ReviewMetric metric = metrics.get(m);
        means[m] = group.mean(metric, once);
        if (options.interval() && !Double.isNaN(means[m])) {
          String name = group.title() + " " + metric.title();
          dots.interval(name, group.interval(metric, all), place[m], colour);
        }
      }
      paper(group, place, colour);
      dots.points(group.title(), means, place, colour, SeriesMarkers.CIRCLE);
      // Beside several models' dots there is no room for numbers.
      for (int m = 0; runs.groups().size() == 1 && m < place.length; m++) {
        String number = String.format(Locale.ROOT, "%.1f", means[m]);
        dots.chart().addAnnotation(new AnnotationText(number, means[m], place[m] + 0.27, false));
      }
    }
    axes();
    return new Chart(dots.chart());
  }

  /** Where a group's dots stand: metrics downwards, groups side by side in each metric's lane. */
  private double[] places(int group) {
    int groups = runs.groups().size();
    double offset = LANES * ((groups - 1) / 2.0 - group) / Math.max(1, groups);
    double[] places = new double[metrics.size()];
    for (int m = 0; m < places.length; m++) {
      places[m] = places.length - m + offset;
    }
    return places;
  }

  private void paper(SeedGroup<ReviewResult> group, double[] place, Color colour) {
    Optional<List<Double>> published = Papers.ELIXIR.reviews(runs.dataset(), group.model());
    if (options.paper() && published.isPresent()) {
      double[] numbers = new double[place.length];
      for (int m = 0; m < place.length; m++) {
        numbers[m] = published.get().get(metrics.get(m).ordinal());
      }
      String column = Papers.ELIXIR.beside(runs.dataset()).orElseThrow().column();
      String model = Papers.ELIXIR.titles().get(group.model());
      String lm = Papers.ELIXIR.languageModels().get(group.model());
      String name = model + (lm == null ? "" : ", " + lm) + " (paper, " + column + ")";
      if (!dots.chart().getSeriesMap().containsKey(name)) {
        dots.points(name, numbers, place, colour, new Hollow());
      }
    }
  }

  private void axes() {
    dots.chart().getStyler().setXAxisMin(-2.0).setXAxisMax(102.0).setXAxisDecimalPattern("0");
    dots.chart().getStyler().setLegendLayout(Styler.LegendLayout.Vertical);
    dots.axes(150 + 22 * runs.groups().size() * (options.paper() ? 2 : 1));
  }
}
