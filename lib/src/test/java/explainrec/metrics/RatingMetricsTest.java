package explainrec.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Errors worked out by hand. */
class RatingMetricsTest {
  /** Overall errors 1, -1, 2, 0; aspect errors (1, 1, 1, 1) and (3, 0, 0, 0). */
  private static RatingPredictions four() {
    return new RatingPredictions(
        new int[] {5, 7, 9, 11},
        new float[] {5, 3, 4, 2},
        new float[] {6, 2, 6, 2},
        new float[][] {{1, 2, 3, 4}, {1, 2, 3, 4}},
        new float[][] {{2, 3, 4, 5}, {4, 2, 3, 4}});
  }

  @Test
  void overallErrorsMatchHandWork() {
    RatingMetrics metrics = RatingMetrics.of(four());
    assertEquals(Math.sqrt(6 / 4.0), metrics.rmse(), 1e-12);
    assertEquals(1.0, metrics.mae(), 1e-12);
    assertEquals(4, metrics.rows());
  }

  @Test
  void clippingBringsPredictionsToOneToFiveFirst() {
    RatingMetrics metrics = RatingMetrics.of(four(), true); // 6 becomes 5: errors 0, -1, 1, 0
    assertEquals(Math.sqrt(2 / 4.0), metrics.rmse(), 1e-12);
    assertEquals(0.5, metrics.mae(), 1e-12);
  }

  @Test
  void deviationOverAspectsDividesByTheirNumber() {
    RatingMetrics metrics = RatingMetrics.of(four());
    assertArrayEquals(new double[] {1, 1.5}, metrics.aspectRmse(), 1e-12);
    assertArrayEquals(new double[] {1, 0.75}, metrics.aspectMae(), 1e-12);
    assertEquals(1.25, metrics.aspectRmseMean(), 1e-12);
    assertEquals(0.25, metrics.aspectRmseSd(), 1e-12);
    assertEquals(0.875, metrics.aspectMaeMean(), 1e-12);
    assertEquals(0.125, metrics.aspectMaeSd(), 1e-12);
  }

  @Test
  void aMaskKeepsItsRowsInEveryColumn() {
    RatingPredictions kept =
        RatingMetrics.where(four(), RatingMetrics.not(new boolean[] {true, false, true, false}));
    assertArrayEquals(new int[] {7, 11}, kept.rows());
    assertArrayEquals(new float[] {2, 2}, kept.overall());
    assertArrayEquals(new float[] {3, 5}, kept.aspects()[0]);
    assertArrayEquals(new float[] {2, 4}, kept.aspectTruth()[1]);
    assertEquals(Math.sqrt(0.5), RatingMetrics.of(kept).rmse(), 1e-12);
  }

  @Test
  void aMaskOfAnotherLengthIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> RatingMetrics.where(four(), new boolean[3]));
  }

  @Test
  void noRowsGiveNoNumber() {
    assertTrue(Double.isNaN(RatingMetrics.of(RatingMetrics.where(four(), new boolean[4])).rmse()));
  }

  @Test
  void rowErrorsAverageOverTheAspectsOfARow() {
    assertArrayEquals(
        new double[] {2, 0.5, 0.5, 0.5}, RowErrors.ABSOLUTE.aspects(four(), false), 1e-12);
    assertArrayEquals(
        new double[] {5, 0.5, 0.5, 0.5}, RowErrors.SQUARED.aspects(four(), false), 1e-12);
  }

  @Test
  void namedNumbersAgreeWithTheRecord() {
    var named = RatingMetrics.named(four(), List.of("rooms", "value"));
    assertEquals(Math.sqrt(1.5), named.get("rmse"), 1e-12);
    assertEquals(0.5, named.get("mae.clipped"), 1e-12);
    assertEquals(1.5, named.get("rmse.value"), 1e-12);
    assertEquals(0.25, named.get("aspect.rmse.sd"), 1e-12);
  }
}
