package explainrec.report;

import explainrec.data.InputException;
import explainrec.run.ExplanationResult;
import explainrec.run.ExplanationResult.Epoch;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What happens while a generator learns, and whether its reward is hacked. */
final class MmiCurves {
  static final int HEIGHT = 300;
  private static final int SMOOTHED = 30; // points of a line at most

  private MmiCurves() {}

  static Chart training(ExplanationResult run) {
    if (run.epochs().isEmpty()) {
      throw new InputException(run.title() + " has no epochs: it is not trained by gradient");
    }
    String title =
        run.title()
            + ExplanationVariant.of(run).words()
            + " on "
            + run.data().name()
            + ", seed "
            + run.seed();
    return run.steps().isEmpty() ? epochs(title, run) : steps(title, run.steps());
  }

  private static Chart epochs(String title, ExplanationResult run) {
    XYChart chart = Style.xy(title, "epoch", "nats a token", Style.WIDTH, Style.HEIGHT);
    double[] text = validation(run, "text");
    line(chart, "validation", epochs(run), text, Style.BLUE);
    if (run.bestEpoch() > 0) {
      double[] best = {run.bestEpoch()};
      XYSeries point =
          chart.addSeries(
              "kept: epoch " + run.bestEpoch(), best, new double[] {text[run.bestEpoch() - 1]});
      point.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      point.setMarker(SeriesMarkers.DIAMOND).setMarkerColor(Style.VERMILION);
    }
    chart.getStyler().setXAxisDecimalPattern("0").setYAxisDecimalPattern("0.0#");
    return new Chart(chart);
  }

  /** The numbers of a run's epochs. */
  static double[] epochs(ExplanationResult run) {
    return run.epochs().stream().mapToDouble(Epoch::epoch).toArray();
  }

  /** A score on validation rows after each epoch; NaN where it was not taken. */
  static double[] validation(ExplanationResult run, String score) {
    return run.epochs().stream()
        .mapToDouble(epoch -> epoch.validation().getOrDefault(score, Double.NaN))
        .toArray();
  }

  /**
   * Draws the log of fine-tuning.
   *
   * @param title above all
   * @param log name to one value a step, as {@link ExplanationResult#steps}
   */
  static Chart steps(String title, Map<String, double[]> log) {
    XYChart reward = panel("step", "reward, nats");
    add(reward, log, "reward", "reward", Style.BLUE);
    add(reward, log, "rewardRating", "of I(R;E)", Style.ORANGE);
    add(reward, log, "rewardFeature", "of I(F;E)", Style.GREEN);
    XYChart text = panel("step", "nats");
    add(text, log, "kl", "KL to the backbone", Style.VERMILION);
    add(text, log, "entropy", "entropy a token", Style.GREEN);
    XYChart weights = panel("step", "weight by DWA");
    add(weights, log, "weightMi", "MI", Style.BLUE);
    add(weights, log, "weightKl", "KL", Style.VERMILION);
    add(weights, log, "weightEntropy", "entropy", Style.GREEN);
    XYChart distinct = panel("step", "distinct samples / samples");
    add(distinct, log, "distinct", "distinct samples", Style.PURPLE);
    List<XYChart> panels =
        List.of(reward, text, weights, distinct).stream()
            .filter(chart -> !chart.getSeriesMap().isEmpty())
            .toList();
    int rows = (panels.size() + 1) / 2;
    return new Chart(new Panels(title, panels, 2, Style.WIDTH, 44 + rows * HEIGHT));
  }

  static XYChart panel(String x, String y) {
    XYChart chart = Style.xy("", x, y, Style.WIDTH / 2, HEIGHT);
    chart.getStyler().setChartTitleVisible(false).setChartPadding(8);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal).setLegendPadding(4);
    return chart;
  }

  private static void add(
      XYChart chart, Map<String, double[]> log, String key, String name, Color colour) {
    double[] values = log.getOrDefault(key, new double[0]);
    double[] steps = new double[values.length];
    Arrays.setAll(steps, step -> step + 1);
    line(chart, name, smooth(steps), smooth(values), colour);
  }

  /** Adds a line, a dot where there is one point only; nothing where there is no number. */
  static void line(XYChart chart, String name, double[] x, double[] y, Color colour) {
    if (Arrays.stream(y).anyMatch(Double::isFinite)) {
      XYSeries series = chart.addSeries(name, x, y);
      series.setMarker(x.length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
      series.setMarkerColor(colour).setLineColor(colour).setLineStyle(Style.LINE);
    }
  }

  /** Means of neighbouring steps, so that a line has few enough points to be read. */
  static double[] smooth(double[] values) {
    int width = Math.max(1, (values.length + SMOOTHED - 1) / SMOOTHED);
    int points = (values.length + width - 1) / width;
    double[] means = new double[points];
    for (int p = 0; p < points; p++) {
      int to = Math.min(values.length, (p + 1) * width);
      means[p] =
          Arrays.stream(values, p * width, to)
              .filter(Double::isFinite)
              .average()
              .orElse(Double.NaN);
    }
    return means;
  }

  static Chart rewardAgainstKl(ExplanationRuns runs) {
    List<ExplanationRuns.Group> tuned =
        runs.groups().stream().filter(g -> !g.runs().get(0).steps().isEmpty()).toList();
    if (tuned.isEmpty()) {
      throw new InputException("no rewards to draw: none of the runs is fine-tuned by MMI");
    }
    XYChart reward = panel("KL to the backbone, nats", "reward, nats");
    XYChart distinct = panel("KL to the backbone, nats", "distinct samples / samples");
    XYChart judged = panel("I(R;E) or I(F;E) by the reward model", "by the judge");
    XYChart text = panel("perplexity under the backbone", "USR");
    for (int g = 0; g < tuned.size(); g++) {
      ExplanationRuns.Group group = tuned.get(g);
      Color colour = Style.COLOURS[g % Style.COLOURS.length];
      path(reward, group, "reward", colour);
      path(distinct, group, "distinct", colour);
      ends(judged, group, rewarded(group, true), rewarded(group, false), colour);
      ends(text, group, ExplanationScore.PERPLEXITY, ExplanationScore.USR, colour);
    }
    for (XYChart chart : List.of(reward, distinct, judged)) {
      chart.getStyler().setLegendVisible(false);
    }
    text.getStyler().setLegendLayout(Styler.LegendLayout.Vertical);
    text.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    int height = 44 + 2 * (HEIGHT + 12 * tuned.size());
    return new Chart(
        new Panels(
            "Reward and what it costs, " + runs.dataset(),
            List.of(reward, distinct, judged, text),
            2,
            Style.WIDTH,
            height));
  }

  private static ExplanationScore rewarded(ExplanationRuns.Group group, boolean reward) {
    if (group.variant().alignsRating()) {
      return reward ? ExplanationScore.MI_RATING_REWARD : ExplanationScore.MI_RATING;
    }
    return reward ? ExplanationScore.MI_FEATURE_REWARD : ExplanationScore.MI_FEATURE;
  }

  /** The first seed's way from step to step. */
  private static void path(XYChart chart, ExplanationRuns.Group group, String key, Color colour) {
    Map<String, double[]> log = group.runs().get(0).steps();
    double[] kl = smooth(log.getOrDefault("kl", new double[0]));
    double[] values = smooth(log.getOrDefault(key, new double[0]));
    if (kl.length == values.length) {
      line(chart, group.title(), kl, values, colour);
    }
  }

  /** Where each seed ends. */
  private static void ends(
      XYChart chart,
      ExplanationRuns.Group group,
      ExplanationScore x,
      ExplanationScore y,
      Color colour) {
    List<double[]> ends = new ArrayList<>();
    for (ExplanationResult run : group.runs()) {
      double[] end = {x.of(run), y.of(run)};
      if (Double.isFinite(end[0]) && Double.isFinite(end[1])) {
        ends.add(end);
      }
    }
    if (!ends.isEmpty()) {
      XYSeries series =
          chart.addSeries(
              group.title(),
              ends.stream().mapToDouble(end -> end[0]).toArray(),
              ends.stream().mapToDouble(end -> end[1]).toArray());
      series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(colour);
    }
  }
}
