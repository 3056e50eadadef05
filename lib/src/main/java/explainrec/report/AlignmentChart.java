package explainrec.report;

import explainrec.data.InputException;
import explainrec.run.ExplanationResult;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Alignment before and after MMI, a panel a score, a lane a generator. */
final class AlignmentChart {
  static final String BEFORE = "backbone";
  static final String AFTER = "with MMI";
  private static final double OFFSET = 0.14;
  private final ExplanationRuns runs;

  /**
   * Prepares the chart.
   *
   * @param runs of one data set
   */
  AlignmentChart(List<ExplanationResult> runs) {
    this.runs = new ExplanationRuns(runs);
  }

  /** A backbone and what MMI made of it. */
  private record Pair(ExplanationRuns.Group before, ExplanationRuns.Group after) {
    Optional<Double> published(boolean mmi, ExplanationScore score) {
      String align = mmi ? after.variant().align() : ExplanationVariant.NONE;
      return MmiPaper.MMI.value(after.model(), align, List.of(), score.key());
    }
  }

  Chart chart() {
    List<XYChart> panels = new ArrayList<>();
    List<Pair> rating = pairs(true);
    List<Pair> feature = pairs(false);
    int most = Math.max(rating.size(), feature.size());
    int height = 130 + 46 * most;
    if (!rating.isEmpty()) {
      panels.add(panel(ExplanationScore.MI_RATING, rating, height));
      panels.add(panel(ExplanationScore.SENTIMENT_5, rating, height));
    }
    if (!feature.isEmpty()) {
      panels.add(panel(ExplanationScore.MI_FEATURE, feature, height));
      panels.add(panel(ExplanationScore.FMR, feature, height));
    }
    if (panels.isEmpty()) {
      throw new InputException("no alignment to draw: none of the runs is MMI beside its backbone");
    }
    String title = "Alignment before and after MMI on " + runs.dataset();
    int rows = panels.size() / 2;
    return new Chart(new Panels(title, panels, 2, Style.WIDTH, 44 + rows * height));
  }

  private List<Pair> pairs(boolean rating) {
    List<Pair> pairs = new ArrayList<>();
    for (ExplanationRuns.Group after : runs.groups()) {
      ExplanationVariant v = after.variant();
      boolean aligned = rating ? v.alignsRating() : v.alignsFeature();
      Optional<ExplanationRuns.Group> before = runs.backbone(after);
      if (aligned && v.changes().isEmpty() && v.tag().isEmpty() && before.isPresent()) {
        pairs.add(new Pair(before.get(), after));
      }
    }
    return pairs;
  }

  private static XYChart panel(ExplanationScore score, List<Pair> pairs, int height) {
    XYChart chart = Style.xy("", score.title() + ", by the judge", "", Style.WIDTH / 2, height);
    chart.getStyler().setChartTitleVisible(false).setChartPadding(8);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal).setLegendPadding(4);
    List<String> names = pairs.stream().map(pair -> pair.before().title() + both(pair)).toList();
    Dots dots = new Dots(chart, names);
    side(dots, score, pairs, false);
    side(dots, score, pairs, true);
    dots.axes(110);
    chart.getStyler().setXAxisDecimalPattern(score.decimals() == 1 ? "0" : "0.00");
    return chart;
  }

  private static String both(Pair pair) {
    return pair.after().variant().align().equals("both") ? ", both" : "";
  }

  private static void side(Dots dots, ExplanationScore score, List<Pair> pairs, boolean mmi) {
    Color colour = mmi ? Style.BLUE : Style.GREY;
    String name = mmi ? AFTER : BEFORE;
    double[] means = new double[pairs.size()];
    double[] places = new double[pairs.size()];
    List<double[]> published = new ArrayList<>();
    for (int k = 0; k < means.length; k++) {
      Pair pair = pairs.get(k);
      ExplanationRuns.Group group = mmi ? pair.after() : pair.before();
      double place = dots.place(k) + (mmi ? -OFFSET : OFFSET);
      means[k] = group.seeds().mean(score);
      places[k] = place;
      dots.interval(name + " " + k, group.seeds().interval(score), place, colour);
      pair.published(mmi, score).ifPresent(value -> published.add(new double[] {value, place}));
    }
    if (!published.isEmpty()) {
      Marker hollow = new Hollow();
      double[] x = published.stream().mapToDouble(mark -> mark[0]).toArray();
      double[] y = published.stream().mapToDouble(mark -> mark[1]).toArray();
      dots.points(name + ", paper", x, y, colour, hollow);
    }
    dots.points(name, means, places, colour, SeriesMarkers.CIRCLE);
  }
}
