package explainrec.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WorldSettingsTest {
  private static String failure(String key, Object value) {
    String message =
        assertThrows(InputException.class, () -> WorldSettings.smoke().with(key, value))
            .getMessage();
    assertTrue(message.startsWith("setting " + key + " = " + value + ": allowed is "), message);
    return message;
  }

  @Test
  void valuesOutOfRangeAreRefusedWithTheirKey() {
    failure("worldUsers", 0);
    failure("worldItems", 3);
    failure("worldRepost", 0.9);
    failure("worldMean", Double.NaN);
    failure("worldRatings", "stars");
    failure("worldOverallNoise", 0.0);
    failure("worldMean", "much");
  }

  @Test
  void tooFewReviewsForFiveAGuestAreRefused() {
    assertTrue(failure("worldReviews", 100).contains("750"));
    assertTrue(failure("worldReviews", 1_000_000).contains("7500"));
  }

  @Test
  void unknownKeysAreRefusedWithTheKnownOnes() {
    assertTrue(failure("worldUser", 3).contains("worldUsers"));
  }

  @Test
  void profilesHaveTheirSizes() {
    assertEquals(2_000, WorldSettings.profile("smoke").worldReviews());
    assertEquals(10_000, WorldSettings.profile("quick").worldReviews());
    assertEquals(60_000, WorldSettings.profile("paper").worldReviews());
    assertThrows(InputException.class, () -> WorldSettings.profile("huge"));
  }

  @Test
  void oneSettingIsChangedAndTheOthersKept() {
    WorldSettings changed = WorldSettings.quick().with("worldSeed", 7).with("worldMood", 0.1);
    assertEquals(7, changed.worldSeed());
    assertEquals(0.1, changed.worldMood());
    assertEquals(WorldSettings.quick(), changed.with("worldSeed", 42).with("worldMood", 0.4));
  }
}
