package explainrec.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import explainrec.metrics.Statistics.Interval;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Statistics by hand and against SciPy. */
class StatisticsTest {
  @Test
  void deviationsOfSampleAndPopulationDifferInTheirDivisor() {
    double[] values = {1, 2, 3, 6}; // mean 3, squares 4 + 1 + 0 + 9
    assertEquals(Math.sqrt(14 / 3.0), Statistics.sampleSd(values), 1e-12);
    assertEquals(Math.sqrt(14 / 4.0), Statistics.populationSd(values), 1e-12);
    assertTrue(Double.isNaN(Statistics.sampleSd(new double[] {1})));
  }

  @Test
  void holmMultipliesByWhatIsLeftAndNeverFalls() {
    // Sorted 0.01, 0.02, 0.03, 0.04 times 4, 3, 2, 1: 0.04, 0.06, 0.06, then 0.04 raised to 0.06.
    assertArrayEquals(
        new double[] {0.06, 0.04, 0.06, 0.06},
        Statistics.holm(new double[] {0.04, 0.01, 0.02, 0.03}),
        1e-12);
    assertArrayEquals(new double[] {1, 1}, Statistics.holm(new double[] {0.7, 0.9}), 0);
  }

  @Test
  void holmLeavesOutTestsThatCouldNotBeMade() {
    assertArrayEquals(
        new double[] {0.02, Double.NaN, 0.03},
        Statistics.holm(new double[] {0.01, Double.NaN, 0.03}),
        1e-12);
  }

  @Test
  void bootstrapIntervalFollowsItsSeedAlone() {
    double[] values = new Random(3).doubles(200).toArray();
    Interval once = Statistics.bootstrapMean(values, 5);
    assertEquals(once, Statistics.bootstrapMean(values, 5));
    assertNotEquals(once, Statistics.bootstrapMean(values, 6));
  }

  @Test
  void bootstrapIntervalOfAMeanIsAboutFourStandardErrorsWide() {
    double[] values = new Random(3).doubles(400).toArray();
    Interval interval = Statistics.bootstrapMean(values, 1);
    double error = Statistics.sampleSd(values) / 20;
    double mean = Statistics.mean(values);
    assertEquals(mean - 1.96 * error, interval.low(), 0.25 * error);
    assertEquals(mean + 1.96 * error, interval.high(), 0.25 * error);
  }

  @Test
  void quantilesLieBetweenNeighbours() {
    double[] sorted = {0, 10, 20, 30, 40};
    assertEquals(1, Statistics.quantile(sorted, 0.025), 1e-12);
    assertEquals(40, Statistics.quantile(sorted, 1), 1e-12);
  }

  @Test
  void spearmanSharesRanksOfTies() {
    // Ranks (1, 2.5, 2.5, 4) and (1, 2, 3, 4): 4.5 / sqrt(4.5 * 5).
    double[] x = {1, 7, 7, 9};
    double[] y = {0.1, 0.2, 0.3, 0.4};
    assertEquals(4.5 / Math.sqrt(22.5), Statistics.spearman(x, y), 1e-12);
    assertTrue(Double.isNaN(Statistics.spearman(new double[] {1, 1}, new double[] {1, 2})));
  }

  @Test
  void pairedTestMatchesHandWork() {
    // Differences 1, 2, 3, -2: mean 1, sample variance 14/3; ranks of sizes 1, 2.5, 4, 2.5.
    PairedTest test = PairedTest.of(new double[] {2, 4, 6, 1}, new double[] {1, 2, 3, 3});
    double sd = Math.sqrt(14 / 3.0);
    assertEquals(1, test.meanDifference(), 1e-12);
    assertEquals(2 / sd, test.t(), 1e-12);
    assertEquals(1 / sd, test.cohenDz(), 1e-12);
    assertEquals(7.5, test.wilcoxon(), 1e-12);
    assertEquals((7.5 - 2.5) / 10, test.rankBiserial(), 1e-12);
  }

  @Test
  void equalColumnsGiveNoEvidence() {
    PairedTest test = PairedTest.of(new double[] {1, 2}, new double[] {1, 2});
    assertEquals(1, test.tP());
    assertEquals(1, test.wilcoxonP());
  }

  @TestFactory
  Iterable<DynamicTest> numbersAreThoseOfSciPy() throws IOException {
    JsonNode fixture;
    try (InputStream in = StatisticsTest.class.getResourceAsStream("/fixtures/statistics.json")) {
      fixture = JsonMapper.builder().build().readTree(in);
    }
    return StreamSupport.stream(fixture.get("cases").spliterator(), false)
        .map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> compare(c)))
        .toList();
  }

  private static void compare(JsonNode expected) {
    double[] x = column(expected.get("x"));
    double[] y = column(expected.get("y"));
    PairedTest test = PairedTest.of(x, y);
    assertEquals(expected.get("t").asDouble(), test.t(), 1e-9);
    assertEquals(expected.get("tP").asDouble(), test.tP(), 1e-9);
    assertEquals(expected.get("cohenDz").asDouble(), test.cohenDz(), 1e-9);
    assertEquals(expected.get("wilcoxon").asDouble(), test.wilcoxon(), 1e-9);
    assertEquals(expected.get("wilcoxonP").asDouble(), test.wilcoxonP(), 1e-9);
    assertEquals(expected.get("spearman").asDouble(), Statistics.spearman(x, y), 1e-9);
    assertEquals(expected.get("pearson").asDouble(), Statistics.pearson(x, y), 1e-9);
  }

  private static double[] column(JsonNode values) {
    return StreamSupport.stream(values.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}
