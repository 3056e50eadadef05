package explainrec.report;

import explainrec.run.ReviewResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Scores of written reviews, a panel a metric and a lane a model: Table 4 as a picture for many
 * models, in the look of the rating charts.
 */
final class ReviewLanes {
  private static final List<ReviewMetric> SHOWN =
      List.of(
          ReviewMetric.METEOR,
          ReviewMetric.BLEU,
          ReviewMetric.ROUGE_1,
          ReviewMetric.ROUGE_2,
          ReviewMetric.ROUGE_L,
          ReviewMetric.BERT_F1);
  private final ReviewRuns runs;
  private final boolean paper;
  private final List<ReviewMetric> metrics;

  /**
   * Prepares a chart.
   *
   * @param runs of one data set
   * @param paper whether the paper's numbers are marked
   */
  ReviewLanes(List<ReviewResult> runs, boolean paper) {
    this.runs = new ReviewRuns(runs);
    this.paper = paper;
    boolean bert = runs.stream().anyMatch(run -> run.test().bertF1() != null);
    this.metrics = SHOWN.stream().filter(metric -> bert || !metric.bert()).toList();
  }

  Chart chart() {
    int height = 110 + 30 * runs.groups().size();
    List<XYChart> panels = metrics.stream().map(metric -> panel(metric, height)).toList();
    int rows = (panels.size() + 1) / 2;
    String marks = paper && anyPublished() ? "; diamonds: " + column() : "";
    return new Chart(
        new Panels(
            "Written reviews on " + runs.dataset() + ", percent; 95% over test rows" + marks,
            panels,
            2,
            Style.WIDTH + 100,
            44 + rows * height));
  }

  private boolean anyPublished() {
    return runs.groups().stream()
        .anyMatch(group -> Papers.ELIXIR.reviews(runs.dataset(), group.model()).isPresent());
  }

  private String column() {
    return "the paper's, "
        + Papers.ELIXIR.beside(runs.dataset()).map(Papers.Beside::column).orElse("");
  }

  private XYChart panel(ReviewMetric metric, int height) {
    List<SeedGroup<ReviewResult>> groups = runs.groups();
    XYChart chart = Style.xy(metric.title(), "", "", (Style.WIDTH + 100) / 2, height);
    chart.getStyler().setLegendVisible(false).setChartPadding(6).setChartTitlePadding(2);
    Dots dots = new Dots(chart, groups.stream().map(ReviewLanes::name).toList());
    double[] place = new double[groups.size()];
    double[] means = new double[groups.size()];
    double[] published = new double[groups.size()];
    for (int g = 0; g < place.length; g++) {
      SeedGroup<ReviewResult> group = groups.get(g);
      place[g] = dots.place(g);
      means[g] = group.mean(metric);
      if (!Double.isNaN(means[g])) {
        dots.interval("95%, " + group.title(), group.interval(metric), place[g], Style.BLUE);
      }
      Optional<List<Double>> numbers = Papers.ELIXIR.reviews(runs.dataset(), group.model());
      published[g] =
          paper && numbers.isPresent() ? numbers.get().get(metric.ordinal()) : Double.NaN;
    }
    seeds(dots, metric, place);
    known(dots, "paper", published, place, new Hollow(), Style.VERMILION);
    known(dots, RatingCharts.MEAN, means, place, SeriesMarkers.CIRCLE, Style.BLUE);
    for (int g = 0; g < place.length; g++) {
      if (!Double.isNaN(means[g])) {
        String number = String.format(Locale.ROOT, "%.1f", means[g]);
        chart.addAnnotation(new AnnotationText(number, means[g], place[g] + 0.38, false));
      }
    }
    dots.margin(0.08);
    chart.getStyler().setXAxisDecimalPattern("0.#").setXAxisTickMarkSpacingHint(60);
    dots.axes(70);
    return chart;
  }

  /** Without the language model's name, which all have in common: there is little room. */
  private static String name(SeedGroup<ReviewResult> group) {
    return group.runs().get(0).title();
  }

  private void seeds(Dots dots, ReviewMetric metric, double[] place) {
    List<double[]> marks = new ArrayList<>();
    for (int g = 0; g < place.length; g++) {
      SeedGroup<ReviewResult> group = runs.groups().get(g);
      for (ReviewResult run : group.runs().size() > 1 ? group.runs() : List.<ReviewResult>of()) {
        marks.add(new double[] {metric.of(run, SeedGroup.once(metric.size(run))), place[g]});
      }
    }
    known(
        dots,
        RatingCharts.SEED,
        marks.stream().mapToDouble(mark -> mark[0]).toArray(),
        marks.stream().mapToDouble(mark -> mark[1]).toArray(),
        Style.SMALL,
        Style.ORANGE);
  }

  /** Draws the values that there are. */
  private static void known(
      Dots dots,
      String name,
      double[] x,
      double[] y,
      org.knowm.xchart.style.markers.Marker marker,
      java.awt.Color colour) {
    int[] there =
        java.util.stream.IntStream.range(0, x.length).filter(n -> !Double.isNaN(x[n])).toArray();
    if (there.length > 0) {
      XYSeries series =
          dots.points(
              name,
              Arrays.stream(there).mapToDouble(n -> x[n]).toArray(),
              Arrays.stream(there).mapToDouble(n -> y[n]).toArray(),
              colour,
              marker);
      series.setShowInLegend(false);
    }
  }
}
