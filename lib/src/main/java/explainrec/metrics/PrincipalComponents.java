package explainrec.metrics;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Principal components: the directions in which points spread most, one after the other.
 *
 * <p>Each direction's sign is chosen so that the score farthest from 0 is positive, so that the
 * same points give the same picture on every machine.
 *
 * @param scores where each point lies along each direction, (N, k); columns have mean 0
 * @param shares of the points' variance that each direction holds, descending, (k)
 */
public record PrincipalComponents(double[][] scores, double[] shares) {
  /**
   * Finds the first components.
   *
   * @param points (N, d), at least one
   * @param most components at most; fewer where N - 1 or d is smaller
   * @return the scores and what they hold
   */
  public static PrincipalComponents of(float[][] points, int most) {
    RealMatrix centred = centred(points); // (N, d)
    int n = centred.getRowDimension();
    int d = centred.getColumnDimension();
    boolean tall = n >= d;
    // The smaller of X'X and XX': both have the same eigenvalues but for zeros.
    RealMatrix products =
        tall ? centred.transpose().multiply(centred) : centred.multiply(centred.transpose());
    EigenDecomposition eigen = new EigenDecomposition(products); // eigenvalues descending
    double total = Math.max(products.getTrace(), Double.MIN_NORMAL);
    int k = Math.max(1, Math.min(most, Math.min(n - 1, d)));
    double[][] scores = new double[n][k];
    double[] shares = new double[k];
    for (int c = 0; c < k; c++) {
      double value = Math.max(0, eigen.getRealEigenvalue(c));
      double[] vector = eigen.getEigenvector(c).toArray();
      // X v for directions v; for the other side's eigenvectors u the scores are u times its root.
      double[] column = tall ? centred.operate(vector) : scaled(vector, Math.sqrt(value));
      double sign = sign(column);
      for (int row = 0; row < n; row++) {
        scores[row][c] = sign * column[row];
      }
      shares[c] = value / total;
    }
    return new PrincipalComponents(scores, shares);
  }

  private static RealMatrix centred(float[][] points) {
    int d = points[0].length;
    double[] mean = new double[d];
    for (float[] point : points) {
      for (int j = 0; j < d; j++) {
        mean[j] += (double) point[j] / points.length;
      }
    }
    double[][] centred = new double[points.length][d];
    for (int row = 0; row < points.length; row++) {
      for (int j = 0; j < d; j++) {
        centred[row][j] = points[row][j] - mean[j];
      }
    }
    return new Array2DRowRealMatrix(centred, false);
  }

  private static double[] scaled(double[] vector, double factor) {
    return Arrays.stream(vector).map(v -> factor * v).toArray();
  }

  private static double sign(double[] column) {
    double farthest = 0;
    for (double value : column) {
      farthest = Math.abs(value) > Math.abs(farthest) + 1e-12 ? value : farthest;
    }
    return farthest < 0 ? -1 : 1;
  }
}
