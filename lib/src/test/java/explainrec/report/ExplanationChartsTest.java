package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import explainrec.run.ExplanationResult;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

class ExplanationChartsTest {
  private static final List<ExplanationResult> STUDY = SampleExplanations.study(1, 2);

  private static ExplanationResult run(String model, String variant) {
    return STUDY.stream()
        .filter(run -> run.model().equals(model) && run.variant().equals(variant))
        .findFirst()
        .orElseThrow();
  }

  private static XYChart panel(Chart chart, int panel) {
    return (XYChart) ((Panels) chart.model()).panels().get(panel);
  }

  @Test
  void alignmentHasALaneForEachGeneratorThatWasAligned() {
    Chart chart = ExplanationCharts.alignment(STUDY);
    XYSeries after = panel(chart, 0).getSeriesMap().get(AlignmentChart.AFTER);
    ExplanationRuns runs = new ExplanationRuns(STUDY);
    double att2seq =
        runs.find("att2seq", "rating", List.of())
            .orElseThrow()
            .cell(ExplanationScore.MI_RATING)
            .value();
    assertEquals(3, after.getXData().length); // Att2Seq, PETER, PETER+ with both
    assertEquals(att2seq, after.getXData()[0], 1e-9);
    assertTrue(panel(chart, 0).getSeriesMap().containsKey("paper, after"));
    assertEquals(2, panel(chart, 2).getSeriesMap().get(AlignmentChart.AFTER).getXData().length);
    assertTrue(chart.image().getWidth() > 0);
  }

  @Test
  void seedsThatTakeOffAreALineEach() {
    List<ExplanationResult> runs = new ArrayList<>(STUDY);
    runs.addAll(SampleExplanations.kept(1, 2));
    Chart chart = ExplanationCharts.takeOff(runs);
    assertEquals(1, ((Panels) chart.model()).panels().size()); // of PETER there is only the paper's
    Map<String, XYSeries> lines = panel(chart, 0).getSeriesMap();
    assertEquals(
        Set.of(
            "Att2Seq + MMI(R;E)",
            "Att2Seq + MMI(R;E), seed 2",
            "Att2Seq + MMI(R;E), estimator kept",
            "Att2Seq + MMI(R;E), estimator kept, seed 2"),
        lines.keySet());
    ExplanationResult paper = run("att2seq", "mmi-rating");
    assertEquals(
        paper.epochs().get(0).validation().get("reward"),
        lines.get("Att2Seq + MMI(R;E)").getYData()[0],
        1e-12);
    assertTrue(chart.image().getWidth() > 0);
    assertThrows(InputException.class, () -> ExplanationCharts.takeOff(STUDY));
  }

  @Test
  void figureThreeHasFmrByTheFeaturesRank() {
    Chart chart = ExplanationCharts.features(STUDY, "apref2seq");
    CategoryChart estimated = (CategoryChart) ((Panels) chart.model()).panels().get(1);
    ExplanationRuns runs = new ExplanationRuns(STUDY);
    double top10 =
        runs.find("apref2seq", "feature", List.of())
            .orElseThrow()
            .seeds()
            .mean(new TopFeatures(10, true));
    Number drawn =
        estimated.getSeriesMap().get("ApRef2Seq + MMI(F;E)").getYData().iterator().next();
    assertEquals(top10, drawn.doubleValue(), 0.051);
    InputException missing =
        assertThrows(InputException.class, () -> ExplanationCharts.features(STUDY, "peter-plus"));
    assertTrue(missing.getMessage().contains("peter-plus"));
  }

  @Test
  void rewardIsDrawnAgainstKl() {
    Chart chart = ExplanationCharts.rewardAgainstKl(STUDY);
    XYSeries path = panel(chart, 0).getSeriesMap().get("Att2Seq + MMI(R;E)");
    double[] kl = run("att2seq", "mmi-rating").steps().get("kl");
    assertArrayEquals(MmiCurves.smooth(kl), path.getXData(), 1e-12);
    assertFalse(panel(chart, 0).getSeriesMap().containsKey("Att2Seq"), "backbones have no steps");
    assertEquals(2, panel(chart, 3).getSeriesMap().get("Att2Seq + MMI(R;E)").getXData().length);
    List<ExplanationResult> backbones = List.of(run("peter", "backbone"));
    assertThrows(InputException.class, () -> ExplanationCharts.rewardAgainstKl(backbones));
    assertTrue(chart.image().getHeight() > 0);
  }

  @Test
  void stepsAreAveragedUntilALineCanBeRead() {
    double[] values = new double[60];
    Arrays.setAll(values, n -> n);
    values[3] = Double.NaN;
    double[] smooth = MmiCurves.smooth(values);
    assertEquals(30, smooth.length);
    assertEquals(0.5, smooth[0]);
    assertEquals(2, smooth[1], "what is no number is left out of its mean");
    assertEquals(58.5, smooth[29]);
  }

  @Test
  void trainingShowsWhatStepsLogged() {
    Chart chart = ExplanationCharts.training(run("att2seq", "mmi-rating"));
    assertTrue(panel(chart, 0).getSeriesMap().containsKey("of I(R;E)"));
    assertFalse(panel(chart, 0).getSeriesMap().containsKey("of I(F;E)"), "there was none");
    Chart backbone = ExplanationCharts.training(run("att2seq", "backbone"));
    assertArrayEquals(
        new double[] {2.4, 2.3, 2.2},
        ((XYChart) backbone.model()).getSeriesMap().get("validation").getYData(),
        1e-9);
  }

  @Test
  void liveImagesComeAtMostThreeTimesASecondAndAfterEachEpoch() {
    List<BufferedImage> images = new ArrayList<>();
    AtomicLong clock = new AtomicLong();
    LiveMmi live = new LiveMmi("Att2Seq", images::add, clock::get);
    live.step(name -> name.equals("rewardFeature") ? Double.NaN : 0.5);
    live.step(name -> 0.6);
    assertEquals(1, images.size());
    clock.set(400_000_000L);
    live.sample("the room was clean", "the room was fine");
    live.step(name -> 0.7);
    assertEquals(2, images.size());
    assertTrue(images.get(1).getHeight() > images.get(0).getHeight(), "the sample stands below");
    live.accept(run("att2seq", "mmi-rating").epochs().get(0));
    assertEquals(3, images.size());
    live.finish();
    assertEquals(3, images.size(), "nothing is new");
    assertArrayEquals(
        new double[] {0.5, 0.6, 0.7},
        panel(live.chart(), 0).getSeriesMap().get("reward").getYData(),
        1e-12);
  }
}
