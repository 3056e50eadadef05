package explainrec.run;

import explainrec.backbones.BiasRating;
import explainrec.data.Interactions;
import explainrec.data.Prepared;

/** The ratings that generators explain which predict none themselves. */
final class GivenRatings {
  private GivenRatings() {}

  /**
   * Ratings for rows whose own may not be looked at.
   *
   * @param session its setting {@code explainedRating} says which
   * @param prepared the data
   * @param rows validation or test rows, (N)
   * @return predicted by the user and item bias, or the real ones, (N)
   */
  static float[] of(Session session, Prepared prepared, int[] rows) {
    Interactions data = prepared.interactions();
    if (session.settings().mmi().explainedRating().equals("predicted")) {
      return new BiasRating(prepared.split(), session.settings().bias())
          .predict(Ratings.users(data, rows), Ratings.items(data, rows))[0];
    }
    float[] real = new float[rows.length];
    for (int n = 0; n < real.length; n++) {
      real[n] = data.overall(rows[n]);
    }
    return real;
  }
}
