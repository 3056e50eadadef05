package explainrec.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the data look like, as in the paper's Table 1 and the charts around it; ratings on 1..5.
 *
 * @param name the data set
 * @param aspects aspect names, A of them
 * @param rawUsers users before filtering
 * @param rawItems items before filtering
 * @param rawInteractions reviews before filtering
 * @param users users after filtering
 * @param items items after filtering
 * @param interactions reviews after filtering
 * @param density interactions / (users * items), 0..1
 * @param meanWords mean words of a text
 * @param medianWords median words of a text
 * @param words how many texts have how many words, by number of words
 * @param perUser how many users have how many reviews, by number of reviews
 * @param perItem how many items have how many reviews, by number of reviews
 * @param ratings one entry for {@code overall}, then one an aspect
 * @param correlation Pearson's correlations of the columns of {@code ratings}, (A+1, A+1); NaN
 *     where a column does not vary
 */
public record DataStatistics(
    String name,
    List<String> aspects,
    int rawUsers,
    int rawItems,
    int rawInteractions,
    int users,
    int items,
    int interactions,
    double density,
    double meanWords,
    double medianWords,
    List<Count> words,
    List<Count> perUser,
    List<Count> perItem,
    List<RatingColumn> ratings,
    double[][] correlation) {

  private static final int MAX_LEVELS = 50;

  /**
   * How often a number occurs.
   *
   * @param value the number
   * @param count how often
   */
  public record Count(int value, int count) {}

  /**
   * The ratings of one column.
   *
   * @param name {@code overall} or the aspect
   * @param mean their mean
   * @param sd their standard deviation (n - 1)
   * @param levels the ratings that occur, ascending; rounded to 0.1 when there are more than 50
   * @param counts how often each level occurs
   */
  public record RatingColumn(String name, double mean, double sd, double[] levels, int[] counts) {}

  /**
   * Describes filtered data.
   *
   * @param data the data
   * @param words words of each text, (N)
   * @param raw the counts before filtering
   * @return the statistics
   */
  static DataStatistics of(Interactions data, int[] words, FilterStep raw) {
    int n = data.size();
    int[] sorted = words.clone();
    Arrays.sort(sorted);
    double median = n == 0 ? 0 : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0;
    int[] perUser = new int[data.users().size()];
    int[] perItem = new int[data.items().size()];
    for (int row = 0; row < n; row++) {
      perUser[data.user(row)]++;
      perItem[data.item(row)]++;
    }
    int columns = data.aspects().size() + 1;
    List<RatingColumn> ratings = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      ratings.add(ratings(data, column));
    }
    return new DataStatistics(
        data.name(),
        data.aspects(),
        raw.users(),
        raw.items(),
        raw.rows(),
        perUser.length,
        perItem.length,
        n,
        (double) n / ((double) perUser.length * perItem.length),
        Arrays.stream(words).average().orElse(0),
        median,
        counts(words),
        counts(perUser),
        counts(perItem),
        ratings,
        correlation(data, ratings));
  }

  /**
   * Writes the statistics as JSON.
   *
   * @param file where to
   * @throws InputException when the place cannot be written to
   */
  public void save(Path file) {
    AtomicFiles.write(file, out -> out.write(PreparedFiles.JSON.writeValueAsBytes(this)));
  }

  private static float value(Interactions data, int row, int column) {
    return column == 0 ? data.overall(row) : data.aspect(row, column - 1);
  }

  private static List<Count> counts(int[] numbers) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int number : numbers) {
      counts.merge(number, 1, Integer::sum);
    }
    List<Count> list = new ArrayList<>();
    counts.forEach((value, count) -> list.add(new Count(value, count)));
    return list;
  }

  private static RatingColumn ratings(Interactions data, int column) {
    Map<Double, Integer> levels = new TreeMap<>();
    double sum = 0;
    for (int row = 0; row < data.size(); row++) {
      float value = value(data, row, column);
      sum += value;
      double rounded = Math.round(value * 1e4) / 1e4;
      if (levels.size() <= MAX_LEVELS || levels.containsKey(rounded)) {
        levels.merge(rounded, 1, Integer::sum);
      }
    }
    double mean = sum / data.size();
    double squares = 0;
    boolean many = levels.size() > MAX_LEVELS;
    Map<Double, Integer> tenths = new TreeMap<>();
    for (int row = 0; row < data.size(); row++) {
      float value = value(data, row, column);
      squares += (value - mean) * (value - mean);
      if (many) {
        tenths.merge(Math.round(value * 10) / 10.0, 1, Integer::sum);
      }
    }
    Map<Double, Integer> shown = many ? tenths : levels;
    return new RatingColumn(
        column == 0 ? "overall" : data.aspects().get(column - 1),
        mean,
        Math.sqrt(squares / Math.max(1, data.size() - 1)),
        doubles(shown.keySet()),
        shown.values().stream().mapToInt(Integer::intValue).toArray());
  }

  private static double[] doubles(Collection<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[][] correlation(Interactions data, List<RatingColumn> ratings) {
    int columns = ratings.size();
    double[][] sums = new double[columns][columns];
    double[] centred = new double[columns];
    for (int row = 0; row < data.size(); row++) {
      for (int a = 0; a < columns; a++) {
        centred[a] = value(data, row, a) - ratings.get(a).mean();
        for (int b = 0; b <= a; b++) {
          sums[a][b] += centred[a] * centred[b];
        }
      }
    }
    double[][] correlation = new double[columns][columns];
    for (int a = 0; a < columns; a++) {
      for (int b = 0; b <= a; b++) {
        double r = sums[a][b] / Math.sqrt(sums[a][a] * sums[b][b]);
        correlation[a][b] = a == b && sums[a][a] > 0 ? 1 : r;
        correlation[b][a] = correlation[a][b];
      }
    }
    return correlation;
  }
}
