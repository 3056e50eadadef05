package explainrec.report;

import explainrec.data.InputException;
import explainrec.run.ExplanationResult;
import explainrec.run.ExplanationResult.Epoch;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The validation reward of fine-tuning, epoch by epoch, a line a seed: which seeds take off? */
final class TakeOffChart {
  private static final List<String> KEPT = List.of("noRefit");
  private static final int HEIGHT = 80; // with title and legend

  private static final int LINE = 24; // of the legend

  private TakeOffChart() {}

  static Chart of(ExplanationRuns runs) {
    List<XYChart> panels = new ArrayList<>();
    for (ExplanationRuns.Group kept : runs.groups()) {
      if (kept.variant().changes().equals(KEPT)) {
        runs.find(kept.model(), kept.variant().align(), List.of())
            .ifPresent(paper -> panels.add(panel(paper, kept)));
      }
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
      double[] x = run.epochs().stream().mapToDouble(Epoch::epoch).toArray();
      double[] y =
          run.epochs().stream()
              .mapToDouble(epoch -> epoch.validation().getOrDefault("reward", Double.NaN))
              .toArray();
      if (x.length == 0) {
        continue;
      }
      String name = seed == 0 ? group.title() : group.title() + ", seed " + run.seed();
      XYSeries line = chart.addSeries(name, x, y);
      line.setMarker(SeriesMarkers.NONE).setLineColor(colour).setLineStyle(Style.LINE);
      line.setShowInLegend(seed == 0);
    }
  }
}
