package explainrec.data;

import static explainrec.data.Samples.assertInputError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WorldExplanationTest {
  private static final int DRAWS = 400_000;

  private final World world = new World(WorldSettings.smoke());

  /** What many reviews say and rate, one usable statement of each; (stars, aspect, feature, 3). */
  private double[][][][] simulate(double[][] usable, WorldExplanation truth) {
    WorldPopulation people = world.population();
    double[][][][] count = new double[5][6][16][3];
    int rows = world.settings().worldReviews();
    for (int s = 0; s < DRAWS; s++) {
      WorldRandom random = new WorldRandom(7, WorldRandom.Stream.SAMPLES, s);
      int row = random.nextInt(rows);
      int u = people.userOfRow(row);
      int i = people.itemOfRow[row];
      World.Scores scores = world.scores(u, i, random);
      WorldDraw said = world.draw(u, i, scores, random);
      int[] fit = new int[said.aspects().length];
      int fits = 0;
      for (int k = 0; k < fit.length; k++) {
        if (random.nextDouble() < usable[said.aspects()[k]][said.polarities()[k]]) {
          fit[fits++] = k;
        }
      }
      if (fits > 0) {
        int k = fit[random.nextInt(fits)];
        int star = WorldRatings.star(scores.overall());
        int polarity =
            truth == null ? said.polarities()[k] : truth.likeliestPolarity(star + 1).ordinal();
        count[star][said.aspects()[k]][said.features()[k]][polarity]++;
      }
    }
    return count;
  }

  /** The plug-in estimate, its bias of first order taken off. */
  private static double information(double[][][][] count) {
    double[][] flat =
        Arrays.stream(count)
            .map(
                star ->
                    Arrays.stream(star)
                        .flatMap(Arrays::stream)
                        .flatMapToDouble(Arrays::stream)
                        .toArray())
            .toArray(double[][]::new);
    double total = Arrays.stream(flat).flatMapToDouble(Arrays::stream).sum();
    double sum = 0;
    int cells = 0;
    int columns = 0;
    for (int cell = 0; cell < flat[0].length; cell++) {
      double said = 0;
      for (double[] row : flat) {
        said += row[cell];
      }
      columns += said > 0 ? 1 : 0;
      for (double[] row : flat) {
        if (row[cell] > 0) {
          double rating = Arrays.stream(row).sum();
          sum += row[cell] / total * Math.log(row[cell] * total / (rating * said));
          cells++;
        }
      }
    }
    return sum - (cells - columns - flat.length + 1) / (2 * total);
  }

  private static double[][] all() {
    double[][] usable = new double[6][3];
    Arrays.stream(usable).forEach(row -> Arrays.fill(row, 1));
    return usable;
  }

  private static void assertPolarities(double[][][][] count, WorldExplanation truth) {
    for (int k = 0; k < 5; k++) {
      double[] words = new double[3];
      for (double[][] aspect : count[k]) {
        for (double[] feature : aspect) {
          for (int w = 0; w < 3; w++) {
            words[w] += feature[w];
          }
        }
      }
      double total = Arrays.stream(words).sum();
      for (int w = 0; w < 3; w++) {
        double p = truth.polarityGivenRating()[k][w];
        double error = Math.sqrt(p * (1 - p) / total);
        assertEquals(p, words[w] / total, 4.5 * error, (k + 1) + " stars, polarity " + w);
      }
    }
  }

  @Test
  void manyDrawnStatementsTellWhatTheExactNumberSays() {
    WorldExplanation truth = world.truth().explanation();
    double[][][][] count = simulate(all(), null);
    assertPolarities(count, truth);
    assertEquals(truth.ratingStatement(), information(count), 0.004);
  }

  @Test
  void statementsThatCannotBeDrawnAreLeftOutAsInASimulation() {
    double[][] usable = all();
    usable[0] = new double[] {0.2, 0.5, 0.9};
    usable[3] = new double[] {1, 0, 0.3};
    WorldExplanation truth = world.truth().explanation(usable);
    double[][][][] count = simulate(usable, null);
    assertPolarities(count, truth);
    assertEquals(truth.ratingStatement(), information(count), 0.004);
  }

  @Test
  void statementsThatFollowTheRatingTellMore() {
    WorldExplanation truth = world.truth().explanation();
    assertEquals(truth.followed(), information(simulate(all(), truth)), 0.004);
    assertTrue(truth.followed() > truth.ratingStatement());
    assertTrue(truth.ceiling() > truth.followed());
    assertTrue(truth.ceiling() < truth.entropy());
  }

  @Test
  void oneStatementTellsLessThanTheWholeReview() {
    WorldExplanation one = world.truth().explanation();
    WorldInformation whole = world.truth().mutualInformationRatingText(600);
    assertEquals(whole.entropy(), one.entropy(), 1e-9);
    assertTrue(one.ratingStatement() < whole.ratingText() - 3 * whole.ratingTextError());
  }

  @Test
  void wordsThatIgnoreRatingsTellOnlyWhatThePairTells() {
    World blunt = new World(WorldSettings.smoke().with("worldPolaritySharpness", 0.0));
    double[][] said = blunt.truth().explanation().polarityGivenRating();
    for (double[] row : said) {
      for (double p : row) {
        assertEquals(1.0 / 3, p, 1e-12);
      }
    }
    assertTrue(blunt.truth().explanation().ratingStatement() < 0.05);
  }

  @Test
  void badRatingsComeWithBlameAndGoodOnesWithPraise() {
    WorldExplanation truth = world.truth().explanation();
    assertEquals(WorldPolarity.NEGATIVE, truth.likeliestPolarity(1));
    assertEquals(WorldPolarity.NEGATIVE, truth.likeliestPolarity(2));
    assertEquals(WorldPolarity.POSITIVE, truth.likeliestPolarity(5));
    assertInputError(() -> truth.likeliestPolarity(6), "stars", "1 to 5");
    assertInputError(
        () -> world.truth().explanation(new double[][] {{1.5, 0, 0}}), "usable", "1.5");
  }
}
