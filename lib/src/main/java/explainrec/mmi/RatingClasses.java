package explainrec.mmi;

import explainrec.text.ExplainedSplit;

/** Ratings as classes, the R of I(R;E). */
public final class RatingClasses {
  /** How many there are. */
  public static final int COUNT = 5;

  private RatingClasses() {}

  /**
   * The whole star nearest to each rating, cut to the scale.
   *
   * @param ratings any, (N)
   * @return 0..4 for 1 to 5 stars, (N)
   */
  public static int[] of(float[] ratings) {
    int[] classes = new int[ratings.length];
    for (int n = 0; n < ratings.length; n++) {
      classes[n] = Math.max(1, Math.min(COUNT, Math.round(ratings[n]))) - 1;
    }
    return classes;
  }

  /**
   * Rating classes of some rows.
   *
   * @param data explained
   * @param rows of the data
   * @return 0..4, (N)
   */
  public static int[] of(ExplainedSplit data, int[] rows) {
    float[] ratings = new float[rows.length];
    for (int n = 0; n < rows.length; n++) {
      ratings[n] = data.split().data().overall(rows[n]);
    }
    return of(ratings);
  }
}
