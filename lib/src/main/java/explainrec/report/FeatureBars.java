package explainrec.report;

import explainrec.data.InputException;
import explainrec.run.ExplanationResult;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.style.Styler;

/** FMR by how frequent the feature is: the appendix's Figure 3. */
final class FeatureBars {
  private static final int[] TOPS = {10, 20, 50, 100, 0};
  private static final int HEIGHT = 380;

  private FeatureBars() {}

  static Chart of(ExplanationRuns runs, String model) {
    ExplanationRuns.Group before =
        runs.find(model, ExplanationVariant.NONE, List.of()).orElse(null);
    ExplanationRuns.Group after = runs.find(model, "feature", List.of()).orElse(null);
    if (before == null || after == null) {
      throw new InputException(
          "Figure 3 needs runs of " + model + " without and with MMI(F;E); make both first");
    }
    List<CategoryChart> panels = new ArrayList<>();
    panels.add(panel("features extracted from the real explanation", before, after, false));
    if (before.runs().get(0).test().featureEstimated() != null) {
      panels.add(panel("features estimated from train", before, after, true));
    }
    String title = "FMR of " + before.title() + " on " + runs.dataset() + " by the feature's rank";
    return new Chart(new Panels(title, panels, panels.size(), Style.WIDTH, HEIGHT));
  }

  private static CategoryChart panel(
      String title, ExplanationRuns.Group before, ExplanationRuns.Group after, boolean estimated) {
    CategoryChart chart =
        Style.bars(title, "most frequent features", "FMR, %", Style.WIDTH / 2, HEIGHT);
    chart.getStyler().setChartTitleFont(Style.font(Font.BOLD, 13));
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(100.0).setYAxisDecimalPattern("0");
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    chart.getStyler().setLabelsVisible(true).setLabelsFontColorAutomaticEnabled(true);
    chart.addSeries(before.title(), names(), values(before, estimated)).setFillColor(Style.GREY);
    chart.addSeries(after.title(), names(), values(after, estimated)).setFillColor(Style.BLUE);
    return chart;
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    for (int top : TOPS) {
      names.add(top == 0 ? "all" : String.valueOf(top));
    }
    return names;
  }

  private static List<Double> values(ExplanationRuns.Group group, boolean estimated) {
    List<Double> values = new ArrayList<>();
    for (int top : TOPS) {
      Score<ExplanationResult> score = new TopFeatures(top, estimated);
      double mean = group.seeds().mean(score);
      values.add(Double.isNaN(mean) ? 0 : Math.round(10 * mean) / 10.0);
    }
    return values;
  }
}
