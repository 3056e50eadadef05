package explainrec.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WorldTruthTest {
  private static World world;
  private static WorldTruth truth;
  private static List<Review> reviews;
  private static Set<Integer> reposts;

  @BeforeAll
  static void readTheWorld() {
    world = new World(WorldSettings.quick());
    truth = world.truth();
    reviews = new ArrayList<>();
    world.read(reviews::add);
    reposts = new HashSet<>();
    truth.reposts().forEach(r -> reposts.add(r.row()));
  }

  /** Draws many ratings of one pair and compares their mean and variance with the truth. */
  @Test
  void momentsOfARatingAgreeWithDrawsInEveryForm() {
    for (String form : List.of("integer", "half", "none")) {
      World other = new World(WorldSettings.smoke().with("worldRatings", form));
      int draws = 40_000;
      double[] sum = new double[2];
      double[] square = new double[2];
      WorldRandom random = new WorldRandom(5, WorldRandom.Stream.SAMPLES, 0);
      for (int k = 0; k < draws; k++) {
        double[] latent = other.scores(3, 8, random).latent();
        for (int which = 0; which < 2; which++) {
          double rating = other.ratings().observe(latent[which == 0 ? 6 : 2]);
          sum[which] += rating;
          square[which] += rating * rating;
        }
      }
      WorldTruth its = other.truth();
      double[] means = {
        its.expectedOverall("guest-00003", "hotel-00008"),
        its.expectedAspect("guest-00003", "hotel-00008", 2)
      };
      double[] variances = {
        its.varianceOverall("guest-00003", "hotel-00008"),
        its.varianceAspect("guest-00003", "hotel-00008", 2)
      };
      for (int which = 0; which < 2; which++) {
        double mean = sum[which] / draws;
        assertEquals(means[which], mean, 4 * Math.sqrt(variances[which] / draws), form);
        assertEquals(variances[which], square[which] / draws - mean * mean, 0.02, form);
      }
    }
  }

  @Test
  void predictingTheExpectedRatingReachesTheNoiseFloorAndIsUnbiased() {
    double error = 0;
    double bias = 0;
    double plain = 0;
    double mean = reviews.stream().mapToDouble(Review::overall).average().orElseThrow();
    for (Review r : reviews) {
      double off = r.overall() - truth.expectedOverall(r.user(), r.item());
      error += off * off;
      bias += off;
      plain += Math.pow(r.overall() - mean, 2);
    }
    int n = reviews.size();
    double floor = truth.noiseFloor();
    assertEquals(floor, Math.sqrt(error / n), 0.015);
    assertEquals(0, bias / n, 4 * floor / Math.sqrt(n));
    assertTrue(Math.sqrt(plain / n) > 1.2 * floor, "pairs must matter");
  }

  @Test
  void theSameHoldsForEveryAspect() {
    for (int a = 0; a < 6; a++) {
      double error = 0;
      for (Review r : reviews) {
        error += Math.pow(r.aspects()[a] - truth.expectedAspect(r.user(), r.item(), a), 2);
      }
      assertEquals(truth.noiseFloor(a), Math.sqrt(error / reviews.size()), 0.015);
    }
  }

  @Test
  void aspectsAreNamedAsOftenAsTheirProbabilitySays() {
    double[] seen = new double[6];
    double[] expected = new double[6];
    double[] variance = new double[6];
    for (int row = 0; row < reviews.size(); row++) {
      if (reposts.contains(row)) {
        continue;
      }
      for (WorldMention m : truth.said(row).mentions()) {
        seen[world.aspects().indexOf(m.aspect())]++;
      }
      for (int a = 0; a < 6; a++) {
        double p = truth.mentionProbability(reviews.get(row).user(), a);
        expected[a] += p;
        variance[a] += p * (1 - p);
      }
    }
    for (int a = 0; a < 6; a++) {
      assertEquals(expected[a], seen[a], 4 * Math.sqrt(variance[a]));
    }
  }

  @Test
  void wordsFollowTheRatingsAsTheMatrixSays() {
    double[][] count = new double[5][3];
    double[][] verdict = new double[5][3];
    double verdicts = 0;
    for (int row = 0; row < reviews.size(); row++) {
      if (reposts.contains(row)) {
        continue;
      }
      WorldContent said = truth.said(row);
      for (WorldMention m : said.mentions()) {
        int star = (int) reviews.get(row).aspects()[world.aspects().indexOf(m.aspect())];
        count[star - 1][m.polarity().ordinal()]++;
      }
      if (said.verdict() != null) {
        verdict[(int) reviews.get(row).overall() - 1][said.verdict().ordinal()]++;
        verdicts++;
      }
    }
    double rows = reviews.size() - reposts.size();
    assertEquals(0.6, verdicts / rows, 4 * Math.sqrt(0.24 / rows));
    double[][] matrix = truth.polarityGivenRating();
    for (double[][] table : List.of(count, verdict)) {
      for (int k = 0; k < 5; k++) {
        double total = Arrays.stream(table[k]).sum();
        for (int w = 0; w < 3; w++) {
          double p = matrix[k][w];
          assertEquals(p * total, table[k][w], 4 * Math.sqrt(total * p * (1 - p)) + 1);
        }
      }
    }
  }

  @Test
  void namedFeaturesAreTheHotelsOwnAsOftenAsSet() {
    double own = 0;
    double all = 0;
    double likely = 0;
    for (int row = 0; row < reviews.size(); row++) {
      if (reposts.contains(row)) {
        continue;
      }
      String item = reviews.get(row).item();
      for (WorldMention m : truth.said(row).mentions()) {
        all++;
        own += truth.features(item).get(m.aspect()).contains(m.feature()) ? 1 : 0;
        likely +=
            truth.featureProbability(item, world.aspects().indexOf(m.aspect()), m.feature()) > 0.4
                ? 1
                : 0;
      }
    }
    assertEquals(0.85, own / all, 4 * Math.sqrt(0.85 * 0.15 / all));
    assertEquals(own, likely);
  }

  @Test
  void whatAUserCaresAboutIsWhatTheUserWritesAbout() {
    double[] rate = new double[2];
    double[] users = new double[2];
    for (int row = 0; row < reviews.size(); row++) {
      double[] w = truth.importance(reviews.get(row).user());
      int most = 0;
      int least = 0;
      for (int a = 1; a < 6; a++) {
        most = w[a] > w[most] ? a : most;
        least = w[a] < w[least] ? a : least;
      }
      for (WorldMention m : truth.said(row).mentions()) {
        int a = world.aspects().indexOf(m.aspect());
        rate[0] += a == most ? 1 : 0;
        rate[1] += a == least ? 1 : 0;
      }
      users[0]++;
    }
    assertTrue(rate[0] > 2 * rate[1], rate[0] + " against " + rate[1]);
  }

  @Test
  void importanceSumsToOneAndDiffersBetweenTypes() {
    double[] savers = new double[2];
    double[] others = new double[2];
    for (int u = 0; u < WorldSettings.quick().worldUsers(); u++) {
      String id = World.userId(u);
      double[] w = truth.importance(id);
      assertEquals(1, Arrays.stream(w).sum(), 1e-12);
      double[] group = truth.type(id).equals("saver") ? savers : others;
      group[0] += w[5];
      group[1]++;
    }
    assertTrue(savers[0] / savers[1] > 2 * others[0] / others[1]);
  }

  @Test
  void aspectQualitiesOfAHotelAreCorrelatedAsSet() {
    double product = 0;
    double square = 0;
    for (int i = 0; i < WorldSettings.quick().worldItems(); i++) {
      double[] q = truth.quality(World.itemId(i));
      product += q[0] * q[4] + q[1] * q[5] + q[2] * q[3];
      square += (Arrays.stream(q).map(x -> x * x).sum()) / 2;
    }
    assertEquals(0.5, product / square, 0.12);
  }

  @Test
  void probabilitiesOfAllThatCanBeSaidSumToOne() {
    WorldPopulation people = world.population();
    for (int u = 0; u < 20; u++) {
      double all = 0;
      double[] named = new double[6];
      for (int set = 1; set < 64; set++) {
        int bits = set;
        int[] aspects = IntStream.range(0, 6).filter(a -> (bits >> a & 1) == 1).toArray();
        double p = people.saidSet(u, aspects);
        all += p;
        for (int a : aspects) {
          named[a] += p;
        }
      }
      assertEquals(1, all, 1e-12);
      for (int a = 0; a < 6; a++) {
        assertEquals(named[a], truth.mentionProbability(World.userId(u), a), 1e-12);
        int aspect = a;
        String item = World.itemId(u);
        double features =
            world.grammar().features(a).stream()
                .mapToDouble(f -> truth.featureProbability(item, aspect, f))
                .sum();
        assertEquals(1, features, 1e-12);
      }
    }
  }

  @Test
  void unknownIdsAreRefusedInOneLine() {
    assertThrows(InputException.class, () -> truth.importance("guest-00600"));
    assertThrows(InputException.class, () -> truth.quality("guest-00001"));
    assertThrows(InputException.class, () -> truth.said(12_000));
  }
}
