package explainrec.data;

/**
 * A review's content by numbers, K statements in the order of the text.
 *
 * @param aspects aspect numbers, all different, (K)
 * @param features feature numbers within their aspect, (K)
 * @param polarities ordinals of {@link WorldPolarity}, (K)
 * @param verdict ordinal of the verdict's polarity, or {@link #NO_VERDICT}
 */
record WorldDraw(int[] aspects, int[] features, int[] polarities, int verdict) {
  /** A review without a verdict. */
  static final int NO_VERDICT = -1;
}
