package explainrec.data;

/**
 * One review as a source gives it, on the source's own rating scales.
 *
 * @param user the reviewer's id; empty when the source has none
 * @param item the reviewed item's id; empty when the source has none
 * @param overall the overall rating; NaN when missing
 * @param aspects one rating per aspect of the source, in its order; NaN where missing
 * @param text the review; empty when missing
 * @param time seconds since 1970, or {@link #NO_TIME}
 * @param line where it stands in its file, from 1; 0 for generated reviews
 */
public record Review(
    String user, String item, double overall, double[] aspects, String text, long time, long line) {
  /** The time of a review whose source has no dates. */
  public static final long NO_TIME = Long.MIN_VALUE;
}
