package explainrec.mmi;

import java.util.Arrays;

/**
 * What an alignment model says of explanations: the parts from which bounds, rewards and their
 * bootstrap intervals are made. The marginal is exact: every y, weighted by its share among these
 * explanations' own y. An explanation without a y holds NaN in both and stays out of every bound.
 *
 * @param joint T(e_n, y_n), (N)
 * @param marginal log of the mean over y of exp T(e_n, y), (N)
 */
public record Scored(double[] joint, double[] marginal) {
  /**
   * Scores explanations from T of every y.
   *
   * @param scores T(e_n, y), (N, C)
   * @param classes number of each explanation's own y, -1 for none, (N)
   * @return the parts, NaN where there is no y
   */
  static Scored of(float[][] scores, int[] classes) {
    double[] share = new double[scores.length == 0 ? 0 : scores[0].length]; // (C)
    int known = 0;
    for (int c : classes) {
      if (c >= 0) {
        share[c]++;
        known++;
      }
    }
    double[] joint = new double[classes.length];
    double[] marginal = new double[classes.length];
    for (int n = 0; n < classes.length; n++) {
      joint[n] = classes[n] < 0 ? Double.NaN : scores[n][classes[n]];
      marginal[n] = classes[n] < 0 ? Double.NaN : logMeanExp(scores[n], share, known);
    }
    return new Scored(joint, marginal);
  }

  /**
   * Scores pairs by T of their own y and of some others.
   *
   * @param t first T(e_n, y_n), then T(e_n, y) of other values y, (P, N)
   * @return the parts
   */
  static Scored ofPairs(float[][] t) {
    int size = t[0].length;
    double[] joint = new double[size];
    double[] marginal = new double[size];
    double[] even = new double[t.length]; // (P)
    Arrays.fill(even, 1, t.length, 1);
    float[] ofPair = new float[t.length]; // (P)
    for (int n = 0; n < size; n++) {
      for (int p = 0; p < t.length; p++) {
        ofPair[p] = t[p][n];
      }
      joint[n] = t[0][n];
      marginal[n] = logMeanExp(ofPair, even, t.length - 1.0);
    }
    return new Scored(joint, marginal);
  }

  /** log (sum of weight exp value / total); values of weight 0 do not count. */
  private static double logMeanExp(float[] values, double[] weights, double total) {
    double most = Double.NEGATIVE_INFINITY;
    for (int n = 0; n < values.length; n++) {
      most = weights[n] > 0 ? Math.max(most, values[n]) : most;
    }
    double sum = 0;
    for (int n = 0; n < values.length; n++) {
      sum += weights[n] > 0 ? weights[n] * Math.exp(values[n] - most) : 0;
    }
    return most + Math.log(sum / total);
  }

  /**
   * The Donsker-Varadhan bound: mean T(joint) - log mean exp T(marginal).
   *
   * @return nats; NaN when no explanation has a y
   */
  public double bound() {
    double most = Double.NEGATIVE_INFINITY;
    for (double value : marginal) {
      most = Double.isNaN(value) ? most : Math.max(most, value);
    }
    double sum = 0;
    double exp = 0;
    int count = 0;
    for (int n = 0; n < joint.length; n++) {
      if (!Double.isNaN(joint[n])) {
        sum += joint[n];
        exp += Math.exp(marginal[n] - most);
        count++;
      }
    }
    return sum / count - (most + Math.log(exp / count));
  }

  /**
   * The bound that T was trained to raise: {@link #bound()} for {@code dv}; {@code infonce}, mean
   * of T(joint) - T(marginal), each explanation with a logarithm of its own; {@code nwj}, mean
   * T(joint) - mean exp(T(marginal) - 1).
   *
   * @param objective {@code dv}, {@code infonce} or {@code nwj}
   * @return nats; NaN when no explanation has a y
   */
  public double bound(String objective) {
    if (objective.equals("dv")) {
      return bound();
    }
    double sum = 0;
    int count = 0;
    for (int n = 0; n < joint.length; n++) {
      if (!Double.isNaN(joint[n])) {
        sum += joint[n];
        sum -= objective.equals("nwj") ? Math.exp(marginal[n] - 1) : marginal[n];
        count++;
      }
    }
    return sum / count;
  }
}
