package explainrec.data;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How a latent score becomes a rating, and the exact distribution of that rating.
 *
 * <p>A latent score is m + delta z + s n with n standard normal and z the stay's luck, one of three
 * values with mean 0 and variance 1 (the nodes of three-point Gauss-Hermite quadrature). A grid
 * with step h has the ratings 1, 1+h, ..., 5 and takes the nearest, halves upwards; without a grid
 * the score is cut off at 1 and 5.
 */
final class WorldRatings {
  /** Values of z. */
  static final double[] LUCK = {-StrictMath.sqrt(3), 0, StrictMath.sqrt(3)};

  /** Probabilities of z. */
  static final double[] LUCK_SHARE = {1.0 / 6, 2.0 / 3, 1.0 / 6};

  /** Number of whole stars. */
  static final int STARS = 5;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  private final double step;

  /**
   * Chooses a form.
   *
   * @param form {@code integer}, {@code half} or {@code none}
   */
  WorldRatings(String form) {
    step = form.equals("integer") ? 1 : form.equals("half") ? 0.5 : 0;
  }

  /** The rating given for a latent score. */
  double observe(double latent) {
    double inside = Math.min(5, Math.max(1, latent));
    return step == 0 ? inside : 1 + step * Math.floor((inside - 1) / step + 0.5);
  }

  /** The whole star nearest to a latent score, from 0 for one star to 4 for five. */
  static int star(double latent) {
    return (int) Math.floor(Math.min(5, Math.max(1, latent)) + 0.5) - 1;
  }

  /**
   * Probabilities of the whole stars for given luck.
   *
   * @param mean m + delta z
   * @param sd s
   * @return one for each star, summing to 1, (5)
   */
  static double[] stars(double mean, double sd) {
    double[] p = new double[STARS];
    double below = 0;
    for (int k = 0; k < STARS; k++) {
      double upTo = k == STARS - 1 ? 1 : cdf((k + 1.5 - mean) / sd);
      p[k] = upTo - below;
      below = upTo;
    }
    return p;
  }

  /**
   * Mean and variance of the rating, luck averaged out.
   *
   * @param mean m
   * @param luck delta
   * @param sd s
   * @return E[r] and Var(r)
   */
  double[] moments(double mean, double luck, double sd) {
    double first = 0;
    double second = 0;
    for (int z = 0; z < LUCK.length; z++) {
      double[] raw =
          step == 0 ? clipped(mean + luck * LUCK[z], sd) : gridded(mean + luck * LUCK[z], sd);
      first += LUCK_SHARE[z] * raw[0];
      second += LUCK_SHARE[z] * raw[1];
    }
    return new double[] {first, second - first * first};
  }

  /** E[r] and E[r^2] on the grid. */
  private double[] gridded(double mean, double sd) {
    int levels = (int) Math.round(4 / step) + 1;
    double first = 0;
    double second = 0;
    double below = 0;
    for (int k = 0; k < levels; k++) {
      double rating = 1 + step * k;
      double upTo = k == levels - 1 ? 1 : cdf((rating + step / 2 - mean) / sd);
      first += (upTo - below) * rating;
      second += (upTo - below) * rating * rating;
      below = upTo;
    }
    return new double[] {first, second};
  }

  /** E[r] and E[r^2] of a normal score cut off at 1 and 5. */
  private static double[] clipped(double mean, double sd) {
    double a = (1 - mean) / sd;
    double b = (5 - mean) / sd;
    double low = cdf(a);
    double inside = cdf(b) - low;
    double high = 1 - low - inside;
    double first = mean * inside - sd * (density(b) - density(a));
    double second =
        (mean * mean + sd * sd) * inside - sd * ((mean + 5) * density(b) - (mean + 1) * density(a));
    return new double[] {low + first + 5 * high, low + second + 25 * high};
  }

  private static double cdf(double x) {
    return NORMAL.cumulativeProbability(x);
  }

  private static double density(double x) {
    return NORMAL.density(x);
  }
}
