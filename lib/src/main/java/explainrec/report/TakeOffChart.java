package explainrec.report;

import explainrec.data.InputException;
import explainrec.run.ExplanationResult;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;

/** The validation reward of fine-tuning, epoch by epoch, a line a seed: which seeds take off? */
final class TakeOffChart {
  private static final int HEIGHT = 80; // with title and legend
  private static final int LINE = 24; // of the legend

  private TakeOffChart() {}

  static Chart of(ExplanationRuns runs) {
    List<XYChart> panels = new ArrayList<>();
    for (ExplanationRuns.Group kept : kept(runs)) {
      panels.add(panel(paper(runs, kept).orElseThrow(), kept));
    }
    if (panels.isEmpty()) {
      throw new InputException(
          "no rewards to compare: no generator is fine-tuned with mmiRefit=none and without");
    }
    int legend = 0;
    if (panels.size() > 1) { // names side by side would not fit
      panels.forEach(chart -> chart.getStyler().setLegendLayout(Styler.LegendLayout.Vertical));
      legend = LINE;
    }
    return new Chart(
        new Panels(
            "Reward on validation rows, a line a seed, " + runs.dataset(),
            panels,
            panels.size(),
            Style.WIDTH,
            HEIGHT + legend + MmiCurves.HEIGHT));
  }

  /** Whether there is anything to draw. */
  static boolean applies(ExplanationRuns runs) {
    return !kept(runs).isEmpty();
  }

  /** Generators fine-tuned with the estimators kept, and in the paper's way, too. */
  private static List<ExplanationRuns.Group> kept(ExplanationRuns runs) {
    return runs.groups().stream()
        .filter(group -> group.variant().changes().equals(AblationTables.REFIT))
        .filter(group -> paper(runs, group).isPresent())
        .toList();
  }

  private static Optional<ExplanationRuns.Group> paper(
      ExplanationRuns runs, ExplanationRuns.Group kept) {
    return runs.find(kept.model(), kept.variant().align(), List.of());
  }

  private static XYChart panel(ExplanationRuns.Group paper, ExplanationRuns.Group kept) {
    XYChart chart = MmiCurves.panel("epoch of fine-tuning", "reward, nats");
    lines(chart, paper, Style.VERMILION);
    lines(chart, kept, Style.BLUE);
    chart.getStyler().setXAxisDecimalPattern("0").setYAxisDecimalPattern("0.0#");
    return chart;
  }

  private static void lines(XYChart chart, ExplanationRuns.Group group, Color colour) {
    for (int seed = 0; seed < group.runs().size(); seed++) {
      ExplanationResult run = group.runs().get(seed);
      String name = seed == 0 ? group.title() : group.title() + ", seed " + run.seed();
      MmiCurves.line(
          chart, name, MmiCurves.epochs(run), MmiCurves.validation(run, "reward"), colour);
      XYSeries line = chart.getSeriesMap().get(name);
      if (line != null) {
        line.setShowInLegend(seed == 0);
      }
    }
  }
}
