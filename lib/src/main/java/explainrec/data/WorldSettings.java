package explainrec.data;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/**
 * Settings of the generated hotel world; {@link World} gives the formulas they stand in.
 *
 * @param worldUsers number of guests
 * @param worldItems number of hotels
 * @param worldReviews number of reviews, at least 5 a guest on average
 * @param worldSeed everything random follows from it
 * @param worldMean mu, the latent mean rating
 * @param worldQualitySpread sigma_q, standard deviation of an item's aspect quality
 * @param worldQualityShared rho, correlation of two aspect qualities of one item, 0..1
 * @param worldLeniency sigma_b, standard deviation of a user's leniency
 * @param worldTaste sigma_t, standard deviation of a user's taste in one aspect
 * @param worldMood delta, how much one stay's luck moves all ratings of its review
 * @param worldAspectNoise sigma_a, standard deviation of an aspect rating's own noise
 * @param worldOverallNoise sigma_o, standard deviation of the overall rating's own noise
 * @param worldTypeStrength kappa, how much a user type stresses its favourite aspects
 * @param worldTypeSpread sigma_w, how much users of one type differ in importance
 * @param worldFeatures m, features that an item has of each aspect
 * @param worldOwnFeature pi, probability that a named feature is one that the item has
 * @param worldMentionFloor c, probability of naming an aspect of no importance
 * @param worldMentionGain g, how fast that probability grows with importance
 * @param worldVerdict v, probability of a sentence about the whole stay
 * @param worldPolaritySharpness s, 1: words follow the ratings closely, 0: not at all
 * @param worldRepost share of reviews whose text is taken from an earlier one
 * @param worldRatings form of the ratings: {@code integer}, {@code half} stars, or {@code none}
 *     (continuous)
 */
public record WorldSettings(
    int worldUsers,
    int worldItems,
    int worldReviews,
    long worldSeed,
    double worldMean,
    double worldQualitySpread,
    double worldQualityShared,
    double worldLeniency,
    double worldTaste,
    double worldMood,
    double worldAspectNoise,
    double worldOverallNoise,
    double worldTypeStrength,
    double worldTypeSpread,
    int worldFeatures,
    double worldOwnFeature,
    double worldMentionFloor,
    double worldMentionGain,
    double worldVerdict,
    double worldPolaritySharpness,
    double worldRepost,
    String worldRatings) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Checks every range. */
  public WorldSettings {
    Check.range("worldUsers", worldUsers, 1, 10_000_000);
    Check.range("worldItems", worldItems, 10, 10_000_000);
    Check.range(
        "worldReviews",
        worldReviews,
        5L * worldUsers,
        Math.min(Integer.MAX_VALUE, (long) worldUsers * (worldItems / 2)));
    Check.range("worldMean", worldMean, 1, 5);
    Check.range("worldQualitySpread", worldQualitySpread, 0, 4);
    Check.range("worldQualityShared", worldQualityShared, 0, 1);
    Check.range("worldLeniency", worldLeniency, 0, 4);
    Check.range("worldTaste", worldTaste, 0, 4);
    Check.range("worldMood", worldMood, 0, 4);
    Check.range("worldAspectNoise", worldAspectNoise, 0.01, 4);
    Check.range("worldOverallNoise", worldOverallNoise, 0.01, 4);
    Check.range("worldTypeStrength", worldTypeStrength, 0, 10);
    Check.range("worldTypeSpread", worldTypeSpread, 0, 10);
    Check.range("worldFeatures", worldFeatures, 1, 8);
    Check.range("worldOwnFeature", worldOwnFeature, 0, 1);
    Check.range("worldMentionFloor", worldMentionFloor, 0.01, 0.99);
    Check.range("worldMentionGain", worldMentionGain, 0, 20);
    Check.range("worldVerdict", worldVerdict, 0, 1);
    Check.range("worldPolaritySharpness", worldPolaritySharpness, 0, 1);
    Check.range("worldRepost", worldRepost, 0, 0.5);
    Check.oneOf("worldRatings", worldRatings, "integer", "half", "none");
  }

  /** 2,000 reviews of 150 guests on 100 hotels: seconds. */
  public static WorldSettings smoke() {
    return sized(150, 100, 2_000);
  }

  /** 10,000 reviews of 500 guests on 333 hotels: minutes. */
  public static WorldSettings quick() {
    return sized(500, 333, 10_000);
  }

  /** 60,000 reviews of 8,800 guests on 2,900 hotels: TripAdvisor's size after the filter. */
  public static WorldSettings paper() {
    return sized(8_800, 2_900, 60_000);
  }

  /**
   * The size for a profile.
   *
   * @param profile {@code smoke}, {@code quick} or {@code paper}
   * @return its settings
   * @throws InputException for another word
   */
  public static WorldSettings profile(String profile) {
    Check.oneOf("profile", profile, "smoke", "quick", "paper");
    return switch (profile) {
      case "smoke" -> smoke();
      case "quick" -> quick();
      default -> paper();
    };
  }

  /** The default world at another size. */
  private static WorldSettings sized(int users, int items, int reviews) {
    return new WorldSettings(
        users, items, reviews, 42, 4.1, 0.7, 0.5, 0.35, 0.3, 0.4, 0.55, 0.35, 1.6, 0.4, 2, 0.85,
        0.1, 3, 0.6, 1, 0.01, "integer");
  }

  /**
   * The same settings but for one.
   *
   * @param key a setting's name
   * @param value its new value
   * @return the changed settings, checked
   * @throws InputException for an unknown key or a value out of range
   */
  public WorldSettings with(String key, Object value) {
    Map<String, Object> all = MAPPER.convertValue(this, new TypeReference<>() {});
    if (!all.containsKey(key)) {
      throw InputException.setting(key, value, String.join(" | ", all.keySet()));
    }
    all.put(key, value);
    try {
      return MAPPER.convertValue(all, WorldSettings.class);
    } catch (IllegalArgumentException e) {
      if (e.getCause() != null && e.getCause().getCause() instanceof InputException known) {
        throw known;
      }
      throw InputException.setting(key, value, "a value of the same kind as " + all.get(key));
    }
  }
}
