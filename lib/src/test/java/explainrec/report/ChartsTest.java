package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import explainrec.metrics.RatingMetrics;
import explainrec.run.RunResult;
import explainrec.run.RunResult.Epoch;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

class ChartsTest {
  @TempDir Path folder;

  private static XYSeries series(Chart chart, String name) {
    return ((XYChart) chart.model()).getSeriesMap().get(name);
  }

  @Test
  void curvesHoldEveryEpochAndMarkTheBest() {
    Chart chart = Charts.curves(SampleRuns.study(42).get(2));
    assertArrayEquals(new double[] {1, 2, 3, 4, 5}, series(chart, CurveCharts.OVERALL).getXData());
    assertArrayEquals(
        new double[] {1.1, 0.9, 0.8, 0.82, 0.85}, series(chart, CurveCharts.OVERALL).getYData());
    assertArrayEquals(
        new double[] {1.4, 0.7, 1.4 / 3, 0.35, 0.28},
        series(chart, CurveCharts.LOSS).getYData(),
        1e-12);
    assertArrayEquals(new double[] {3}, series(chart, "best: 0.800, epoch 3").getXData());
  }

  @Test
  void aModelWithoutAspectsHasNoAspectCurve() {
    Epoch epoch = new Epoch(1, 1, 1, Double.NaN, 0.9, Double.NaN, 1);
    assertFalse(
        CurveCharts.curves("plain", List.of(epoch), 1, 0)
            .model()
            .getSeriesMap()
            .containsKey(CurveCharts.ASPECTS));
  }

  @Test
  void aModelWithoutEpochsHasNoCurves() {
    RunResult average = SampleRuns.study(42).get(0);
    assertThrows(InputException.class, () -> Charts.curves(average));
    assertThrows(InputException.class, () -> Charts.validation(List.of(average)));
  }

  @Test
  void validationIsTheMeanOverSeeds() {
    Chart chart = Charts.validation(SampleRuns.study(1, 3)); // shifted by 0.001 and 0.003
    assertArrayEquals(
        new double[] {1.102, 0.902, 0.802, 0.822, 0.852},
        series(chart, "ELIXIR").getYData(),
        1e-12);
    assertFalse(chart.model().getSeriesMap().containsKey("Average"));
  }

  @Test
  void ratingsShowTheMeansOfTheTable() {
    List<RunResult> runs = SampleRuns.study(1, 2);
    XYSeries means = series(Charts.overallRatings(runs), RatingCharts.MEAN);
    double elixir =
        runs.stream()
            .filter(run -> run.model().equals("elixir"))
            .mapToDouble(run -> RatingMetrics.of(run.test()).rmse())
            .average()
            .orElseThrow();
    assertEquals(elixir, means.getXData()[2], 1e-12);
    assertArrayEquals(
        new double[] {0.932, 0.748, 0.771, 0.865},
        series(Charts.overallRatings(runs), "paper, TripAdvisor").getXData());
  }

  @Test
  void anyNumberOfModelsIsDrawn() {
    List<RunResult> all = SampleRuns.study(1);
    for (int models = 1; models <= all.size(); models++) {
      BufferedImage image = Charts.overallRatings(all.subList(0, models)).image();
      assertEquals(Style.WIDTH, image.getWidth());
    }
  }

  @Test
  void filesHoldTheWholeChart() throws IOException {
    Chart chart = Charts.curves(SampleRuns.study(42).get(2));
    chart.writePng(folder.resolve("charts/curves.png"));
    chart.writeSvg(folder.resolve("charts/curves.svg"));
    BufferedImage image = ImageIO.read(folder.resolve("charts/curves.png").toFile());
    assertEquals(Style.WIDTH, image.getWidth());
    assertEquals(Style.HEIGHT, image.getHeight());
    int[] pixels = image.getRGB(0, 0, Style.WIDTH, Style.HEIGHT, null, 0, Style.WIDTH);
    assertTrue(java.util.Arrays.stream(pixels).distinct().count() > 10, "something is drawn");
    assertTrue(Files.readString(folder.resolve("charts/curves.svg")).contains("</svg>"));
    assertTrue(chart.html().startsWith("<img alt=\"ELIXIR on world, seed 42\""));
  }

  @Test
  void liveCurvesSkipEpochsThatComeTooFastButNeverTheLast() {
    List<BufferedImage> drawn = new ArrayList<>();
    AtomicLong clock = new AtomicLong();
    LiveCurves live = new LiveCurves("ELIXIR", 5, drawn::add, clock::get);
    List<Epoch> epochs = SampleRuns.epochs(0);
    live.accept(epochs.get(0));
    assertEquals(1, drawn.size());
    clock.addAndGet(100_000_000);
    live.accept(epochs.get(1));
    assertEquals(1, drawn.size(), "0.1 s later is too soon");
    clock.addAndGet(250_000_000);
    live.accept(epochs.get(2));
    assertEquals(2, drawn.size());
    live.accept(epochs.get(3));
    assertEquals(2, drawn.size());
    live.accept(epochs.get(4));
    assertEquals(3, drawn.size(), "the planned last epoch is drawn at once");
    live.finish();
    assertEquals(3, drawn.size(), "nothing new to draw");
    assertArrayEquals(new double[] {3}, series(live.chart(), "best: 0.800, epoch 3").getXData());
  }

  @Test
  void trainingThatEndsEarlyIsDrawnByFinish() {
    List<BufferedImage> drawn = new ArrayList<>();
    LiveCurves live = new LiveCurves("ELIXIR", 50, drawn::add, () -> 0);
    SampleRuns.epochs(0).forEach(live);
    assertEquals(1, drawn.size());
    live.finish();
    assertEquals(2, drawn.size());
  }
}
