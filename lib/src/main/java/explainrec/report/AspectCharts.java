package explainrec.report;

import explainrec.data.InputException;
import explainrec.metrics.TSne;
import explainrec.run.AspectResult;
import explainrec.run.AspectResult.Side;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;

/** What rating modules make of aspects, drawn from their {@code aspects.json} files. */
public final class AspectCharts {
  private static final double PERPLEXITY = 30;

  private AspectCharts() {}

  /**
   * The paper's Figure 3: aspect vectors of users in the plane, coloured by aspect; by principal
   * components, and by t-SNE.
   *
   * @param run any
   * @return two panels
   */
  public static Chart projection(AspectResult run) {
    double[][] points = points(run); // (A n, k), aspect by aspect
    double[] shares = run.vectors().shares();
    String first =
        String.format(
            Locale.ROOT,
            "Principal components (%.0f%% and %.0f%% of the variance)",
            100 * shares[0],
            shares.length > 1 ? 100 * shares[1] : 0);
    List<XYChart> panels =
        List.of(
            panel(first, points, run.data().aspects()),
            panel("t-SNE", TSne.map(points, PERPLEXITY), run.data().aspects()));
    String title =
        String.format(
            Locale.ROOT,
            "Aspect vectors of %d users: %s on %s, seed %d",
            run.vectors().users().length,
            run.title(),
            run.data().name(),
            run.seed());
    return new Chart(new Panels(title, panels, 2, Style.WIDTH + 100, 520));
  }

  private static double[][] points(AspectResult run) {
    return Arrays.stream(run.vectors().components())
        .flatMap(Arrays::stream)
        .map(AspectCharts::doubles)
        .toArray(double[][]::new);
  }

  private static XYChart panel(String title, double[][] points, List<String> aspects) {
    XYChart chart = Style.xy(title, "", "", (Style.WIDTH + 100) / 2, 476);
    chart.getStyler().setChartPadding(8).setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal).setLegendPadding(4);
    chart.getStyler().setChartTitleFont(Style.font(java.awt.Font.PLAIN, 14));
    chart.getStyler().setLegendFont(Style.font(java.awt.Font.PLAIN, 12));
    chart.getStyler().setAxisTicksVisible(false);
    int users = points.length / aspects.size();
    for (int a = 0; a < aspects.size(); a++) {
      double[] x = new double[users];
      double[] y = new double[users];
      for (int u = 0; u < users; u++) {
        x[u] = points[a * users + u][0];
        y[u] = points[a * users + u].length > 1 ? points[a * users + u][1] : 0;
      }
      XYSeries dots = chart.addSeries(aspects.get(a), x, y);
      dots.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      Color colour = Style.COLOURS[a % Style.COLOURS.length];
      dots.setMarker(Style.SMALL);
      dots.setMarkerColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 190));
    }
    return chart;
  }

  /**
   * How far the aspects lie apart: of all pairs of a vector and its nearest other vector, the share
   * of the same aspect.
   *
   * @param run any
   * @return 0..1; 1 / |A| is chance, 1 complete separation
   */
  public static double separation(AspectResult run) {
    double[][] points = points(run);
    int users = run.vectors().users().length;
    int same = 0;
    for (int i = 0; i < points.length; i++) {
      int nearest = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int j = 0; j < points.length; j++) {
        double square = j == i ? Double.POSITIVE_INFINITY : square(points[i], points[j]);
        nearest = square < least ? j : nearest;
        least = Math.min(square, least);
      }
      same += nearest >= 0 && nearest / users == i / users ? 1 : 0;
    }
    return (double) same / points.length;
  }

  private static double square(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (a[k] - b[k]) * (a[k] - b[k]);
    }
    return sum;
  }

  /**
   * Attention of users against what is true of them.
   *
   * @param run with attention, of the generated world
   * @return a dot a user and aspect
   * @throws InputException when nothing is known to be true
   */
  public static Chart importance(AspectResult run) {
    Side users = run.users();
    if (users == null || users.truth() == null) {
      throw new InputException(
          run.title()
              + " on "
              + run.data().name()
              + ": true importance is known of models with attention on the generated world only");
    }
    return AttentionCharts.importance(
        "Users of " + run.data().name() + ", " + run.title() + ", seed " + run.seed(),
        run.data().aspects(),
        doubles(users.attention()),
        doubles(users.truth()));
  }

  /**
   * Table 6 as a picture: attention of one test pair's user and item, and the user's true
   * importance where it is known.
   *
   * @param run with attention
   * @param pair which of its pairs, from 0
   * @return two groups of bars
   * @throws InputException when the model has no attention
   */
  public static Chart pair(AspectResult run, int pair) {
    AspectResult.Pair one = run.pairs().get(pair);
    if (one.userAttention() == null) {
      throw new InputException(run.title() + " has no attention");
    }
    return AttentionCharts.pair(
        "Test row " + one.row() + " of " + run.data().name() + ", " + run.title(),
        run.data().aspects(),
        doubles(one.userAttention()),
        one.importance() == null ? null : doubles(one.importance()),
        doubles(one.itemAttention()),
        null);
  }

  static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int k = 0; k < wide.length; k++) {
      wide[k] = values[k];
    }
    return wide;
  }

  static double[][] doubles(float[][] values) {
    return Arrays.stream(values).map(AspectCharts::doubles).toArray(double[][]::new);
  }
}
