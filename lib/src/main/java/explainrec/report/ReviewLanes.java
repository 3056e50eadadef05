package explainrec.report;

import explainrec.run.ReviewResult;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
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
  static final String PAPER = "paper";
  private static final int WIDTH = Style.WIDTH + 100;
  private final ReviewRuns runs;
  private final boolean paper;
  private final List<ReviewMetric> metrics;
  private final List<Lane> lanes;

  /**
   * Prepares a chart.
   *
   * @param runs of one data set
   * @param options of which the paper's numbers are read
   */
  ReviewLanes(List<ReviewResult> runs, ReviewOptions options) {
    this.runs = new ReviewRuns(runs);
    this.paper = options.paper();
    this.lanes = lanes(this.runs, options.paper() && options.paperOnly());
    boolean bert = runs.stream().anyMatch(run -> run.test().bertF1() != null);
    this.metrics = SHOWN.stream().filter(metric -> bert || !metric.bert()).toList();
  }

  /**
   * A lane of the chart.
   *
   * @param model its key
   * @param title its name at the left
   * @param group its runs; null for a model that only the paper has
   */
  private record Lane(String model, String title, SeedGroup<ReviewResult> group) {}

  private static List<Lane> lanes(ReviewRuns runs, boolean paperOnly) {
    List<Lane> lanes = new ArrayList<>();
    // Without the language model's name: there is little room.
    runs.groups().forEach(g -> lanes.add(new Lane(g.model(), g.runs().get(0).title(), g)));
    Optional<Papers.Beside> beside = Papers.ELIXIR.beside(runs.dataset());
    if (paperOnly && beside.isPresent()) {
      for (String model : Papers.ELIXIR.reviews().get(beside.get().column()).keySet()) {
        if (runs.groups().stream().noneMatch(g -> Variants.base(g.model()).equals(model))) {
          lanes.add(new Lane(model, Papers.ELIXIR.titles().get(model) + " (not run)", null));
        }
      }
    }
    lanes.sort(Comparator.comparing(Lane::model, ModelOrder.COMPARATOR));
    return lanes;
  }

  Chart chart() {
    int height = 100 + 30 * lanes.size();
    List<XYChart> panels = metrics.stream().map(metric -> panel(metric, height)).toList();
    int rows = (panels.size() + 1) / 2;
    boolean marked = paper && Papers.ELIXIR.beside(runs.dataset()).isPresent();
    return new Chart(
        new Panels(
            "Written reviews on "
                + runs.dataset()
                + ", percent; 95% over test rows"
                + (marked ? "; diamonds: the paper's, " + column() : ""),
            panels,
            2,
            WIDTH,
            44 + rows * height));
  }

  private String column() {
    return Papers.ELIXIR.beside(runs.dataset()).map(Papers.Beside::column).orElse("");
  }

  private XYChart panel(ReviewMetric metric, int height) {
    XYChart chart = Style.xy(metric.title(), "", "", WIDTH / 2, height);
    chart.getStyler().setLegendVisible(false).setChartPadding(6).setChartTitlePadding(2);
    Dots dots = new Dots(chart, lanes.stream().map(Lane::title).toList());
    double[] place = new double[lanes.size()];
    double[] means = new double[lanes.size()];
    double[] published = new double[lanes.size()];
    for (int l = 0; l < place.length; l++) {
      Lane lane = lanes.get(l);
      place[l] = dots.place(l);
      means[l] = lane.group() == null ? Double.NaN : lane.group().mean(metric);
      if (!Double.isNaN(means[l])) {
        dots.interval("95%, " + lane.title(), lane.group().interval(metric), place[l], Style.BLUE);
      }
      Optional<List<Double>> numbers =
          Papers.ELIXIR.reviews(runs.dataset(), Variants.base(lane.model()));
      published[l] =
          paper && numbers.isPresent() ? numbers.get().get(metric.ordinal()) : Double.NaN;
    }
    seeds(dots, metric, place);
    known(dots, PAPER, published, place, new Hollow(), Style.VERMILION);
    known(dots, RatingCharts.MEAN, means, place, SeriesMarkers.CIRCLE, Style.BLUE);
    for (int l = 0; l < place.length; l++) {
      if (!Double.isNaN(means[l])) {
        String number = String.format(Locale.ROOT, "%.1f", means[l]);
        chart.addAnnotation(new AnnotationText(number, means[l], place[l] + 0.38, false));
      }
    }
    dots.margin(0.08);
    chart.getStyler().setXAxisDecimalPattern("0.#").setXAxisTickMarkSpacingHint(60);
    dots.axes(70);
    return chart;
  }

  private void seeds(Dots dots, ReviewMetric metric, double[] place) {
    List<double[]> marks = new ArrayList<>();
    for (int l = 0; l < place.length; l++) {
      SeedGroup<ReviewResult> group = lanes.get(l).group();
      boolean several = group != null && group.runs().size() > 1;
      for (ReviewResult run : several ? group.runs() : List.<ReviewResult>of()) {
        marks.add(new double[] {metric.of(run, SeedGroup.once(metric.size(run))), place[l]});
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
      Dots dots, String name, double[] x, double[] y, Marker marker, Color colour) {
    int[] there = IntStream.range(0, x.length).filter(n -> !Double.isNaN(x[n])).toArray();
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
