package explainrec.backbones;

import explainrec.data.Interactions;
import explainrec.data.WorldTruth;
import explainrec.nn.RatingPredictor;

/**
 * The best predictor there can be on the generated world: the expected rating of each pair under
 * the generator's own laws. What it still errs by is the noise floor.
 */
public final class TruthRating implements RatingPredictor {
  private final WorldTruth truth;
  private final Interactions data;

  /**
   * Predicts from known truths.
   *
   * @param truth of the world
   * @param data interactions of that world
   */
  public TruthRating(WorldTruth truth, Interactions data) {
    this.truth = truth;
    this.data = data;
  }

  @Override
  public float[][] predict(int[] users, int[] items) {
    float[][] ratings = new float[data.aspects().size() + 1][users.length];
    for (int n = 0; n < users.length; n++) {
      String user = data.users().get(users[n]);
      String item = data.items().get(items[n]);
      ratings[0][n] = (float) truth.expectedOverall(user, item);
      for (int a = 1; a < ratings.length; a++) {
        ratings[a][n] = (float) truth.expectedAspect(user, item, a - 1);
      }
    }
    return ratings;
  }
}
