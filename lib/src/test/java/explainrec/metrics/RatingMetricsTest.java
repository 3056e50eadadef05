package explainrec.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RatingMetricsTest {
  private static final double TINY = 1e-12;

  /** Overall errors 1, 0, 2 (one prediction above 5, one below 1); two aspects. */
  private static RatingPredictions three() {
    return new RatingPredictions(
        new int[] {4, 7, 9},
        new float[] {5, 3, 2},
        new float[] {6, 3, 0},
        new float[][] {{1, 2, 3}, {5, 5, 5}},
        new float[][] {{2, 3, 4}, {5, 5, 2}});
  }

  @Test
  void errorsAreThoseWorkedOutByHand() {
    RatingMetrics metrics = RatingMetrics.of(three());
    assertEquals(3, metrics.rows());
    assertEquals(Math.sqrt(5.0 / 3), metrics.rmse(), TINY);
    assertEquals(1, metrics.mae(), TINY);
    assertArrayEquals(new double[] {1, Math.sqrt(3)}, metrics.aspectRmse(), TINY);
    assertArrayEquals(new double[] {1, 1}, metrics.aspectMae(), TINY);
  }

  @Test
  void meanAndDeviationAreOverAllAspects() {
    RatingMetrics metrics = RatingMetrics.of(three());
    assertEquals((1 + Math.sqrt(3)) / 2, metrics.aspectRmseMean(), TINY);
    assertEquals((Math.sqrt(3) - 1) / 2, metrics.aspectRmseSd(), TINY); // divided by 2, not by 1
    assertEquals(0, metrics.aspectMaeSd(), TINY);
  }

  @Test
  void clippingHoldsPredictionsBetweenOneAndFive() {
    RatingMetrics metrics = RatingMetrics.of(three(), true);
    assertEquals(Math.sqrt(1.0 / 3), metrics.rmse(), TINY); // 6 becomes 5, 0 becomes 1
    assertEquals(1.0 / 3, metrics.mae(), TINY);
  }

  @Test
  void namesStandInAFixedOrderAndEachHasItsNumber() {
    Map<String, Double> named = RatingMetrics.named(three(), List.of("palate", "taste"));
    assertEquals(
        List.of(
            "rmse",
            "mae",
            "aspect.rmse.mean",
            "aspect.rmse.sd",
            "aspect.mae.mean",
            "aspect.mae.sd",
            "rmse.clipped",
            "mae.clipped",
            "aspect.rmse.mean.clipped",
            "aspect.rmse.sd.clipped",
            "aspect.mae.mean.clipped",
            "aspect.mae.sd.clipped",
            "rmse.palate",
            "mae.palate",
            "rmse.taste",
            "mae.taste"),
        List.copyOf(named.keySet()));
    assertEquals(Math.sqrt(3), named.get("rmse.taste"), TINY);
    assertEquals(1.0 / 3, named.get("mae.clipped"), TINY);
  }

  @Test
  void aModelWithoutAspectsHasNoAspectNumbers() {
    RatingPredictions plain =
        new RatingPredictions(
            new int[] {0}, new float[] {3}, new float[] {4}, new float[0][], new float[0][]);
    assertEquals(
        List.of("rmse", "mae", "rmse.clipped", "mae.clipped"),
        List.copyOf(RatingMetrics.named(plain, List.of("taste")).keySet()));
    assertTrue(Double.isNaN(RatingMetrics.of(plain).aspectRmseMean()));
  }

  @Test
  void aMaskKeepsItsRowsInOrder() {
    RatingPredictions kept =
        RatingMetrics.where(three(), RatingMetrics.not(new boolean[] {false, true, false}));
    assertArrayEquals(new int[] {4, 9}, kept.rows());
    assertArrayEquals(new float[] {6, 0}, kept.overall());
    assertArrayEquals(new float[] {5, 2}, kept.aspects()[1]);
    assertEquals(Math.sqrt(2.5), RatingMetrics.of(kept).rmse(), TINY);
    assertThrows(
        IllegalArgumentException.class, () -> RatingMetrics.where(three(), new boolean[2]));
  }

  @Test
  void noRowsGiveNoNumber() {
    RatingPredictions none = RatingMetrics.where(three(), new boolean[3]);
    assertEquals(0, RatingMetrics.of(none).rows());
    assertTrue(Double.isNaN(RatingMetrics.of(none).rmse()));
    assertTrue(Double.isNaN(RatingMetrics.of(none).aspectMaeMean()));
  }

  @Test
  void rowErrorsOfAspectsAreAveragedInEachRow() {
    assertArrayEquals(new double[] {0.5, 0.5, 5}, RowErrors.SQUARED.aspects(three(), false), TINY);
    assertArrayEquals(new double[] {0.5, 0.5, 2}, RowErrors.ABSOLUTE.aspects(three(), false), TINY);
    assertArrayEquals(new double[] {1, 0, 2}, RowErrors.ABSOLUTE.overall(three(), false), TINY);
  }
}
