package explainrec.data;

import java.util.Arrays;

/**
 * What one statement of a review tells about the review's overall rating, exactly.
 *
 * <p>E is one of the review's statements (aspect, feature, polarity), each as likely as the others;
 * R the review's own overall rating, as whole stars; (user, item) uniform over the world's pairs,
 * reposts left out. Wording is independent of the rating given what is said, so a text that makes
 * this one statement tells neither more nor less.
 *
 * @param entropy H(R) in nats
 * @param ratingStatement I(R;E) in nats
 * @param followed I(R;E') in nats, where E' has E's aspect and feature, and always the polarity
 *     likeliest at the rating; where one polarity is likeliest at most ratings that is not much
 * @param ceiling the largest I(R;E'') in nats, where E'' has E's aspect and feature and a fixed
 *     polarity for each rating: no choice of polarities by the rating alone tells more
 * @param polarityGivenRating P(polarity of E | R): row k for k + 1 stars, columns as {@link
 *     WorldPolarity}; NaN at a rating that never comes, (5, 3)
 */
public record WorldExplanation(
    double entropy,
    double ratingStatement,
    double followed,
    double ceiling,
    double[][] polarityGivenRating) {
  private static final int STARS = WorldRatings.STARS;
  private static final int WORDS = WorldPolarity.values().length;

  /**
   * The polarity that a statement most often has at a rating.
   *
   * @param stars the overall rating, 1 to 5
   * @return its likeliest polarity
   */
  public WorldPolarity likeliestPolarity(int stars) {
    Check.range("stars", stars, 1, STARS);
    return WorldPolarity.values()[likeliest(polarityGivenRating[stars - 1])];
  }

  private static int likeliest(double[] shares) {
    int best = 0;
    for (int w = 1; w < shares.length; w++) {
      best = shares[w] > shares[best] ? w : best;
    }
    return best;
  }

  /**
   * Sums over all pairs, lucks and statements.
   *
   * @param world the world
   * @param usable share of the statements on an aspect with a polarity that can be drawn at all; E
   *     is then drawn from those that can, and reviews without such a statement do not count, (A,
   *     3)
   * @return the exact numbers
   */
  static WorldExplanation of(World world, double[][] usable) {
    Sums sums = new Sums(world, usable);
    for (int row = 0; row < world.settings().worldReviews(); row++) {
      sums.add(world.population().userOfRow(row), world.population().itemOfRow[row]);
    }
    double[][] polarity = new double[STARS][WORDS];
    double[] prior = new double[STARS];
    for (int k = 0; k < STARS; k++) {
      for (double[][] aspect : sums.joint[k]) {
        for (double[] feature : aspect) {
          for (int w = 0; w < WORDS; w++) {
            polarity[k][w] += feature[w];
          }
        }
      }
      prior[k] = Arrays.stream(polarity[k]).sum();
      for (int w = 0; w < WORDS; w++) {
        polarity[k][w] /= prior[k];
      }
    }
    double total = Arrays.stream(prior).sum();
    double entropy = 0;
    for (double p : prior) {
      entropy -= p > 0 ? p / total * Math.log(p / total) : 0;
    }
    int[] likeliest = Arrays.stream(polarity).mapToInt(WorldExplanation::likeliest).toArray();
    return new WorldExplanation(
        entropy,
        information(sums.joint),
        information(fixed(sums.joint, likeliest)),
        ceiling(sums.joint),
        polarity);
  }

  /** Tries every polarity at every rating. */
  private static double ceiling(double[][][][] joint) {
    int[] choice = new int[STARS];
    double best = 0;
    for (int code = 0; code < Math.pow(WORDS, STARS); code++) {
      int rest = code;
      for (int k = 0; k < STARS; k++) {
        choice[k] = rest % WORDS;
        rest /= WORDS;
      }
      best = Math.max(best, information(fixed(joint, choice)));
    }
    return best;
  }

  /** Gives every statement the polarity chosen for its rating. */
  private static double[][][][] fixed(double[][][][] joint, int[] choice) {
    double[][][][] fixed = new double[joint.length][joint[0].length][joint[0][0].length][WORDS];
    for (int k = 0; k < joint.length; k++) {
      for (int a = 0; a < joint[k].length; a++) {
        for (int f = 0; f < joint[k][a].length; f++) {
          fixed[k][a][f][choice[k]] = Arrays.stream(joint[k][a][f]).sum();
        }
      }
    }
    return fixed;
  }

  /** Mutual information between the first index and the others of a table of weights, in nats. */
  private static double information(double[][][][] joint) {
    int cells = joint[0].length * joint[0][0].length * WORDS;
    double[][] flat = new double[STARS][cells];
    double[] said = new double[cells];
    double total = 0;
    for (int k = 0; k < STARS; k++) {
      int cell = 0;
      for (double[][] aspect : joint[k]) {
        for (double[] feature : aspect) {
          for (double p : feature) {
            flat[k][cell] = p;
            said[cell++] += p;
            total += p;
          }
        }
      }
    }
    double information = 0;
    for (double[] row : flat) {
      double rating = Arrays.stream(row).sum();
      for (int cell = 0; cell < cells; cell++) {
        double p = row[cell];
        information += p > 0 ? p / total * Math.log(p * total / (rating * said[cell])) : 0;
      }
    }
    return information;
  }

  /** The joint distribution of R and E up to a factor, pair after pair. */
  private static final class Sums {
    private final World world;
    private final WorldPopulation people;
    private final WorldSettings settings;
    private final double[][] usable;
    final double[][][][] joint; // stars, aspect, feature, polarity

    Sums(World world, double[][] usable) {
      this.world = world;
      this.people = world.population();
      this.settings = world.settings();
      this.usable = usable;
      joint = new double[STARS][people.aspects()][world.grammar().features(0).size()][WORDS];
    }

    void add(int u, int i) {
      for (int z = 0; z < WorldRatings.LUCK.length; z++) {
        double luck = settings.worldMood() * WorldRatings.LUCK[z];
        double[] stars =
            WorldRatings.stars(people.overallMean(u, i) + luck, settings.worldOverallNoise());
        double[][] words = words(u, i, luck); // (A, 3)
        double[] chosen = chosen(u, words); // (A)
        for (int a = 0; a < chosen.length; a++) {
          for (int f = 0; f < joint[0][a].length; f++) {
            double said = WorldRatings.LUCK_SHARE[z] * chosen[a] * people.saidFeature(i, a, f);
            for (int k = 0; k < STARS; k++) {
              for (int w = 0; w < WORDS; w++) {
                joint[k][a][f][w] += said * stars[k] * words[a][w];
              }
            }
          }
        }
      }
    }

    /** P(polarity, usable | pair, luck) of a statement on each aspect, (A, 3). */
    private double[][] words(int u, int i, double luck) {
      double[][] words = new double[people.aspects()][WORDS];
      for (int a = 0; a < words.length; a++) {
        double[] stars =
            WorldRatings.stars(people.aspectMean(u, i, a) + luck, settings.worldAspectNoise());
        for (int w = 0; w < WORDS; w++) {
          for (int k = 0; k < STARS; k++) {
            words[a][w] += stars[k] * world.polarity()[k][w] * usable[a][w];
          }
        }
      }
      return words;
    }

    /**
     * P(aspect a is named) E[1 / (1 + M)] for each a, with M the number of usable statements on
     * other aspects: each is named independently of the others once a is, (A).
     */
    private double[] chosen(int u, double[][] words) {
      double[] chosen = new double[words.length];
      for (int a = 0; a < chosen.length; a++) {
        double[] count = new double[words.length]; // P(M = m)
        count[0] = 1;
        for (int b = 0; b < chosen.length; b++) {
          if (b != a) {
            double p = people.mention[u][b] * Arrays.stream(words[b]).sum();
            for (int m = count.length - 1; m > 0; m--) {
              count[m] = count[m] * (1 - p) + count[m - 1] * p;
            }
            count[0] *= 1 - p;
          }
        }
        for (int m = 0; m < count.length; m++) {
          chosen[a] += count[m] / (1 + m);
        }
        chosen[a] *= people.mentioned(u, a);
      }
      return chosen;
    }
  }
}
