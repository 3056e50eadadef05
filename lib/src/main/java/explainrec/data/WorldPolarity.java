package explainrec.data;

/** How positive a statement of a generated review is. */
public enum WorldPolarity {
  /** Complains. */
  NEGATIVE,
  /** Neither praises nor complains. */
  NEUTRAL,
  /** Praises. */
  POSITIVE
}
