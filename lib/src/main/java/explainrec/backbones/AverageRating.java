package explainrec.backbones;

import explainrec.data.Interactions;
import explainrec.data.Split;
import explainrec.nn.RatingPredictor;
import java.util.Arrays;

/** The baseline "Average": every rating is predicted by its mean over the train rows. */
public final class AverageRating implements RatingPredictor {
  private final float[] means; // overall, then each aspect, (A + 1)

  /**
   * Takes the means.
   *
   * @param split whose train rows are used
   */
  public AverageRating(Split split) {
    Interactions data = split.data();
    double[] sums = new double[data.aspects().size() + 1];
    for (int row : split.train()) {
      sums[0] += data.overall(row);
      for (int a = 1; a < sums.length; a++) {
        sums[a] += data.aspect(row, a - 1);
      }
    }
    means = new float[sums.length];
    for (int head = 0; head < sums.length; head++) {
      means[head] = (float) (sums[head] / split.train().length);
    }
  }

  @Override
  public float[][] predict(int[] users, int[] items) {
    float[][] ratings = new float[means.length][users.length];
    for (int head = 0; head < means.length; head++) {
      Arrays.fill(ratings[head], means[head]);
    }
    return ratings;
  }
}
