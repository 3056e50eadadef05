package explainrec.metrics;

import java.util.Arrays;

/**
 * Exact t-SNE (van der Maaten and Hinton, 2008): a map of points in the plane on which neighbours
 * stay neighbours. Distances between far groups and the sizes of groups mean nothing on it.
 *
 * <p>It starts from the first two principal components in place of random places, so that the same
 * points give the same map. Time and memory grow with N squared: for up to a few thousand points.
 */
public final class TSne {
  private static final int EXAGGERATED = 250;
  private static final int ITERATIONS = 750;
  private static final double EXAGGERATION = 12;
  private static final double LEAST = 1e-12;
  private final double[][] affinities; // P, (N, N), symmetric, summing to 1
  private final int n;

  private TSne(double[][] affinities) {
    this.affinities = affinities;
    this.n = affinities.length;
  }

  /**
   * Maps points.
   *
   * @param points (N, d), at least four; their first two columns are where they start, so principal
   *     components are a good choice
   * @param perplexity about how many neighbours count, above 1; at most (N - 1) / 3
   * @return places, (N, 2), around 0
   */
  public static double[][] map(double[][] points, double perplexity) {
    double most = (points.length - 1) / 3.0;
    if (points.length < 4 || !(perplexity > 1)) {
      throw new IllegalArgumentException(
          points.length + " points, perplexity " + perplexity + ": at least 4, above 1");
    }
    return new TSne(affinities(points, Math.min(perplexity, Math.max(most, 1)))).descend(points);
  }

  /** The symmetric affinities P of points, (N, N). */
  static double[][] affinities(double[][] points, double perplexity) {
    int n = points.length;
    double[][] p = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] squares = new double[n];
      for (int j = 0; j < n; j++) {
        squares[j] = squaredDistance(points[i], points[j]);
      }
      p[i] = neighbours(squares, i, perplexity);
    }
    double[][] symmetric = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        symmetric[i][j] = i == j ? 0 : Math.max((p[i][j] + p[j][i]) / (2 * n), LEAST);
      }
    }
    return symmetric;
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (a[k] - b[k]) * (a[k] - b[k]);
    }
    return sum;
  }

  /**
   * How likely each point is a neighbour of one, under a normal distribution of the width that
   * gives the wanted perplexity.
   *
   * @param squares its squared distances, (N)
   * @param self the point itself, which is no neighbour
   * @return probabilities, (N), summing to 1
   */
  static double[] neighbours(double[] squares, int self, double perplexity) {
    double nearest = Double.POSITIVE_INFINITY;
    double sum = 0;
    for (int j = 0; j < squares.length; j++) {
      nearest = j == self ? nearest : Math.min(nearest, squares[j]);
      sum += squares[j];
    }
    double wanted = Math.log(perplexity);
    double precision = squares.length / Math.max(sum, Double.MIN_NORMAL);
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double[] p = new double[squares.length];
    for (int step = 0; step < 100; step++) {
      double entropy = fill(p, squares, self, nearest, precision);
      if (Math.abs(entropy - wanted) < 1e-6) {
        break;
      }
      if (entropy > wanted) {
        low = precision;
        precision = Double.isInfinite(high) ? 2 * precision : (low + high) / 2;
      } else {
        high = precision;
        precision = (low + high) / 2;
      }
    }
    return p;
  }

  /** Fills in probabilities and returns their entropy in nats. */
  private static double fill(
      double[] p, double[] squares, int self, double nearest, double precision) {
    double sum = 0;
    for (int j = 0; j < p.length; j++) {
      p[j] = j == self ? 0 : Math.exp(-precision * (squares[j] - nearest));
      sum += p[j];
    }
    double entropy = 0;
    for (int j = 0; j < p.length; j++) {
      p[j] /= sum;
      entropy -= p[j] > 0 ? p[j] * Math.log(p[j]) : 0;
    }
    return entropy;
  }

  private double[][] descend(double[][] points) {
    double[][] y = start(points);
    double[][] speed = new double[n][2];
    double[][] gains = new double[n][2];
    Arrays.stream(gains).forEach(gain -> Arrays.fill(gain, 1));
    double rate = Math.max(n / EXAGGERATION / 4, 50);
    for (int step = 0; step < ITERATIONS; step++) {
      boolean early = step < EXAGGERATED;
      double[][] slope = slope(y, early ? EXAGGERATION : 1);
      double momentum = early ? 0.5 : 0.8;
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < 2; k++) {
          boolean turned = slope[i][k] * speed[i][k] > 0;
          gains[i][k] = turned ? Math.max(0.8 * gains[i][k], 0.01) : gains[i][k] + 0.2;
          speed[i][k] = momentum * speed[i][k] - rate * gains[i][k] * slope[i][k];
          y[i][k] += speed[i][k];
        }
      }
      centre(y);
    }
    return y;
  }

  private double[][] start(double[][] points) {
    double[] first = Arrays.stream(points).mapToDouble(point -> point[0]).toArray();
    double spread = Math.max(Statistics.populationSd(first), Double.MIN_NORMAL);
    double[][] y = new double[n][2];
    for (int i = 0; i < n; i++) {
      y[i][0] = 1e-4 * points[i][0] / spread;
      y[i][1] = points[i].length > 1 ? 1e-4 * points[i][1] / spread : 0;
    }
    centre(y);
    return y;
  }

  /** Gradient of the Kullback-Leibler divergence of P from the map's own affinities, (N, 2). */
  private double[][] slope(double[][] y, double exaggeration) {
    double[][] closeness = new double[n][n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double value = 1 / (1 + squaredDistance(y[i], y[j]));
        closeness[i][j] = value;
        closeness[j][i] = value;
        sum += 2 * value;
      }
    }
    double[][] slope = new double[n][2];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double pull =
            4 * (exaggeration * affinities[i][j] - closeness[i][j] / sum) * closeness[i][j];
        slope[i][0] += pull * (y[i][0] - y[j][0]);
        slope[i][1] += pull * (y[i][1] - y[j][1]);
      }
    }
    return slope;
  }

  private static void centre(double[][] y) {
    for (int k = 0; k < 2; k++) {
      int column = k;
      double mean = Arrays.stream(y).mapToDouble(place -> place[column]).average().orElse(0);
      Arrays.stream(y).forEach(place -> place[column] -= mean);
    }
  }
}
