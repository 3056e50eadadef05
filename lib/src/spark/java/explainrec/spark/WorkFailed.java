package explainrec.spark;

/** A piece of work went wrong in a way that may go away when it is done again. */
final class WorkFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String told;

  /**
   * Makes the error.
   *
   * @param message one line
   * @param told all that the process said
   */
  WorkFailed(String message, String told) {
    super(message);
    this.told = told;
  }

  /** All that the process said. */
  String told() {
    return told;
  }
}
