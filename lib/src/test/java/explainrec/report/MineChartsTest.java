package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import explainrec.run.MineResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;

/** Charts and the table of the estimator's study, from a result made by hand. */
final class MineChartsTest {
  private static MineResult result() {
    return new MineResult(
        MineResult.KIND,
        1,
        "quick",
        42,
        Map.of(),
        List.of(),
        "world",
        "abc",
        Map.of(),
        "cpu",
        "encoder, 123",
        List.of(
            new MineResult.Gaussian("dv", 0, 0, 0.01, 1),
            new MineResult.Gaussian("dv", 0.8, 0.5108, 0.5, 1),
            new MineResult.Gaussian("nwj", 0.8, 0.5108, 0.4, 1)),
        List.of(
            new MineResult.Curve("I(R;E)", 0.083, new double[] {0, 0.1}, new double[] {0, 0.05}),
            new MineResult.Curve("other", Double.NaN, new double[] {1}, new double[0])),
        List.of(
            new MineResult.Estimate("I(R;E)", "real", 0.06, 0.04, 0.08, 1.2, 0.083, 100),
            new MineResult.Estimate("I(F;E)", "real", 3, 2.9, 3.1, 4, Double.NaN, 90)),
        0.4,
        0.7,
        10);
  }

  @Test
  void estimatesStandBesideTheTrueCurve() {
    XYChart chart = (XYChart) MineCharts.gaussians(result()).model();
    assertEquals(Set.of("truth", "Donsker-Varadhan (MINE)", "NWJ"), chart.getSeriesMap().keySet());
    double[] rho = chart.getSeriesMap().get("truth").getXData();
    double[] truth = chart.getSeriesMap().get("truth").getYData();
    int last = rho.length - 1;
    assertEquals(0.95, rho[last], 1e-9);
    assertEquals(1.164, truth[last], 1e-3);
    assertArrayEquals(
        new double[] {0.01, 0.5}, chart.getSeriesMap().get("Donsker-Varadhan (MINE)").getYData());
  }

  @Test
  void curvesShowWhatIsHeldOutAndTheTruthOnlyWhereItIsKnown() {
    XYChart known = (XYChart) MineCharts.curves("title", result(), List.of("I(R;E)")).model();
    assertEquals(
        Set.of("I(R;E), training", "I(R;E), held out", "truth: 0.083"),
        known.getSeriesMap().keySet());
    XYChart unknown = (XYChart) MineCharts.curves("title", result(), List.of("other")).model();
    assertEquals(Set.of("other"), unknown.getSeriesMap().keySet());
    assertThrows(InputException.class, () -> MineCharts.curves("title", result(), List.of("none")));
  }

  @Test
  void theTableHasTheShareOfTheEntropyAndNamesTheEncoder() {
    ResultTable table = MineCharts.estimates(result());
    assertEquals("0.050", table.rows().get(0).get(6));
    assertEquals(Column.DASH, table.rows().get(1).get(4));
    assertTrue(table.notes().get(0).contains("encoder, 123"));
  }
}
