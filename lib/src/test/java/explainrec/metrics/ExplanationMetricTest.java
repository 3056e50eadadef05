package explainrec.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.metrics.Statistics.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class ExplanationMetricTest {
  private static final List<String> FEATURES = List.of("room", "staff", "pool");

  private record Parts(double[] joint, double[] marginal) implements ExplanationRows.BoundParts {}

  private record Rows(
      double[] real,
      double[] predicted,
      int[] rating,
      int[] sentiment,
      Parts judgeRating,
      Parts rewardRating,
      Parts judgeFeature,
      Parts rewardFeature,
      int[] feature,
      boolean[] named,
      int[][] features,
      int[] sentence,
      int[] words,
      int[][] bleuCounts,
      double[] rouge1,
      double[] rouge2,
      double[] rougeL,
      double[] backboneLogLikelihood,
      int[] tokens,
      int[] polarity)
      implements ExplanationRows {}

  private static final List<List<String>> REAL =
      List.of(
          List.of("the", "room", "was", "clean"),
          List.of("rude", "staff"),
          List.of("a", "lovely", "pool", "and", "room"),
          List.of("staff", "was", "fine"));
  private static final List<List<String>> WRITTEN =
      List.of(
          List.of("the", "room", "was", "great"),
          List.of("the", "room", "was", "great"),
          List.of("a", "lovely", "pool", "and", "staff"),
          List.of("staff", "was", "fine"));
  private static final List<String> TARGETS = List.of("room", "staff", "pool", "staff");

  private static Rows rows() {
    int size = REAL.size();
    double[][] rouge = new double[3][size];
    int[][] counts = new int[size][];
    int[][] features = new int[size][];
    boolean[] named = new boolean[size];
    for (int n = 0; n < size; n++) {
      rouge[0][n] = 100 * PeterMetrics.rougeN(REAL.get(n), WRITTEN.get(n), 1);
      rouge[1][n] = 100 * PeterMetrics.rougeN(REAL.get(n), WRITTEN.get(n), 2);
      rouge[2][n] = 100 * PeterMetrics.rougeL(REAL.get(n), WRITTEN.get(n));
      counts[n] = Bleu.counts(REAL.get(n), WRITTEN.get(n));
      List<String> words = WRITTEN.get(n);
      features[n] = IntStream.range(0, 3).filter(f -> words.contains(FEATURES.get(f))).toArray();
      named[n] = words.contains(TARGETS.get(n));
    }
    return new Rows(
        new double[] {5, 1, 4, 3},
        new double[] {6, 2, 4, 2.5},
        new int[] {4, 1, 3, 2},
        new int[] {4, 4, 4, 2},
        new Parts(new double[] {1, 2, 1, 0}, new double[] {0, 0, 0, 0}),
        null,
        new Parts(new double[] {3, 1, Double.NaN, 2}, new double[] {0, Math.log(3), Double.NaN, 0}),
        null,
        new int[] {0, 1, 2, 1},
        named,
        features,
        new int[] {0, 0, 1, 2},
        new int[] {4, 4, 5, 3},
        counts,
        rouge[0],
        rouge[1],
        rouge[2],
        new double[] {-4, -2, -6, -3},
        new int[] {5, 5, 6, 4},
        new int[] {2, 2, 2, 0});
  }

  @Test
  void textNumbersAreThoseOfPetersMetrics() {
    PeterMetrics peter = PeterMetrics.of(REAL, WRITTEN, TARGETS, FEATURES);
    Map<String, Double> named = ExplanationMetrics.named(rows(), 3, null);
    assertEquals(peter.bleu1(), named.get("bleu1"), 1e-12);
    assertEquals(peter.bleu4(), named.get("bleu4"), 1e-12);
    assertEquals(peter.rouge1(), named.get("rouge1"), 1e-12);
    assertEquals(peter.rouge2(), named.get("rouge2"), 1e-12);
    assertEquals(peter.rougeL(), named.get("rougeL"), 1e-12);
    assertEquals(peter.usr(), named.get("usr"), 1e-12);
    assertEquals(peter.div(), named.get("div"), 1e-12);
    assertEquals(peter.fcr(), named.get("fcr"), 1e-12);
    assertEquals(peter.fmr(), named.get("fmr"), 1e-12);
    assertEquals(4, named.get("words"), 1e-12);
    assertTrue(named.get("bleu4") > 0, "a fixture without four words in common shows nothing");
  }

  @Test
  void ratingErrorsAreOfClippedPredictions() {
    Map<String, Double> named = ExplanationMetrics.named(rows(), 3, null);
    // 6 counts as 5: misses 0, 1, 0, -0.5
    assertEquals(Math.sqrt(1.25 / 4), named.get("rmse"), 1e-12);
    assertEquals(1.5 / 4, named.get("mae"), 1e-12);
  }

  @Test
  void alignmentIsCountedInNatsAndShares() {
    Map<String, Double> named = ExplanationMetrics.named(rows(), 3, null);
    assertEquals(Math.log(4), named.get("entropyRating"), 1e-12); // four classes, one row each
    assertEquals(1, named.get("miRating"), 1e-12); // mean 1 - log mean exp 0
    assertEquals(1 / Math.log(4), named.get("miRatingShare"), 1e-12);
    // the row without a feature is left out: mean(3, 1, 2) - log((1 + 3 + 1) / 3)
    assertEquals(2 - Math.log(5.0 / 3), named.get("miFeature"), 1e-12);
    assertEquals(0.5, named.get("sentiment5"), 1e-12);
    assertEquals(0.75, named.get("sentiment2"), 1e-12); // 2 stars read as 5 is the one miss
    assertEquals(Math.exp(15.0 / 20), named.get("perplexity"), 1e-12);
    assertFalse(named.containsKey("miRatingReward"));
  }

  @Test
  void whereAllRatingsAreTheSameThereIsNoShareOfTheirEntropy() {
    Rows rows = rows();
    // Only the first row counts: one rating, whose entropy is 0.
    assertTrue(Double.isNaN(ExplanationMetric.MI_RATING_SHARE.of(rows, new int[] {3, 0, 0, 0})));
  }

  @Test
  void theTruthIsComparedWithTheLikeliestPolarityAtTheRating() {
    Map<String, Double> named =
        ExplanationMetrics.named(rows(), 3, new int[] {0, 0, 1, 2, 2}); // 1..5 stars
    assertEquals(0.5, named.get("truePolarity"), 1e-12);
    // R has four values, the polarity is known from it: I = H(polarity) of shares 3/4 and 1/4
    double entropy = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
    assertEquals(entropy, named.get("trueMiRating"), 1e-12);
  }

  @Test
  void everyMetricOfDrawnRowsIsThatOfTheRowsWrittenOut() {
    Rows rows = rows();
    int[] counts = {0, 2, 1, 0}; // rows 1, 1, 2
    assertEquals(
        100
            * Bleu.of(
                    List.of(REAL.get(1), REAL.get(1), REAL.get(2)),
                    List.of(WRITTEN.get(1), WRITTEN.get(1), WRITTEN.get(2)),
                    4)
                .score(),
        ExplanationMetric.BLEU_4.of(rows, counts),
        1e-12);
    assertEquals(2.0 / 3, ExplanationMetric.USR.of(rows, counts), 1e-12);
    // features: room, room, {staff, pool}: one pair of three shares one
    assertEquals(1.0 / 3, ExplanationMetric.DIV.of(rows, counts), 1e-12);
    assertEquals(Math.sqrt(2.0 / 3), ExplanationMetric.RMSE.of(rows, counts), 1e-12);
    assertEquals(5.0 / 3, ExplanationMetric.MI_RATING.of(rows, counts), 1e-12);
    assertEquals(1.0 / 3, ExplanationMetric.FMR.of(rows, counts), 1e-12);
    assertEquals(Math.exp(10.0 / 16), ExplanationMetric.PERPLEXITY.of(rows, counts), 1e-12);
  }

  @Test
  void onlyMeansHaveOneValueARow() {
    assertArrayEquals(new double[] {1, 0, 1, 1}, ExplanationMetric.FMR.rows(rows()), 1e-12);
    assertNull(ExplanationMetric.MI_RATING.rows(rows()));
    assertNull(ExplanationMetric.USR.rows(rows()));
  }

  @Test
  void mutualInformationByCounting() {
    int[] x = {0, 0, 1, 1};
    int[] once = {1, 1, 1, 1};
    assertEquals(Math.log(2), Information.mutual(x, new int[] {7, 7, -1, -1}, once), 1e-12);
    assertEquals(0, Information.mutual(x, new int[] {0, 1, 0, 1}, once), 1e-12);
    assertEquals(
        Information.mutual(new int[] {0, 0, 0, 1}, new int[] {0, 0, 1, 1}, once),
        Information.mutual(new int[] {0, 0, 1}, new int[] {0, 1, 1}, new int[] {2, 1, 1}),
        1e-12);
    assertTrue(Double.isNaN(Information.entropy(x, new int[4])));
  }

  @Test
  void theBoundOfLargeValuesDoesNotOverflow() {
    Parts parts = new Parts(new double[] {1000, 1002}, new double[] {1000, 1000});
    assertEquals(1, Information.bound(parts, new int[] {1, 1}), 1e-9);
    assertTrue(Double.isNaN(Information.bound(parts, new int[] {0, 0})));
  }

  @Test
  void halvesOfAMeanSpreadAsTheMeanDoes() {
    double[] values = IntStream.range(0, 400).mapToDouble(n -> Math.sin(n) + 0.1).toArray();
    double mean = Statistics.mean(values);
    Resampled halves =
        Resampled.halves(400, counts -> Statistics.weightedMean(values, counts), 2000, 1);
    double error = Statistics.sampleSd(values) / Math.sqrt(400);
    Interval interval = halves.interval();
    assertEquals(mean, Statistics.mean(halves.values()), 1e-12);
    assertEquals(2 * 1.96 * error, interval.high() - interval.low(), 0.15 * error * 2 * 1.96);
    assertEquals(mean, (interval.low() + interval.high()) / 2, 0.2 * error);
  }

  @Test
  void halvesTellADifferenceFromNone() {
    double[] more = IntStream.range(0, 100).mapToDouble(n -> 1 + n % 3).toArray();
    double[] none = IntStream.range(0, 100).mapToDouble(n -> n % 2 == 0 ? 1 : -1).toArray();
    assertEquals(2.0 / 1001, p(more), 1e-12);
    assertTrue(p(none) > 0.5);
    double[] same = new double[100];
    Arrays.fill(same, 0);
    assertEquals(1, p(same), 1e-12);
  }

  @Test
  void aDifferenceThatAllDrawsAgreeOnHasTheTailOfItsNormalDistribution() {
    double[] values = IntStream.range(0, 400).mapToDouble(n -> 0.3 + Math.sin(n)).toArray();
    Resampled drawn =
        Resampled.bootstrap(400, counts -> Statistics.weightedMean(values, counts), 1000, 1);
    double z = Statistics.mean(values) / (Statistics.sampleSd(values) / Math.sqrt(400));
    double normal = 2 * NormalDistribution.of(0, 1).survivalProbability(z);
    assertEquals(2.0 / 1001, drawn.p(), 1e-12);
    assertEquals(Math.log(normal), Math.log(drawn.tail()), 0.15 * Math.abs(Math.log(normal)));
    double[] none = IntStream.range(0, 400).mapToDouble(Math::sin).toArray();
    Resampled both =
        Resampled.bootstrap(400, counts -> Statistics.weightedMean(none, counts), 1000, 1);
    assertEquals(both.p(), both.tail(), 1e-12);
  }

  private static double p(double[] values) {
    return Resampled.halves(
            values.length, counts -> Statistics.weightedMean(values, counts), 1000, 1)
        .p();
  }
}
