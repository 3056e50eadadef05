package explainrec.mmi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import explainrec.data.InputException;
import explainrec.nn.Shuffle;
import explainrec.nn.Trainer;
import explainrec.nn.TrainingListener;
import explainrec.nn.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The estimator against mutual information that is known, and what it refuses. */
final class MineTest {
  private static final Targets REAL = new Targets(List.of("real"), new float[1][1]);

  @TempDir private Path folder;

  static MineSettings settings(String objective, double learningRate, int epochs) {
    return settings(objective, learningRate, epochs, 1024, 0);
  }

  private static MineSettings settings(
      String objective, double learningRate, int epochs, int batch, double heldOut) {
    return new MineSettings(
        objective,
        100,
        256,
        learningRate,
        batch,
        epochs,
        0.01,
        0.1,
        heldOut,
        "real",
        "trained",
        16,
        2);
  }

  /** Pairs of standard normal numbers with a correlation, {x, y}, each (N, 1). */
  private static float[][][] gaussians(double rho, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][][] pairs = new float[2][count][1];
    for (int n = 0; n < count; n++) {
      double x = random.nextGaussian();
      pairs[0][n][0] = (float) x;
      pairs[1][n][0] = (float) (rho * x + Math.sqrt(1 - rho * rho) * random.nextGaussian());
    }
    return pairs;
  }

  @ParameterizedTest
  @CsvSource({
    "dv, 0",
    "dv, 0.2",
    "dv, 0.4",
    "dv, 0.6",
    "dv, 0.8",
    "dv, 0.95",
    "nwj, 0",
    "nwj, 0.6",
    "nwj, 0.95",
    "infonce, 0",
    "infonce, 0.6",
    "infonce, 0.95"
  })
  void theInformationOfGaussiansIsMinusHalfTheLogarithmOfOneLessTheSquare(
      String objective, double rho) {
    boolean many = objective.equals("infonce"); // 32 y's a pair
    float[][][] train = gaussians(rho, many ? 4000 : 10_000, 1);
    float[][][] fresh = gaussians(rho, 5000, 2);
    MineSettings settings = settings(objective, 2e-3, many ? 6 : 20, many ? 256 : 1024, 0);
    try (Mine mine = new Mine("I(X;Y)", 1, REAL, 100, settings, Device.cpu(), 3)) {
      mine.fit(train[0], train[1], settings.mineEpochs(), 4, List.of());
      double truth = -0.5 * Math.log(1 - rho * rho);
      double found = mine.score(fresh[0], fresh[1], 50, 5).bound(objective);
      assertEquals(truth, found, Math.max(0.1, 0.1 * truth));
      assertTrue(rho < 0.5 || found > 0.8 * truth, "found " + found + " of " + truth);
    }
  }

  @Test
  void permutedPairsTellNothing() {
    float[][][] train = gaussians(0.95, 10_000, 1);
    float[][][] fresh = gaussians(0.95, 5000, 2);
    int[] order = Shuffle.of(IntStream.range(0, 10_000).toArray(), 6);
    float[][] permuted = Arrays.stream(order).mapToObj(n -> train[1][n]).toArray(float[][]::new);
    int[] other = Shuffle.of(IntStream.range(0, 5000).toArray(), 7);
    float[][] freshPermuted =
        Arrays.stream(other).mapToObj(n -> fresh[1][n]).toArray(float[][]::new);
    MineSettings settings = settings("dv", 1e-3, 10);
    try (Mine mine = new Mine("I(X;Y)", 1, REAL, 100, settings, Device.cpu(), 3)) {
      mine.fit(train[0], permuted, 10, 4, List.of());
      assertEquals(0, mine.score(fresh[0], freshPermuted, 50, 5).bound(), 0.05);
    }
  }

  /** Vectors that say their class with a probability, and the class. */
  private record Classes(List<float[]> vectors, int[] classes) {
    static Classes of(int count, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      List<float[]> vectors = new ArrayList<>();
      int[] classes = new int[count];
      for (int n = 0; n < count; n++) {
        classes[n] = random.nextInt(5);
        float[] vector = new float[5];
        vector[random.nextDouble() < 0.7 ? classes[n] : random.nextInt(5)] = 1;
        vectors.add(vector);
      }
      return new Classes(vectors, classes);
    }

    /** I(Y;E) when the class is said with 0.7 + 0.3 / 5 and each other one with 0.3 / 5. */
    static double truth() {
      double said = 0.7 + 0.3 / 5;
      double other = 0.3 / 5;
      return Math.log(5) + said * Math.log(said) + 4 * other * Math.log(other);
    }
  }

  private static Mine rating(MineSettings settings) {
    return new Mine("I(R;E)", 5, Targets.ratings(), 32, settings, Device.cpu(), 3);
  }

  @Test
  void theInformationOfClassesIsFoundWithTheExactMarginalAndGoingOnGoesOn() {
    Classes train = Classes.of(3000, 1);
    Classes fresh = Classes.of(3000, 2);
    MineSettings settings = settings("dv", 2e-3, 10, 256, 0.1);
    try (Mine mine = rating(settings)) {
      mine.fit(train.vectors(), train.classes(), 2, 4, List.of());
      double early = mine.score(fresh.vectors(), fresh.classes()).bound();
      Trainer.Outcome more = mine.fit(train.vectors(), train.classes(), 15, 5, List.of());
      double late = mine.score(fresh.vectors(), fresh.classes()).bound();
      assertTrue(early < late, early + " is not below " + late);
      assertEquals(Classes.truth(), late, 0.08);
      assertEquals(15, more.epochs().size());
      double heldOut = more.epochs().get(more.bestEpoch() - 1).validation().get("heldOut");
      assertEquals(Classes.truth(), heldOut, 0.15);
    }
  }

  @Test
  void everyParameterMovesAndTheSameSeedMovesItTheSame() {
    Classes train = Classes.of(300, 1);
    MineSettings settings = settings("dv", 1e-3, 1, 64, 0);
    try (Mine mine = rating(settings);
        Mine again = rating(settings)) {
      var before = mine.parameters().values();
      mine.fit(train.vectors(), train.classes(), 1, 4, List.of());
      again.fit(train.vectors(), train.classes(), 1, 4, List.of());
      float[] after = mine.parameters().values();
      int still = 0;
      for (int n = 0; n < after.length; n++) {
        still += after[n] == before[n] ? 1 : 0;
      }
      assertTrue(still < after.length / 10, still + " of " + after.length + " stood still");
      assertFalse(after[after.length - 1] == before[after.length - 1], "the moving average");
      assertArrayEquals(after, again.parameters().values());
    }
  }

  @Test
  void scoresOfSomeClassesAreThoseOfAllAndSurviveTheFile() {
    Classes train = Classes.of(200, 1);
    MineSettings settings = settings("dv", 1e-2, 2, 64, 0);
    try (Mine mine = rating(settings);
        Mine other = rating(settings)) {
      mine.fit(train.vectors(), train.classes(), 2, 4, List.of());
      float[][] all = mine.scores(train.vectors());
      float[][] some = mine.scores(train.vectors(), new int[] {4, 1});
      for (int n = 0; n < all.length; n++) {
        assertArrayEquals(new float[] {all[n][4], all[n][1]}, some[n], 1e-6f);
      }
      mine.save(folder.resolve("mine.safetensors"));
      other.load(folder.resolve("mine.safetensors"));
      assertArrayEquals(all[0], other.scores(train.vectors())[0], 0f);
    }
  }

  @Test
  void theMarginalWeighsEveryClassByItsShareAndRowsWithoutOneStayOut() {
    float[][] scores = {{1, 2}, {0, 3}, {5, 5}, {2, 0}};
    Scored scored = Scored.of(scores, new int[] {0, 1, -1, 0});
    assertArrayEquals(new double[] {1, 3, Double.NaN, 2}, scored.joint());
    double first = Math.log(2 / 3.0 * Math.exp(1) + 1 / 3.0 * Math.exp(2));
    assertEquals(first, scored.marginal()[0], 1e-9);
    assertTrue(Double.isNaN(scored.marginal()[2]));
    double mean = 0;
    double marginal = 0;
    for (int n : new int[] {0, 1, 3}) {
      mean += (Math.exp(scores[n][0]) * 2 + Math.exp(scores[n][1])) / 9;
      marginal += scored.marginal()[n] / 3;
    }
    assertEquals(2 - Math.log(mean), scored.bound(), 1e-9);
    assertEquals(2 - marginal, scored.bound("infonce"), 1e-9);
    assertEquals(2 - mean / Math.E, scored.bound("nwj"), 1e-9);
    assertTrue(Double.isNaN(Scored.of(scores, new int[] {-1, -1, -1, -1}).bound()));
  }

  @Test
  void explodingTNamesTheStepAndKeepsTheLastWholeEpoch() {
    Classes train = Classes.of(400, 1);
    MineSettings settings = settings("dv", 1e-3, 1, 64, 0);
    try (Mine mine = rating(settings)) {
      float[][] kept = new float[1][];
      TrainingListener spoil =
          new TrainingListener() {
            @Override
            public void onStep(TrainingState state) {
              if (state.epoch() == 2 && state.step() == 3) {
                float[] broken = mine.parameters().values();
                Arrays.fill(broken, Float.NaN);
                mine.parameters().set(broken);
              }
            }

            @Override
            public void onEpoch(TrainingState state) {
              kept[0] = mine.parameters().values();
            }
          };
      InputException error =
          assertThrows(
              InputException.class,
              () -> mine.fit(train.vectors(), train.classes(), 3, 4, List.of(spoil)));
      // 7 steps an epoch; the third of the second epoch leaves T broken, and the next one sees it.
      assertTrue(
          error.getMessage().contains("T is no longer a number at step 11"), error.getMessage());
      assertEquals(1, error.getMessage().lines().count());
      assertArrayEquals(kept[0], mine.parameters().values());
    }
  }

  @Test
  void oneRatingAloneIsRefused() {
    Classes train = Classes.of(20, 1);
    int[] same = new int[20];
    Arrays.fill(same, 4);
    int[] none = new int[20];
    Arrays.fill(none, -1);
    try (Mine mine = rating(settings("dv", 1e-3, 1))) {
      for (int[] classes : List.of(same, none)) {
        InputException error =
            assertThrows(
                InputException.class, () -> mine.fit(train.vectors(), classes, 1, 4, List.of()));
        assertTrue(error.getMessage().startsWith("I(R;E): at least two"), error.getMessage());
      }
    }
  }
}
