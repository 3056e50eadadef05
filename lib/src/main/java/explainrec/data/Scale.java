package explainrec.data;

/**
 * The scale that a source rates on; ratings are mapped linearly from it to the kit's scale of 1 to
 * 5.
 *
 * @param min the source's lowest rating
 * @param max the source's highest rating, above {@code min}
 */
public record Scale(double min, double max) {
  /** The kit's own scale. */
  public static final Scale FIVE = new Scale(1, 5);

  /** Checks the bounds. */
  public Scale {
    if (!(min < max) || Double.isInfinite(min) || Double.isInfinite(max)) {
      throw InputException.setting(
          "scale", min + ".." + max, "two numbers, the first below the second");
    }
  }

  /**
   * Tells whether a rating lies on this scale.
   *
   * @param rating on this scale; NaN does not
   * @return whether min &lt;= rating &lt;= max
   */
  public boolean contains(double rating) {
    return rating >= min && rating <= max;
  }

  /**
   * Maps a rating of this scale to 1..5.
   *
   * @param rating on this scale
   * @return 1 at min, 5 at max, linear between
   */
  public double toFive(double rating) {
    return 1 + 4 * (rating - min) / (max - min);
  }
}
