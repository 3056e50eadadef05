package explainrec.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WorldInformationTest {
  private static final int SAMPLES = 600;

  private static WorldInformation estimate(WorldSettings settings) {
    return new World(settings).truth().mutualInformationRatingText(SAMPLES);
  }

  /** A world in which all pairs have the same rating distribution and aspects do not co-vary. */
  private static WorldSettings flat() {
    return WorldSettings.smoke()
        .with("worldQualitySpread", 0.0)
        .with("worldLeniency", 0.0)
        .with("worldTaste", 0.0)
        .with("worldMood", 0.0)
        .with("worldOverallNoise", 1.0);
  }

  @Test
  void wordsThatIgnoreRatingsSayNothingBeyondThePair() {
    WorldInformation blunt = estimate(WorldSettings.smoke().with("worldPolaritySharpness", 0.0));
    assertEquals(0, blunt.ratingTextGivenPair(), 1e-12);
    assertEquals(0, estimate(flat().with("worldPolaritySharpness", 0.0)).ratingText(), 1e-12);
  }

  /** Here only the verdict depends on R, so I(R;E) = v I(R; verdict), by hand. */
  @Test
  void aWorldWithOnlyAVerdictHasTheInformationOfThatChannel() {
    WorldSettings settings = flat();
    double[] prior = WorldRatings.stars(settings.worldMean(), 1.0);
    double[] word = new double[3];
    for (int k = 0; k < 5; k++) {
      for (int w = 0; w < 3; w++) {
        word[w] += prior[k] * World.SHARP[k][w];
      }
    }
    double channel = 0;
    for (int k = 0; k < 5; k++) {
      for (int w = 0; w < 3; w++) {
        channel += prior[k] * World.SHARP[k][w] * Math.log(World.SHARP[k][w] / word[w]);
      }
    }
    WorldInformation found = estimate(settings);
    assertEquals(
        settings.worldVerdict() * channel, found.ratingText(), 4 * found.ratingTextError());
    assertEquals(found.ratingText(), found.ratingTextGivenPair(), 1e-9);
  }

  @Test
  void sharperWordsSayMoreButNeverMoreThanTheRatingHolds() {
    double before = 0;
    for (double sharp : new double[] {0.3, 0.6, 1}) {
      WorldInformation found =
          estimate(WorldSettings.smoke().with("worldPolaritySharpness", sharp));
      assertTrue(found.ratingText() > before + 3 * found.ratingTextError(), "at " + sharp);
      assertTrue(found.ratingText() < found.entropy());
      assertTrue(found.ratingTextGivenPair() < found.ratingText());
      before = found.ratingText();
    }
  }

  @Test
  void entropyIsThatOfTheRatings() {
    WorldSettings settings = WorldSettings.quick();
    World world = new World(settings);
    double[] count = new double[5];
    world.read(r -> count[(int) r.overall() - 1]++);
    double entropy = 0;
    for (double c : count) {
      double share = c / settings.worldReviews();
      entropy -= c == 0 ? 0 : share * Math.log(share);
    }
    assertEquals(entropy, world.truth().entropyRating(), 0.02);
  }

  @Test
  void aFeatureAlwaysNamedHasFullInformationAndARandomOneHasNone() {
    WorldSettings one = WorldSettings.smoke().with("worldFeatures", 1);
    assertEquals(
        Math.log(16),
        new World(one.with("worldOwnFeature", 1.0)).truth().mutualInformationFeatureText(),
        1e-12);
    assertEquals(
        0,
        new World(one.with("worldOwnFeature", 1.0 / 16)).truth().mutualInformationFeatureText(),
        1e-12);
  }
}
