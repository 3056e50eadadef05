package explainrec.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Estimates of mutual information in nats, from draws of the world with exact likelihoods.
 *
 * @param entropy H(R) of the overall rating R, exact
 * @param ratingText I(R;E), E the text
 * @param ratingTextError its standard error
 * @param ratingTextGivenPair I(R;E | user, item): what the text says about the rating beyond what
 *     user and item say
 * @param ratingTextGivenPairError its standard error
 * @param samples number of draws
 */
public record WorldInformation(
    double entropy,
    double ratingText,
    double ratingTextError,
    double ratingTextGivenPair,
    double ratingTextGivenPairError,
    int samples) {

  /** Rows at most that stand for the population of pairs. */
  static final int MOST_PAIRS = 20_000;

  /**
   * Estimates I(R;E) as the mean over drawn texts e of KL(p(r | e) || p(r)), with p(r | e) by
   * Bayes' rule: p(r, e) = (1 / N) sum_n sum_z p(z) p(r | n, z) p(e | n, z, r), n over the pairs.
   * Wording and the order of statements drop out, because they are independent of all else.
   *
   * @param world the world
   * @param samples texts to draw
   * @return the estimates
   */
  static WorldInformation estimate(World world, int samples) {
    return new Estimator(world).run(samples);
  }

  /** The tables that the likelihoods are read from, flat for speed; P pairs, Z = 3 lucks. */
  private static final class Estimator {
    private static final int LUCKS = WorldRatings.LUCK.length;
    private static final int STARS = WorldRatings.STARS;
    private static final int WORDS = WorldPolarity.values().length;

    private final World world;
    private final WorldPopulation people;
    private final WorldSettings settings;
    private final int pairs;
    private final int aspects;
    private final int[] user; // (P)
    private final int[] item; // (P)
    private final double[] stars; // p(R = k | n, z) p(z), (P, Z, 5)
    private final double[] words; // P(polarity | n, a, z), (P, Z, A, 3)
    private final double[] pairPrior; // p(R = k | n), (P, 5)
    private final double[] prior = new double[STARS]; // p(R = k), (5)

    Estimator(World world) {
      this.world = world;
      people = world.population();
      settings = world.settings();
      aspects = people.aspects();
      int rows = settings.worldReviews();
      pairs = Math.min(rows, MOST_PAIRS);
      user = new int[pairs];
      item = new int[pairs];
      stars = new double[pairs * LUCKS * STARS];
      words = new double[pairs * LUCKS * aspects * WORDS];
      pairPrior = new double[pairs * STARS];
      for (int n = 0; n < pairs; n++) {
        int row = (int) ((long) n * rows / pairs);
        user[n] = people.userOfRow(row);
        item[n] = people.itemOfRow[row];
        fillRatings(n);
      }
    }

    private void fillRatings(int n) {
      for (int z = 0; z < LUCKS; z++) {
        double luck = settings.worldMood() * WorldRatings.LUCK[z];
        double mean = people.overallMean(user[n], item[n]) + luck;
        double[] star = WorldRatings.stars(mean, settings.worldOverallNoise());
        for (int k = 0; k < STARS; k++) {
          double p = WorldRatings.LUCK_SHARE[z] * star[k];
          stars[(n * LUCKS + z) * STARS + k] = p;
          pairPrior[n * STARS + k] += p;
          prior[k] += p / pairs;
        }
        for (int a = 0; a < aspects; a++) {
          double aspectMean = people.aspectMean(user[n], item[n], a) + luck;
          double[] of = WorldRatings.stars(aspectMean, settings.worldAspectNoise());
          for (int k = 0; k < STARS; k++) {
            for (int w = 0; w < WORDS; w++) {
              words[((n * LUCKS + z) * aspects + a) * WORDS + w] += of[k] * world.polarity()[k][w];
            }
          }
        }
      }
    }

    WorldInformation run(int samples) {
      double[] marginal = new double[samples];
      double[] given = new double[samples];
      // Each sample has its own generator and its own slot: the numbers do not depend on threads.
      IntStream.range(0, samples).parallel().forEach(s -> sample(s, marginal, given));
      return new WorldInformation(
          entropy(prior), mean(marginal), error(marginal), mean(given), error(given), samples);
    }

    private void sample(int s, double[] marginal, double[] given) {
      WorldRandom random = new WorldRandom(settings.worldSeed(), WorldRandom.Stream.SAMPLES, s);
      int own = random.nextInt(pairs);
      World.Scores scores = world.scores(user[own], item[own], random);
      WorldDraw text = world.draw(user[own], item[own], scores, random);
      double[] total = new double[STARS];
      for (int n = 0; n < pairs; n++) {
        addJoint(n, text, total);
      }
      marginal[s] = divergence(total, prior);
      double[] joint = new double[STARS];
      addJoint(own, text, joint);
      given[s] = divergence(joint, Arrays.copyOfRange(pairPrior, own * STARS, (own + 1) * STARS));
    }

    /** Adds p(R = k, e | n), but for factors that all n share, (5). */
    private void addJoint(int n, WorldDraw text, double[] sum) {
      int[] named = text.aspects();
      double base = people.saidSet(user[n], named);
      for (int k = 0; k < named.length; k++) {
        base *= people.saidFeature(item[n], named[k], text.features()[k]);
      }
      for (int z = 0; z < LUCKS; z++) {
        double p = base;
        int at = (n * LUCKS + z) * aspects;
        for (int k = 0; k < named.length; k++) {
          p *= words[(at + named[k]) * WORDS + text.polarities()[k]];
        }
        for (int k = 0; k < STARS; k++) {
          double verdict =
              text.verdict() == WorldDraw.NO_VERDICT ? 1 : world.polarity()[k][text.verdict()];
          sum[k] += p * stars[(n * LUCKS + z) * STARS + k] * verdict;
        }
      }
    }
  }

  /** KL(p || q) with p given up to a factor, in nats. */
  private static double divergence(double[] weights, double[] q) {
    double sum = 0;
    for (double w : weights) {
      sum += w;
    }
    double kl = 0;
    for (int k = 0; k < q.length; k++) {
      double p = weights[k] / sum;
      kl += p > 0 ? p * Math.log(p / q[k]) : 0;
    }
    return kl;
  }

  private static double entropy(double[] p) {
    double sum = 0;
    for (double x : p) {
      sum -= x > 0 ? x * Math.log(x) : 0;
    }
    return sum;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double x : values) {
      sum += x;
    }
    return sum / values.length;
  }

  private static double error(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double x : values) {
      sum += (x - mean) * (x - mean);
    }
    return Math.sqrt(sum / (values.length - 1.0) / values.length);
  }
}
