package explainrec.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataStatisticsTest {
  private static Interactions data() {
    return new Interactions(
        "toy",
        List.of("food", "noise"),
        List.of("a", "b"),
        List.of("x", "y", "z"),
        new int[] {0, 0, 0, 1},
        new int[] {0, 1, 2, 0},
        new float[] {1, 2, 3, 4},
        new float[] {5, 2, 4, 2, 3, 2, 2, 2},
        new long[4],
        row -> "");
  }

  private static final DataStatistics TOY =
      DataStatistics.of(data(), new int[] {1, 2, 3, 10}, new FilterStep("read", 9, 5, 7));

  @Test
  void theTablesNumbersAreThoseCountedByHand() {
    assertEquals(9, TOY.rawInteractions());
    assertEquals(5, TOY.rawUsers());
    assertEquals(7, TOY.rawItems());
    assertEquals(4, TOY.interactions());
    assertEquals(4 / 6.0, TOY.density());
    assertEquals(4, TOY.meanWords());
    assertEquals(2.5, TOY.medianWords());
    assertEquals(
        List.of(new DataStatistics.Count(1, 1), new DataStatistics.Count(3, 1)), TOY.perUser());
    assertEquals(
        List.of(new DataStatistics.Count(1, 2), new DataStatistics.Count(2, 1)), TOY.perItem());
    assertEquals(4, TOY.words().size());
  }

  @Test
  void ratingsAreDescribedColumnByColumn() {
    DataStatistics.RatingColumn overall = TOY.ratings().get(0);
    assertEquals("overall", overall.name());
    assertEquals(2.5, overall.mean());
    assertEquals(Math.sqrt(5 / 3.0), overall.sd(), 1e-12);
    assertArrayEquals(new double[] {1, 2, 3, 4}, overall.levels());
    assertArrayEquals(new int[] {1, 1, 1, 1}, overall.counts());
    assertArrayEquals(new int[] {4}, TOY.ratings().get(2).counts());
  }

  @Test
  void correlationsAreOneMinusOneOrUndefined() {
    double[][] r = TOY.correlation();
    assertEquals(1, r[0][0]);
    assertEquals(-1, r[0][1], 1e-12);
    assertEquals(r[0][1], r[1][0]);
    assertTrue(Double.isNaN(r[0][2]), "noise does not vary");
  }

  @Test
  void manyDifferentRatingsAreRoundedToTenths() {
    int n = 200;
    float[] overall = new float[n];
    for (int row = 0; row < n; row++) {
      overall[row] = 1 + 4f * row / n;
    }
    Interactions data =
        new Interactions(
            "toy",
            List.of(),
            List.of("a"),
            List.of("x"),
            new int[n],
            new int[n],
            overall,
            new float[0],
            new long[n],
            row -> "");
    DataStatistics.RatingColumn column =
        DataStatistics.of(data, new int[n], new FilterStep("read", n, 1, 1)).ratings().get(0);
    assertEquals(41, column.levels().length);
    assertEquals(n, java.util.Arrays.stream(column.counts()).sum());
  }

  @Test
  void statisticsSurviveTheirJson(@TempDir Path folder) throws Exception {
    java.io.File file = folder.resolve("s.json").toFile();
    PreparedFiles.JSON.writeValue(file, TOY);
    DataStatistics read = PreparedFiles.JSON.readValue(file, DataStatistics.class);
    assertEquals(TOY.perUser(), read.perUser());
    assertArrayEquals(TOY.ratings().get(1).levels(), read.ratings().get(1).levels());
    assertTrue(Double.isNaN(read.correlation()[0][2]));
  }
}
