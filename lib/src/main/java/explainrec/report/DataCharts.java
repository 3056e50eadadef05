package explainrec.report;

import explainrec.data.DataStatistics;
import explainrec.data.DataStatistics.Count;
import explainrec.data.DataStatistics.RatingColumn;
import java.awt.Color;
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

/** Charts about data: ratings, how much users and items have, text lengths, correlations. */
public final class DataCharts {
  private static final int WORDS_A_BAR = 8;

  private DataCharts() {}

  /**
   * How often each rating is given, overall and by aspect.
   *
   * @param statistics of the filtered data
   * @return grouped bars, percent of the rows; by whole or half stars, whichever the ratings need
   */
  public static Chart ratings(DataStatistics statistics) {
    boolean whole =
        statistics.ratings().stream()
            .flatMapToDouble(column -> java.util.Arrays.stream(column.levels()))
            .allMatch(level -> level == Math.rint(level));
    int perStar = whole ? 1 : 2;
    List<String> stars = new ArrayList<>();
    for (int bin = 0; bin <= 4 * perStar; bin++) {
      double star = 1 + (double) bin / perStar;
      stars.add(String.format(Locale.ROOT, whole ? "%.0f" : "%.1f", star));
    }
    CategoryChart chart =
        Style.bars(
            "Ratings in " + statistics.name(),
            whole ? "stars" : "stars (nearest half)",
            "% of the reviews",
            Style.WIDTH,
            Style.HEIGHT);
    for (RatingColumn column : statistics.ratings()) {
      Double[] shares = new Double[stars.size()];
      java.util.Arrays.fill(shares, 0.0);
      for (int level = 0; level < column.levels().length; level++) {
        int bin = (int) Math.round((column.levels()[level] - 1) * perStar);
        shares[bin] += 100.0 * column.counts()[level] / statistics.interactions();
      }
      chart.addSeries(column.name(), stars, List.of(shares));
    }
    return new Chart(chart);
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
            "Reviews of each user and item in " + statistics.name(),
            "at least so many reviews",
            "% of them");
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    atLeast(chart, "users", statistics.perUser(), Style.BLUE);
    atLeast(chart, "items", statistics.perItem(), Style.VERMILION);
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
        .addSeries(name, x, y)
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
    int[] bins = new int[longest / WORDS_A_BAR + 1];
    statistics.words().forEach(count -> bins[count.value() / WORDS_A_BAR] += count.count());
    List<Integer> words = new ArrayList<>();
    List<Integer> reviews = new ArrayList<>();
    for (int bin = 0; bin < bins.length; bin++) {
      words.add(bin * WORDS_A_BAR);
      reviews.add(bins[bin]);
    }
    CategoryChart chart =
        Style.bars(
            "Length of the reviews in " + statistics.name(),
            "words, from",
            "reviews",
            Style.WIDTH,
            Style.HEIGHT);
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setAvailableSpaceFill(0.95);
    chart.addSeries("reviews", words, reviews);
    return new Chart(chart);
  }

  /**
   * How the ratings of one review go together.
   *
   * @param statistics of the filtered data
   * @return Pearson's correlations of overall and aspect ratings as a coloured square
   */
  public static Chart correlations(DataStatistics statistics) {
    List<String> names = statistics.ratings().stream().map(RatingColumn::name).toList();
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(Style.WIDTH)
            .height(Style.HEIGHT + 60)
            .title("Correlation of the ratings of a review in " + statistics.name())
            .build();
    Style.apply(chart.getStyler());
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setShowValue(true).setHeatMapValueDecimalPattern("0.00");
    chart.getStyler().setRangeColors(new Color[] {Color.WHITE, Style.SKY, Style.BLUE});
    chart.getStyler().setMin(0).setMax(1);
    List<String> down = new ArrayList<>(names);
    Collections.reverse(down);
    List<Number[]> cells = new ArrayList<>();
    for (int x = 0; x < names.size(); x++) {
      for (int y = 0; y < down.size(); y++) {
        double r = statistics.correlation()[names.size() - 1 - y][x];
        cells.add(new Number[] {x, y, Double.isNaN(r) ? 0 : r});
      }
    }
    chart.addSeries("correlation", names, down, cells);
    return new Chart(chart);
  }
}
