package explainrec.mmi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Both forms of the reward, and their sum, against numbers made by hand. */
final class RewardTest {
  private static final float[][] SCORES = {{2, 0, 9}, {1, 3, 9}, {0, 1, 9}, {5, 5, 9}};
  private static final int[] TARGETS = {0, 1, 1, -1};

  @Test
  void thePointwiseFormSubtractsTheLogMeanOverTheBatchsOwnTargets() {
    // Targets 0, 1, 1: y = 0 has share 1/3, y = 1 share 2/3, y = 2 none, whatever its score.
    double[] rewards = new Reward("pointwise", TARGETS, 3, 1).of(SCORES);
    assertEquals(2 - Math.log(Math.exp(2) / 3 + 2 * Math.exp(0) / 3), rewards[0], 1e-6);
    assertEquals(3 - Math.log(Math.exp(1) / 3 + 2 * Math.exp(3) / 3), rewards[1], 1e-6);
    assertEquals(1 - Math.log(Math.exp(0) / 3 + 2 * Math.exp(1) / 3), rewards[2], 1e-6);
  }

  @Test
  void anExplanationWithoutTargetHasNoReward() {
    assertEquals(0, new Reward("pointwise", TARGETS, 3, 1).of(SCORES)[3]);
    assertEquals(0, new Reward("authors", TARGETS, 3, 1).of(SCORES)[3]);
  }

  @Test
  void theAuthorsFormSubtractsTheScoreOfAnotherExplanationsTarget() {
    boolean other = false;
    for (int seed = 0; seed < 20; seed++) {
      double[] rewards = new Reward("authors", TARGETS, 3, seed).of(SCORES);
      assertTrue(rewards[0] == 0 || rewards[0] == 2, "T(e, 0) - T(e, 0) or T(e, 0) - T(e, 1)");
      assertTrue(rewards[1] == 0 || rewards[1] == 2, "T(e, 1) - T(e, 1) or T(e, 1) - T(e, 0)");
      other |= rewards[0] == 2;
    }
    assertTrue(other, "some permutation gives the first another target");
  }

  @Test
  void bothRewardsAreMixedByEps() {
    RewardModel model =
        new FixedRewards(texts -> new float[][] {{1, 0}, {0, 1}}, texts -> new float[2][3]) {};
    MmiSettings settings = Settings.with("both");
    Rewards.Given given =
        new Rewards(model, settings)
            .batch(new int[] {0, 1}, new int[] {2, 2}, 1)
            .of(List.of("a", "b"));
    double rating = 1 - Math.log((Math.E + 1) / 2);
    assertEquals(rating, given.rating()[0], 1e-6);
    assertArrayEquals(new double[] {0, 0}, given.feature(), 1e-9);
    assertEquals((1 - settings.eps()) * rating, given.total()[0], 1e-6);
  }

  @Test
  void anExplodedEstimatorIsAnError() {
    RewardModel model = new FixedRewards(texts -> new float[][] {{Float.NaN, 0}}, null) {};
    InputException error =
        assertThrows(
            InputException.class,
            () ->
                new Rewards(model, Settings.with("rating"))
                    .batch(new int[] {0}, new int[] {-1}, 1)
                    .of(List.of("a")));
    assertTrue(error.getMessage().contains("T is no longer a number"), error.getMessage());
  }

  @Test
  void silenceGetsTheLowestRewardOfTheBatch() {
    double[] total = {-3, 5, -4};
    Rewards.Given given = new Rewards.Given(total, total, null);
    assertArrayEquals(
        new double[] {-3, -4, -4}, given.silenceIsWorst(List.of("a", "", "b")).total());
  }
}
