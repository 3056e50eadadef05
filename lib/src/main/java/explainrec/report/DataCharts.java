package explainrec.report;

import explainrec.data.DataStatistics;
import explainrec.data.DataStatistics.Count;
import explainrec.data.DataStatistics.RatingColumn;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts about data: ratings, reviews of users and items, text lengths, correlations. */
public final class DataCharts {
  /** A column of more levels than these is shown by half stars. */
  private static final int MOST_BARS = 12;

  private static final int BARS_OF_WORDS = 32;

  private DataCharts() {}

  /**
   * How often each rating is given: one small histogram for the overall rating and for each aspect.
   *
   * @param statistics of the filtered data
   * @return bars, percent of the reviews, all on one scale
   */
  public static Chart ratings(DataStatistics statistics) {
    List<CategoryChart> panels = new ArrayList<>();
    double highest = 0;
    for (RatingColumn column : statistics.ratings()) {
      CategoryChart panel =
          Style.panel(
              String.format(Locale.ROOT, "%s: %.2f", column.name(), column.mean()),
              "",
              "% of reviews");
      List<Double> shares = histogram(panel, column, statistics.interactions());
      highest = Math.max(highest, Collections.max(shares));
      panels.add(panel);
    }
    double top = Math.ceil(highest / 10) * 10;
    panels.forEach(panel -> panel.getStyler().setYAxisMin(0.0).setYAxisMax(top));
    int columns = panels.size() <= 4 ? 2 : panels.size() <= 6 ? 3 : 4;
    int rows = (panels.size() + columns - 1) / columns;
    return new Chart(
        new Panels(
            "Ratings in " + statistics.name() + " (stars; beside each name the mean)",
            panels,
            columns,
            Style.WIDTH,
            44 + 190 * rows));
  }

  private static List<Double> histogram(CategoryChart panel, RatingColumn column, int rows) {
    boolean whole = true;
    for (double level : column.levels()) {
      whole &= level == Math.rint(level);
    }
    List<String> labels = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    if (!whole && column.levels().length <= MOST_BARS) {
      for (int level = 0; level < column.levels().length; level++) {
        labels.add(label(column.levels()[level]));
        shares.add(100.0 * column.counts()[level] / rows);
      }
    } else {
      double step = whole ? 1 : 0.5;
      for (double star = 1; star <= 5; star += step) {
        labels.add(label(star));
        shares.add(0.0);
      }
      for (int level = 0; level < column.levels().length; level++) {
        int bar = (int) Math.round((column.levels()[level] - 1) / step);
        shares.set(bar, shares.get(bar) + 100.0 * column.counts()[level] / rows);
      }
    }
    panel.addSeries("reviews", labels, shares).setFillColor(Style.BLUE);
    return shares;
  }

  private static String label(double star) {
    return star == Math.rint(star)
        ? String.valueOf((int) star)
        : String.format(Locale.ROOT, "%.1f", star);
  }

  /**
   * How many users and items have at least so many reviews.
   *
   * @param statistics of the filtered data
   * @return two falling lines on logarithmic axes, percent of the users and of the items
   */
  public static Chart activity(DataStatistics statistics) {
    XYChart chart =
        Style.xy(
            "Reviews of each user and of each item in " + statistics.name(),
            "number of reviews",
            "% with at least so many");
    atLeast(chart, "users", statistics.perUser(), Style.BLUE);
    atLeast(chart, "items", statistics.perItem(), Style.VERMILION);
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    chart.getStyler().setXAxisLogarithmicDecadeOnly(false).setXAxisDecimalPattern("#,##0");
    chart.getStyler().setYAxisDecimalPattern("#,##0.###").setPlotContentSize(1);
    return new Chart(chart);
  }

  private static void atLeast(XYChart chart, String name, List<Count> counts, Color colour) {
    double all = counts.stream().mapToInt(Count::count).sum();
    double left = all;
    double[] x = new double[counts.size()];
    double[] y = new double[counts.size()];
    for (int n = 0; n < x.length; n++) {
      x[n] = counts.get(n).value();
      y[n] = 100 * left / all;
      left -= counts.get(n).count();
    }
    chart
        .addSeries(String.format(Locale.ROOT, "%s (%,.0f)", name, all), x, y)
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(colour)
        .setLineStyle(Style.LINE);
  }

  /**
   * How long the texts are.
   *
   * @param statistics of the filtered data
   * @return bars, number of reviews by words
   */
  public static Chart lengths(DataStatistics statistics) {
    int longest = statistics.words().stream().mapToInt(Count::value).max().orElse(0);
    int width = binWidth(longest);
    int[] bins = new int[longest / width + 1];
    statistics.words().forEach(count -> bins[count.value() / width] += count.count());
    List<Integer> words = new ArrayList<>();
    List<Integer> reviews = new ArrayList<>();
    for (int bin = 0; bin < bins.length; bin++) {
      words.add(bin * width);
      reviews.add(bins[bin]);
    }
    String title =
        String.format(
            Locale.ROOT,
            "Length of the reviews in %s: mean %.1f words, median %.0f",
            statistics.name(),
            statistics.meanWords(),
            statistics.medianWords());
    String axis = width == 1 ? "words" : "words (a bar: from this number on, " + width + " wide)";
    CategoryChart chart = Style.bars(title, axis, "reviews", Style.WIDTH, Style.HEIGHT);
    chart.getStyler().setYAxisDecimalPattern("#,##0").setLegendVisible(false);
    chart.getStyler().setAvailableSpaceFill(0.94);
    chart.addSeries("reviews", words, reviews).setFillColor(Style.BLUE);
    return new Chart(chart);
  }

  private static int binWidth(int longest) {
    int width = 1;
    for (int step = 0; longest / width >= BARS_OF_WORDS; step++) {
      width = new int[] {2, 5, 10}[step % 3] * (int) Math.pow(10, step / 3);
    }
    return width;
  }

  /**
   * How the ratings of one review go together.
   *
   * @param statistics of the filtered data
   * @return Pearson's correlations of overall and aspect ratings as a coloured square; a rating
   *     that does not vary has none
   */
  public static Chart correlations(DataStatistics statistics) {
    List<String> names = statistics.ratings().stream().map(RatingColumn::name).toList();
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(720)
            .height(Style.HEIGHT + 40)
            .title("Correlation of the ratings of one review in " + statistics.name())
            .build();
    Style.apply(chart.getStyler());
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setShowValue(true).setHeatMapValueDecimalPattern("0.00");
    chart.getStyler().setValueFont(Style.font(Font.PLAIN, 13)).setValueFontColor(Style.BLACK);
    chart.getStyler().setRangeColors(new Color[] {Style.ORANGE, Color.WHITE, Style.SKY});
    chart.getStyler().setMin(-1).setMax(1).setPlotContentSize(1);
    chart.getStyler().setPlotGridLinesVisible(false);
    List<String> upwards = new ArrayList<>(names);
    Collections.reverse(upwards);
    List<Number[]> cells = new ArrayList<>();
    for (int row = 0; row < names.size(); row++) {
      for (int column = 0; column < names.size(); column++) {
        double r = statistics.correlation()[row][column];
        if (!Double.isNaN(r)) {
          cells.add(new Number[] {column, names.size() - 1 - row, r});
        }
      }
    }
    chart.addSeries("correlation", names, upwards, cells);
    return new Chart(chart);
  }
}
