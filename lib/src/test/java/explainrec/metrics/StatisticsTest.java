package explainrec.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.metrics.Statistics.Interval;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Against SciPy (src/test/python/make_statistics_fixture.py) and against numbers by hand. */
class StatisticsTest {
  private static final double TINY = 1e-9;

  @TestFactory
  List<DynamicTest> numbersAreSciPys() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (InputStream in = StatisticsTest.class.getResourceAsStream("/fixtures/statistics.json")) {
      for (JsonNode sample : new ObjectMapper().readTree(in).get("cases")) {
        tests.add(DynamicTest.dynamicTest(sample.get("name").asText(), () -> same(sample)));
      }
    }
    assertEquals(5, tests.size());
    return tests;
  }

  private static void same(JsonNode sample) {
    double[] x = column(sample, "x");
    double[] y = column(sample, "y");
    PairedTest test = PairedTest.of(x, y);
    assertEquals(sample.get("t").asDouble(), test.t(), TINY);
    assertEquals(sample.get("tP").asDouble(), test.tP(), TINY);
    assertEquals(sample.get("cohenDz").asDouble(), test.cohenDz(), TINY);
    assertEquals(sample.get("wPlus").asDouble(), test.wilcoxon(), TINY);
    assertEquals(sample.get("wilcoxonP").asDouble(), test.wilcoxonP(), TINY);
    assertEquals(sample.get("rankBiserial").asDouble(), test.rankBiserial(), TINY);
    assertEquals(sample.get("spearman").asDouble(), Statistics.spearman(x, y), TINY);
    assertEquals(sample.get("pearson").asDouble(), Statistics.pearson(x, y), TINY);
    assertEquals(sample.get("sampleSd").asDouble(), Statistics.sampleSd(x), TINY);
    assertEquals(sample.get("populationSd").asDouble(), Statistics.populationSd(x), TINY);
    // Other draws than SciPy's: the ends agree up to three standard errors of 1,000 resamples.
    double noise = 0.07 * sample.get("bootstrapWidth").asDouble();
    Interval interval = Statistics.bootstrapMean(x, 7);
    assertEquals(sample.get("bootstrapMean").get(0).asDouble(), interval.low(), noise);
    assertEquals(sample.get("bootstrapMean").get(1).asDouble(), interval.high(), noise);
  }

  private static double[] column(JsonNode sample, String name) {
    JsonNode values = sample.get(name);
    return IntStream.range(0, values.size()).mapToDouble(n -> values.get(n).asDouble()).toArray();
  }

  @Test
  void holmMultipliesBySmallerAndSmallerCounts() {
    // Sorted 0.01, 0.02, 0.03, 0.04 times 4, 3, 2, 1, never below the one before.
    assertArrayEquals(
        new double[] {0.06, 0.04, 0.06, 0.06},
        Statistics.holm(new double[] {0.03, 0.01, 0.02, 0.04}),
        TINY);
  }

  @Test
  void holmStopsAtOneAndSkipsTestsThatCouldNotBeMade() {
    double[] corrected = Statistics.holm(new double[] {0.7, Double.NaN, 0.6});
    assertArrayEquals(new double[] {1, Double.NaN, 1}, corrected, TINY);
    assertArrayEquals(new double[] {0.04}, Statistics.holm(new double[] {0.04}), TINY);
  }

  @Test
  void theSameSeedDrawsTheSameInterval() {
    double[] values = IntStream.range(0, 50).mapToDouble(n -> n * n % 17).toArray();
    assertEquals(Statistics.bootstrapMean(values, 3), Statistics.bootstrapMean(values, 3));
    assertNotEquals(Statistics.bootstrapMean(values, 3), Statistics.bootstrapMean(values, 4));
  }

  @Test
  void aConstantHasAnIntervalOfNoWidthAndNothingHasNone() {
    assertEquals(new Interval(2, 2), Statistics.bootstrapMean(new double[] {2, 2, 2}, 1));
    assertTrue(Double.isNaN(Statistics.bootstrapMean(new double[0], 1).low()));
  }

  @Test
  void eachResampleDrawsAsManyRowsAsThereAre() {
    Interval drawn = Statistics.bootstrap(9, counts -> IntStream.of(counts).sum(), 40, 5);
    assertEquals(new Interval(9, 9), drawn);
  }

  @Test
  void quantilesLieBetweenNeighbours() {
    double[] sorted = {1, 2, 4};
    assertEquals(1, Statistics.quantile(sorted, 0), TINY);
    assertEquals(3, Statistics.quantile(sorted, 0.75), TINY);
    assertEquals(4, Statistics.quantile(sorted, 1), TINY);
  }

  @Test
  void equalErrorsAreNoDifference() {
    PairedTest test = PairedTest.of(new double[] {1, 2, 3}, new double[] {1, 2, 3});
    assertEquals(0, test.meanDifference());
    assertEquals(1, test.tP());
    assertEquals(1, test.wilcoxonP());
    assertEquals(0, test.rankBiserial());
  }

  @Test
  void turningAPairRoundTurnsItsSigns() {
    double[] x = {0.1, 0.5, 0.2, 0.9, 0.3};
    double[] y = {0.4, 0.3, 0.8, 1.6, 0.5};
    PairedTest one = PairedTest.of(x, y);
    PairedTest other = PairedTest.of(y, x);
    assertTrue(one.meanDifference() < 0);
    assertEquals(-one.t(), other.t(), TINY);
    assertEquals(one.tP(), other.tP(), TINY);
    assertEquals(-one.rankBiserial(), other.rankBiserial(), TINY);
  }

  @Test
  void aConstantDifferenceHasNoT() {
    PairedTest test = PairedTest.of(new double[] {2, 3, 4}, new double[] {1, 2, 3});
    assertTrue(Double.isNaN(test.t()));
    assertEquals(1, test.rankBiserial(), TINY);
  }

  @Test
  void pairsNeedTheSameLength() {
    assertThrows(IllegalArgumentException.class, () -> PairedTest.of(new double[2], new double[3]));
    assertThrows(IllegalArgumentException.class, () -> PairedTest.of(new double[1], new double[1]));
  }

  @Test
  void oneSeedHasNoDeviation() {
    assertTrue(Double.isNaN(Statistics.sampleSd(new double[] {4})));
    assertEquals(Math.sqrt(2), Statistics.sampleSd(new double[] {1, 3}), TINY);
    assertEquals(1, Statistics.populationSd(new double[] {1, 3}), TINY);
  }

  @Test
  void aPairedBootstrapCountsHowOftenTheSignChanges() {
    double[] always = {1, 2, 3};
    double[] never = {0, 0, 0};
    double[] balanced = {-1, 1, -1, 1, -1, 1};
    assertEquals(2.0 / 100, pairedBootstrap(always), 1e-12);
    assertEquals(1, pairedBootstrap(never), 1e-12);
    assertTrue(pairedBootstrap(balanced) > 0.5);
    assertTrue(Double.isNaN(pairedBootstrap(new double[0])));
    assertTrue(Double.isNaN(pairedBootstrap(new double[] {Double.NaN})));
  }

  private static double pairedBootstrap(double[] differences) {
    return Statistics.pairedBootstrap(
        differences.length, counts -> Statistics.weightedMean(differences, counts), 99, 1);
  }
}
