package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import explainrec.run.ReviewResult;
import explainrec.run.WrittenReview;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

class ReviewChartsTest {
  private static final ReviewResult FOUR = SampleReviews.four("elixir", "ELIXIR", 7, 0);

  private static XYSeries series(org.knowm.xchart.internal.chartpart.Chart<?, ?> chart, String of) {
    return ((XYChart) chart).getSeriesMap().get(of);
  }

  private static double[] bars(Chart chart, String of) {
    return ((CategoryChart) chart.model())
        .getSeriesMap().get(of).getYData().stream().mapToDouble(Number::doubleValue).toArray();
  }

  @Test
  void curvesHoldEveryEpochAndMarkTheKeptOne() {
    var panels = ((Panels) ReviewCharts.curves(FOUR).model()).panels();
    assertArrayEquals(
        new double[] {3, 2.8, 2.6, 2.4, 2.2},
        series(panels.get(0), ReviewCurves.VALIDATION).getYData(),
        1e-12);
    assertArrayEquals(
        new double[] {2, 8, 12, 11, 10},
        series(panels.get(1), ReviewCurves.BLEU).getYData(),
        1e-12);
    assertArrayEquals(
        new double[] {3}, series(panels.get(1), "kept: BLEU 12.0, METEOR 24.0").getXData());
  }

  @Test
  void scoresStandBesideThePapers() {
    XYChart chart = (XYChart) ReviewCharts.scores(List.of(FOUR)).model();
    double[] means = series(chart, "ELIXIR, t5-mini").getXData();
    assertEquals(40, means[0], 1e-9);
    assertEquals(75.685, means[1], 1e-3);
    assertArrayEquals(
        new double[] {42.752, 33.544, 53.285, 37.878, 44.053, 90.686, 88.478, 89.554},
        series(chart, "ELIXIR, T5-small (paper, TripAdvisor)").getXData());
    double[] interval = series(chart, "ELIXIR, t5-mini METEOR").getXData();
    assertTrue(interval[0] < 40 && 40 < interval[1]);
    ReviewOptions bare = ReviewOptions.DEFAULT.withInterval(false).withPaper(false);
    assertEquals(2, ReviewCharts.scores(List.of(FOUR), bare).model().getSeriesMap().size());
  }

  @Test
  void withoutBertScoreItsLanesAreNotDrawn() {
    ReviewResult plain = SampleReviews.plain(FOUR);
    XYChart chart = (XYChart) ReviewCharts.scores(List.of(plain)).model();
    assertEquals(5, series(chart, "ELIXIR, t5-mini").getXData().length);
    ReviewCharts.scores(List.of(plain)).image();
  }

  @Test
  void barsAreSharesOfAllReviews() {
    // METEOR 10, 30, 30, 90 percent in steps of five; real lengths 4, 4, 4, 8 tokens.
    double[] meteor = bars(ReviewCharts.meteor(List.of(FOUR)), "ELIXIR, t5-mini");
    assertEquals(25, meteor[2], 1e-9);
    assertEquals(50, meteor[6], 1e-9);
    assertEquals(25, meteor[18], 1e-9);
    assertArrayEquals(
        new double[] {100}, bars(ReviewCharts.lengths(List.of(FOUR)), ReviewBars.REAL), 1e-9);
    assertArrayEquals(
        new double[] {44.4, 66.7, 75, 40},
        bars(ReviewCharts.content(List.of(FOUR)), "ELIXIR, t5-mini"),
        1e-9);
    assertThrows(
        InputException.class, () -> ReviewCharts.content(List.of(SampleReviews.plain(FOUR))));
  }

  @Test
  void anyNumberOfModelsIsDrawn() {
    List<ReviewResult> runs = new ArrayList<>();
    for (int models = 1; models <= 3; models++) {
      runs.add(SampleReviews.noisy("m" + models, "Model " + models, 1, 20, 0.2 * models));
      assertEquals(Style.WIDTH, ReviewCharts.scores(runs).image().getWidth());
      assertEquals(Style.WIDTH, ReviewCharts.meteor(runs).image().getWidth());
    }
  }

  @Test
  void theLiveImageGrowsByTheSampleAndKeepsItsSize() {
    List<BufferedImage> drawn = new ArrayList<>();
    AtomicLong clock = new AtomicLong();
    LiveReviews live = new LiveReviews("ELIXIR", 5, drawn::add, clock::get);
    live.sample(written("the the the"));
    assertEquals(0, drawn.size(), "there is no curve before the first epoch");
    live.accept(SampleReviews.epochs(0).get(0));
    assertEquals(1, drawn.size());
    clock.addAndGet(400_000_000);
    live.sample(written("A lovely stay. ".repeat(60)));
    live.accept(SampleReviews.epochs(0).get(1));
    assertEquals(2, drawn.size());
    live.accept(SampleReviews.epochs(0).get(2));
    assertEquals(2, drawn.size(), "the last image is too fresh");
    live.finish();
    live.finish();
    assertEquals(3, drawn.size());
    for (BufferedImage image : drawn) {
      assertEquals(drawn.get(0).getHeight(), image.getHeight());
      assertTrue(image.getHeight() > ReviewCurves.HEIGHT);
    }
  }

  private static WrittenReview written(String text) {
    return new WrittenReview(3, "guest-00001", "hotel-00002", "Lovely stay.", text);
  }

  @Test
  void withoutASampleTheLiveImageIsTheCurves() {
    LiveReviews live = new LiveReviews("ELIXIR", 0, image -> {});
    live.accept(SampleReviews.epochs(0).get(0));
    assertEquals(ReviewCurves.HEIGHT, live.image().getHeight());
  }

  @Test
  void theLiveImageShowsTheLastPlannedEpochAtOnceAndTheBestBleu() {
    List<BufferedImage> drawn = new ArrayList<>();
    LiveReviews live = new LiveReviews("ELIXIR", 5, drawn::add, () -> 0L);
    SampleReviews.epochs(0).forEach(live);
    assertEquals(2, drawn.size(), "the first and the last");
    var scores = ((Panels) live.chart().model()).panels().get(1);
    assertTrue(scores.getSeriesMap().containsKey("kept: BLEU 12.0, METEOR 24.0"));
    assertFalse(drawn.isEmpty());
  }

  @Test
  void longSamplesAreCutAtTheLastLine() {
    FontRenderContext context = new FontRenderContext(null, true, true);
    List<TextLayout> lines = SampleText.lines("many words ".repeat(200), 400, 5, context);
    assertEquals(5, lines.size());
    assertEquals(1, SampleText.lines("few words", 400, 5, context).size());
    assertEquals(List.of(), SampleText.lines("", 400, 5, context));
    lines.forEach(line -> assertTrue(line.getAdvance() <= 401, "" + line.getAdvance()));
  }
}
