package explainrec.report;

import explainrec.data.DataStatistics;
import explainrec.data.DataStatistics.Count;
import explainrec.data.DataStatistics.RatingColumn;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.style.Styler;

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
            .flatMapToDouble(column -> Arrays.stream(column.levels()))
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
      Arrays.fill(shares, 0.0);
      for (int level = 0; level < column.levels().length; level++) {
        int bin = (int) Math.round((column.levels()[level] - 1) * perStar);
        shares[bin] += 100.0 * column.counts()[level] / statistics.interactions();
      }
      chart.addSeries(column.name(), stars, List.of(shares));
    }
    return new Chart(chart);
  }

  /**
   * How many reviews users write and items get.
   *
   * @param statistics of the filtered data
   * @return bars, percent of the users and of the items; each range is twice as wide as the last
   */
  public static Chart activity(DataStatistics statistics) {
    int least = Math.max(1, Math.min(least(statistics.perUser()), least(statistics.perItem())));
    int most = Math.max(most(statistics.perUser()), most(statistics.perItem()));
    List<String> ranges = new ArrayList<>();
    for (int from = least; from <= most; from *= 2) {
      ranges.add(from == 2 * from - 1 ? "" + from : from + "–" + (2 * from - 1));
    }
    CategoryChart chart =
        Style.bars(
            "Reviews of each user and item in " + statistics.name(),
            "reviews",
            "% of them",
            Style.WIDTH,
            Style.HEIGHT);
    chart.addSeries("users", ranges, shares(statistics.perUser(), least, ranges.size()));
    chart.addSeries("items", ranges, shares(statistics.perItem(), least, ranges.size()));
    return new Chart(chart);
  }

  private static int least(List<Count> counts) {
    return counts.stream().mapToInt(Count::value).min().orElse(1);
  }

  private static int most(List<Count> counts) {
    return counts.stream().mapToInt(Count::value).max().orElse(1);
  }

  private static List<Double> shares(List<Count> counts, int least, int bins) {
    double all = counts.stream().mapToInt(Count::count).sum();
    Double[] shares = new Double[bins];
    Arrays.fill(shares, 0.0);
    for (Count count : counts) {
      int bin = 31 - Integer.numberOfLeadingZeros(count.value() / least);
      shares[bin] += 100 * count.count() / all;
    }
    return List.of(shares);
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
