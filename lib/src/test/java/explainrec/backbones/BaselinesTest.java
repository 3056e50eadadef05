package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import explainrec.data.Split;
import explainrec.nn.SmallSplit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The baselines, against numbers worked out by hand. */
final class BaselinesTest {
  private static final int[][] PAIRS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}, {2, 2}};

  /** Overall and one aspect; rows 0 to 2 are in train. */
  private static final float[][] RATINGS = {{5, 1}, {3, 2}, {4, 3}, {2, 5}, {1, 4}};

  private static final Split SPLIT =
      SmallSplit.of(PAIRS, RATINGS, new int[] {0, 1, 2}, new int[] {3}, new int[] {4});

  @Test
  void theAverageIsThatOfTheTrainRows() {
    float[][] predicted = new AverageRating(SPLIT).predict(new int[] {0, 2}, new int[] {1, 2});
    assertEquals(2, predicted.length);
    assertArrayEquals(new float[] {4, 4}, predicted[0]); // (5 + 3 + 4) / 3
    assertArrayEquals(new float[] {2, 2}, predicted[1]); // (1 + 2 + 3) / 3
  }

  @Test
  void biasesOfOneRoundAreThoseWorkedOutByHand() {
    float[][] predicted =
        new BiasRating(SPLIT, new BiasSettings("1", 1))
            .predict(new int[] {0, 0, 1, 1, 2}, new int[] {0, 1, 0, 1, 2});
    // mean 4; items first, shrunk by 1: b_0 = (1 + 0) / (1 + 2) = 1/3, b_1 = -1 / (1 + 1) = -1/2
    // users: b_0 = ((5 - 4 - 1/3) + (3 - 4 + 1/2)) / (1 + 2) = 1/18, b_1 = -1/3 / (1 + 1) = -1/6
    assertArrayEquals(
        new float[] {
          (float) (4 + 1 / 3.0 + 1 / 18.0),
          (float) (4 - 1 / 2.0 + 1 / 18.0),
          (float) (4 + 1 / 3.0 - 1 / 6.0),
          (float) (4 - 1 / 2.0 - 1 / 6.0),
          4 // neither user nor item has a train row
        },
        predicted[0],
        1e-6f);
    // the aspect: mean 2; b_0 = (-1 + 1) / 3 = 0, b_1 = 0 / 2 = 0; users: -1/3, 1/2
    assertArrayEquals(new float[] {2 - 1 / 3f, 2 - 1 / 3f, 2.5f, 2.5f, 2}, predicted[1], 1e-6f);
  }

  @Test
  void aSecondRoundStartsFromTheUsersBiases() {
    float[][] predicted =
        new BiasRating(SPLIT, new BiasSettings("1", 2)).predict(new int[] {1}, new int[] {1});
    // items: b_0 = (1 - 1/18 + 0 + 1/6) / 3 = 10/27, b_1 = (-1 - 1/18) / 2 = -19/36
    // user 1: (4 - 4 - 10/27) / 2 = -5/27
    assertEquals(4 - 19 / 36.0 - 5 / 27.0, predicted[0][0], 1e-6);
  }

  @Test
  void autoTakesForEachRatingTheShrinkageWithTheLeastValidationError() {
    Split split = usersMatterOverallButNotInTheAspect();
    int[] users = Arrays.stream(split.validation()).map(split.data()::user).toArray();
    int[] items = Arrays.stream(split.validation()).map(split.data()::item).toArray();
    float[][] chosen = new BiasRating(split, new BiasSettings("auto", 5)).predict(users, items);
    Set<String> used = new HashSet<>();
    for (int head = 0; head < 2; head++) {
      String best = null;
      double least = Double.POSITIVE_INFINITY;
      float[] ofBest = null;
      for (String shrinkage : new String[] {"1", "2", "5", "10", "20"}) {
        float[] predicted =
            new BiasRating(split, new BiasSettings(shrinkage, 5)).predict(users, items)[head];
        double error = error(split, head, predicted);
        if (error < least) {
          least = error;
          best = shrinkage;
          ofBest = predicted;
        }
      }
      used.add(best);
      assertArrayEquals(ofBest, chosen[head]);
    }
    assertTrue(used.size() > 1, () -> "every rating took " + used);
  }

  private static Split usersMatterOverallButNotInTheAspect() {
    Split grid = SmallSplit.grid(12, 10, 1);
    int[][] pairs = new int[grid.data().size()][];
    float[][] ratings = new float[pairs.length][];
    for (int row = 0; row < pairs.length; row++) {
      int u = grid.data().user(row);
      pairs[row] = new int[] {u, grid.data().item(row)};
      ratings[row] = new float[] {1 + u % 5, grid.data().aspect(row, 0)};
    }
    return SmallSplit.of(pairs, ratings, grid.train(), grid.validation(), grid.test());
  }

  @Test
  void settingsOutOfRangeAreRefusedByName() {
    assertRefused("biasShrinkage", () -> new BiasSettings("-1", 1));
    assertRefused("biasShrinkage", () -> new BiasSettings("much", 1));
    assertRefused("biasShrinkage", () -> new BiasSettings("NaN", 1));
    assertRefused("biasRounds", () -> new BiasSettings("auto", 0));
  }

  private static void assertRefused(String key, Runnable making) {
    String message = assertThrows(InputException.class, making::run).getMessage();
    assertTrue(message.startsWith("setting " + key + " = "), message);
  }

  private static double error(Split split, int head, float[] predicted) {
    double error = 0;
    for (int n = 0; n < predicted.length; n++) {
      int row = split.validation()[n];
      double truth = head == 0 ? split.data().overall(row) : split.data().aspect(row, head - 1);
      error += Math.pow(predicted[n] - truth, 2);
    }
    return error;
  }
}
