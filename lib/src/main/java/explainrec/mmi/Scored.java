package explainrec.mmi;

/**
 * What an alignment model says of explanations: the parts from which bounds, rewards and their
 * bootstrap intervals are made. The marginal is exact: every y, weighted by its share among these
 * explanations' own y.
 *
 * @param joint T(e_n, y_n), (N)
 * @param marginal log of the mean over y of exp T(e_n, y), (N)
 */
public record Scored(double[] joint, double[] marginal) {
  /**
   * The Donsker-Varadhan bound: mean T(joint) - log mean exp T(marginal).
   *
   * @return nats
   */
  public double bound() {
    double most = Double.NEGATIVE_INFINITY;
    for (double value : marginal) {
      most = Math.max(most, value);
    }
    double sum = 0;
    double exp = 0;
    for (int n = 0; n < joint.length; n++) {
      sum += joint[n];
      exp += Math.exp(marginal[n] - most);
    }
    return sum / joint.length - (most + Math.log(exp / joint.length));
  }
}
