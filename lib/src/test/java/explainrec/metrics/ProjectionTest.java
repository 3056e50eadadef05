package explainrec.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Projections to the plane: principal components and t-SNE. */
class ProjectionTest {
  /** Two groups of points far apart in d dimensions. */
  private static float[][] groups(int each, int d, double apart) {
    Random random = new Random(7);
    float[][] points = new float[2 * each][d];
    for (int n = 0; n < points.length; n++) {
      for (int k = 0; k < d; k++) {
        points[n][k] = (float) (random.nextGaussian() + (n < each ? 0 : apart));
      }
    }
    return points;
  }

  @Test
  void theFirstComponentOfALineIsTheLine() {
    float[][] points = {{0, 1}, {3, 5}, {6, 9}, {-3, -3}}; // 5 apart along (3, 4)
    PrincipalComponents found = PrincipalComponents.of(points, 2);
    assertArrayEquals(new double[] {1, 0}, found.shares(), 1e-12);
    double[] first = Arrays.stream(found.scores()).mapToDouble(score -> score[0]).toArray();
    // Places 0, 5, 10, -5 less their mean 2.5; both ends are equally far, the first of them is
    // positive.
    assertArrayEquals(new double[] {-2.5, 2.5, 7.5, -7.5}, first, 1e-9);
  }

  @Test
  void fewPointsOfManyValuesGiveTheSameComponents() {
    float[][] wide = groups(5, 40, 3); // more values than points: the other side's products
    PrincipalComponents found = PrincipalComponents.of(wide, 3);
    for (int a = 0; a < wide.length; a++) {
      for (int b = 0; b < a; b++) {
        double inPlane = 0;
        PrincipalComponents all = PrincipalComponents.of(wide, 9);
        for (int k = 0; k < 9; k++) {
          inPlane += Math.pow(all.scores()[a][k] - all.scores()[b][k], 2);
        }
        double real = 0;
        for (int k = 0; k < 40; k++) {
          real += Math.pow(wide[a][k] - wide[b][k], 2);
        }
        assertEquals(real, inPlane, 1e-3, "all components together keep every distance");
      }
    }
    assertTrue(found.shares()[0] > found.shares()[1] && found.shares()[1] > found.shares()[2]);
    assertEquals(3, found.scores()[0].length);
  }

  @Test
  void neighboursHaveTheWantedPerplexity() {
    double[] squares = {0, 1, 4, 9, 16, 25};
    double[] p = TSne.neighbours(squares, 0, 3);
    double entropy = -Arrays.stream(p).filter(v -> v > 0).map(v -> v * Math.log(v)).sum();
    assertEquals(3, Math.exp(entropy), 1e-4);
    assertEquals(0, p[0]);
    assertEquals(1, Arrays.stream(p).sum(), 1e-12);
    assertTrue(p[1] > p[2] && p[2] > p[5]);
  }

  @Test
  void affinitiesAreSymmetricAndSumToOne() {
    double[][] p = TSne.affinities(PrincipalComponents.of(groups(6, 4, 2), 4).scores(), 3);
    assertEquals(1, Arrays.stream(p).flatMapToDouble(Arrays::stream).sum(), 1e-9);
    assertEquals(p[2][9], p[9][2]);
  }

  @Test
  void groupsStayTogetherOnTheMap() {
    double[][] points = PrincipalComponents.of(groups(20, 10, 8), 5).scores();
    double[][] map = TSne.map(points, 10);
    for (int n = 0; n < map.length; n++) {
      int self = n;
      int nearest = -1;
      for (int other = 0; other < map.length; other++) {
        boolean closer =
            other != self
                && (nearest < 0
                    || distance(map[self], map[other]) < distance(map[self], map[nearest]));
        nearest = closer ? other : nearest;
      }
      assertEquals(self < 20, nearest < 20, "point " + self);
    }
    assertArrayEquals(map, TSne.map(points, 10));
  }

  private static double distance(double[] a, double[] b) {
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  }

  @Test
  void tooFewPointsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> TSne.map(new double[3][2], 2));
    assertThrows(IllegalArgumentException.class, () -> TSne.map(new double[9][2], 1));
  }
}
