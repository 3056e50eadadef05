package explainrec.spark;

import explainrec.run.RunFailure;

/** Puts what Spark throws into one line. */
final class Failures {
  private Failures() {}

  /**
   * The work's own words where it has some, else Spark's without what surrounds them.
   *
   * @param thrown by an action
   * @return why the work failed
   */
  static RunFailure of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof WorkFailed work) {
        return new RunFailure(line(work.getMessage()), work.told());
      }
    }
    String message = String.valueOf(thrown.getMessage());
    return new RunFailure(
        line(message.replaceFirst("(?s)^Job aborted due to stage failure: ", "")), message);
  }

  private static String line(String text) {
    return text.lines().findFirst().orElse("").strip();
  }
}
