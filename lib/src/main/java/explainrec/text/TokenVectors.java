package explainrec.text;

/**
 * The tokens of one text.
 *
 * @param ids of its T tokens, the marks of beginning and end among them, (T)
 * @param values their vectors, one after the other, (T d)
 * @param counts whether a token is of the text, not a mark of beginning or end, (T)
 */
public record TokenVectors(int[] ids, float[] values, boolean[] counts) {

  /**
   * The number of tokens.
   *
   * @return T, at least 2
   */
  public int size() {
    return ids.length;
  }

  /**
   * The mean of all vectors, marks included, at length 1: the text's own vector.
   *
   * @return (d)
   */
  public float[] mean() {
    int width = values.length / ids.length;
    double[] sum = new double[width];
    for (int n = 0; n < values.length; n++) {
      sum[n % width] += values[n];
    }
    double square = 0;
    for (double value : sum) {
      square += value * value;
    }
    float[] mean = new float[width];
    for (int k = 0; k < width; k++) {
      mean[k] = (float) (square == 0 ? 0 : sum[k] / Math.sqrt(square));
    }
    return mean;
  }
}
