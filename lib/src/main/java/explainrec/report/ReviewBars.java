package explainrec.report;

import explainrec.data.InputException;
import explainrec.metrics.Statistics;
import explainrec.run.ReviewResult;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.style.Styler;

/** Bars: how scores and lengths are spread, and what reviews say. */
final class ReviewBars {
  static final String REAL = "real reviews";
  private static final int METEOR_STEP = 5;
  private static final int LENGTH_STEP = 10;
  private static final int WRITTEN_LENGTH = 8;
  private static final int REAL_LENGTH = 9;

  private ReviewBars() {}

  static Chart meteor(ReviewRuns runs) {
    CategoryChart chart =
        bars(
            "METEOR of each written review on " + runs.dataset(),
            "METEOR, percent",
            "% of reviews");
    List<double[]> scores = new ArrayList<>();
    for (SeedGroup<ReviewResult> group : runs.groups()) {
      scores.add(all(group, run -> Arrays.stream(run.test().meteor()).map(score -> 100 * score)));
    }
    int last = last(scores, METEOR_STEP);
    for (int g = 0; g < scores.size(); g++) {
      add(chart, runs.groups().get(g).title(), scores.get(g), METEOR_STEP, last, colour(g));
    }
    return new Chart(chart);
  }

  static Chart lengths(ReviewRuns runs) {
    CategoryChart chart =
        bars("Length of written and real reviews on " + runs.dataset(), "tokens", "% of reviews");
    List<double[]> lengths = new ArrayList<>();
    List<String> names = new ArrayList<>();
    lengths.add(all(runs.groups().get(0), run -> column(run, REAL_LENGTH)));
    names.add(REAL);
    for (SeedGroup<ReviewResult> group : runs.groups()) {
      lengths.add(all(group, run -> column(run, WRITTEN_LENGTH)));
      names.add(group.title());
    }
    int last = last(lengths, LENGTH_STEP);
    for (int g = 0; g < lengths.size(); g++) {
      Color colour = g == 0 ? Style.GREY : colour(g - 1);
      add(chart, names.get(g), lengths.get(g), LENGTH_STEP, last, colour);
    }
    return new Chart(chart);
  }

  static Chart content(ReviewRuns runs) {
    if (runs.all().stream().anyMatch(run -> run.test().content() == null)) {
      throw new InputException(
          runs.dataset()
              + ": what a review says can be counted on the generated world only, --data world");
    }
    CategoryChart chart = bars("What the written reviews of " + runs.dataset() + " say", "", "%");
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(100.0);
    chart.getStyler().setLabelsVisible(true).setLabelsFontColorAutomaticEnabled(true);
    chart.getStyler().setYAxisDecimalPattern("0");
    List<ReviewContentTable.Share> shares = List.of(ReviewContentTable.Share.values());
    List<String> titles = shares.stream().map(ReviewContentTable.Share::title).toList();
    for (int g = 0; g < runs.groups().size(); g++) {
      SeedGroup<ReviewResult> group = runs.groups().get(g);
      List<Double> means = new ArrayList<>();
      for (ReviewContentTable.Share share : shares) {
        double mean = Statistics.mean(group.each(run -> share.percent(run.test().content())));
        means.add(Double.isNaN(mean) ? 0 : Math.round(10 * mean) / 10.0);
      }
      chart.addSeries(group.title(), titles, means).setFillColor(colour(g));
    }
    return new Chart(chart);
  }

  private static CategoryChart bars(String title, String x, String y) {
    CategoryChart chart = Style.bars(title, x, y, Style.WIDTH, Style.HEIGHT - 40);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    return chart;
  }

  private static Color colour(int group) {
    return Style.COLOURS[group % Style.COLOURS.length];
  }

  private static double[] all(
      SeedGroup<ReviewResult> group, Function<ReviewResult, DoubleStream> values) {
    return group.runs().stream().flatMapToDouble(values::apply).toArray();
  }

  private static DoubleStream column(ReviewResult run, int count) {
    return Arrays.stream(run.test().bleuCounts()).mapToDouble(counts -> counts[count]);
  }

  private static int last(List<double[]> values, int step) {
    double highest = values.stream().flatMapToDouble(Arrays::stream).max().orElse(0);
    return (int) (highest / step);
  }

  /** Adds the shares of values in steps from 0 on. */
  private static void add(
      CategoryChart chart, String name, double[] values, int step, int last, Color colour) {
    double[] shares = new double[last + 1];
    for (double value : values) {
      shares[Math.max(0, (int) (value / step))] += 100.0 / values.length;
    }
    List<String> titles =
        Stream.iterate(0, k -> k + 1).limit(last + 1L).map(k -> String.valueOf(k * step)).toList();
    chart.addSeries(name, titles, Arrays.stream(shares).boxed().toList()).setFillColor(colour);
  }
}
