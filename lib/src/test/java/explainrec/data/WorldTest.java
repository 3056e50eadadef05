package explainrec.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

class WorldTest {
  private static List<Review> reviews(WorldSettings settings) {
    List<Review> all = new ArrayList<>();
    new World(settings).read(all::add);
    return all;
  }

  private static String line(Review r) {
    return String.join(
        "\t",
        r.user(),
        r.item(),
        Double.toString(r.overall()),
        Arrays.toString(r.aspects()),
        Long.toString(r.time()),
        r.text());
  }

  private static String hash(List<Review> reviews) {
    return DigestUtils.sha256Hex(String.join("\n", reviews.stream().map(WorldTest::line).toList()));
  }

  @Test
  void theFirstReviewsAreTheSameBytesOnEveryMachine() {
    assertEquals(
        "5983b51a68b7ffed0d2df9445c5f60c17321af523cf698803c7bce06f48b5836",
        hash(reviews(WorldSettings.smoke()).subList(0, 500)));
  }

  @Test
  void readingTwiceGivesTheSameReviewsAndAnotherSeedGivesOthers() {
    List<Review> first = reviews(WorldSettings.smoke());
    assertEquals(hash(first), hash(reviews(WorldSettings.smoke())));
    List<Review> other = reviews(WorldSettings.smoke().with("worldSeed", 43));
    assertNotEquals(first.get(0).text(), other.get(0).text());
    assertNotEquals(hash(first), hash(other));
  }

  @Test
  void fingerprintChangesWithEverySetting() {
    Set<String> seen = new HashSet<>();
    WorldSettings base = WorldSettings.smoke();
    seen.add(new World(base).fingerprint());
    assertFalse(seen.add(new World(WorldSettings.smoke()).fingerprint()));
    assertTrue(seen.add(new World(base.with("worldSeed", 1)).fingerprint()));
    assertTrue(seen.add(new World(base.with("worldRepost", 0)).fingerprint()));
    assertTrue(seen.add(new World(base.with("worldRatings", "half")).fingerprint()));
  }

  @Test
  void nobodyReviewsAHotelTwiceAndAlmostAllHaveFiveReviews() {
    for (WorldSettings settings : List.of(WorldSettings.smoke(), WorldSettings.quick())) {
      Map<String, Integer> users = new HashMap<>();
      Map<String, Integer> items = new HashMap<>();
      Set<String> pairs = new HashSet<>();
      int[] rows = new int[1];
      new World(settings)
          .read(
              r -> {
                rows[0]++;
                users.merge(r.user(), 1, Integer::sum);
                items.merge(r.item(), 1, Integer::sum);
                assertTrue(pairs.add(r.user() + " " + r.item()));
              });
      assertEquals(settings.worldReviews(), rows[0]);
      assertEquals(settings.worldUsers(), users.size());
      assertTrue(users.values().stream().allMatch(c -> c >= 5));
      long few = items.values().stream().filter(c -> c < 5).count();
      assertTrue(few <= settings.worldItems() / 50, few + " hotels with few reviews");
    }
  }

  @Test
  void ratingsLieOnTheirGridAndTimesOfAUserAscend() {
    Map<String, Double> steps = Map.of("integer", 1.0, "half", 0.5, "none", 0.0);
    steps.forEach(
        (form, step) -> {
          Review last = null;
          for (Review r : reviews(WorldSettings.smoke().with("worldRatings", form))) {
            double[] all = Arrays.copyOf(r.aspects(), 7);
            all[6] = r.overall();
            for (double rating : all) {
              assertTrue(Scale.FIVE.contains(rating));
              assertTrue(step == 0 || rating % step == 0, form + " " + rating);
            }
            assertEquals(0, r.line());
            assertTrue(last == null || !last.user().equals(r.user()) || last.time() <= r.time());
            last = r;
          }
        });
  }

  @Test
  void textsAreAsciiOfReadableLength() {
    for (Review r : reviews(WorldSettings.smoke())) {
      assertTrue(r.text().matches("[A-Z][ -~]*\\."), r.text());
      assertFalse(r.text().matches(".*[\\[\\]{}].*"), r.text());
      int words = r.text().split(" ").length;
      assertTrue(words >= 8 && words <= 128, r.text());
    }
  }

  @Test
  void repostsAreTheOnlyRepeatedTexts() {
    WorldSettings settings = WorldSettings.quick().with("worldRepost", 0.05);
    World world = new World(settings);
    List<String> texts = new ArrayList<>();
    world.read(r -> texts.add(r.text()));
    List<WorldTruth.Repost> reposts = world.truth().reposts();
    assertEquals(600, reposts.size(), 4 * Math.sqrt(600));
    Set<Integer> exact = new HashSet<>();
    for (WorldTruth.Repost repost : reposts) {
      String text = texts.get(repost.row());
      String source = texts.get(repost.source());
      assertTrue(repost.source() < repost.row());
      assertTrue(repost.exact() ? text.equals(source) : text.startsWith(source + " "));
      assertEquals(world.truth().said(repost.source()), world.truth().said(repost.row()));
      if (repost.exact()) {
        exact.add(repost.row());
      }
    }
    Set<String> seen = new HashSet<>();
    int accidental = 0;
    for (int row = 0; row < texts.size(); row++) {
      boolean repeated = !seen.add(texts.get(row));
      accidental += repeated && !exact.contains(row) ? 1 : 0;
    }
    assertTrue(accidental <= 3, accidental + " texts repeated by accident");
    assertTrue(new World(settings.with("worldRepost", 0)).truth().reposts().isEmpty());
  }
}
