package explainrec.run;

import explainrec.data.InputException;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;

/**
 * Why a run gave no result.
 *
 * @param why one line for tables and messages
 * @param trace where it happened, for those who mend it; empty when the line says all
 */
public record RunFailure(String why, String trace) implements Serializable {
  private static final int LONGEST = 300;

  /**
   * Puts what was thrown into words.
   *
   * @param thrown by the run
   * @return one line, and the stack trace unless the user can mend it
   */
  public static RunFailure of(Throwable thrown) {
    if (thrown instanceof InputException) {
      return new RunFailure(line(thrown.getMessage()), "");
    }
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    String message = thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
    String why =
        isMemory(thrown)
            ? "out of memory; EXPLAINREC_HEAP=6g or a smaller batch may help"
            : thrown.getClass().getSimpleName() + message;
    return new RunFailure(line(why), trace.toString());
  }

  /** Java's own, and what PyTorch says in words. */
  private static boolean isMemory(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    return thrown instanceof OutOfMemoryError
        || message.contains("not enough memory")
        || message.contains("out of memory");
  }

  private static String line(String text) {
    String first = text == null ? "" : text.lines().findFirst().orElse("");
    return first.length() > LONGEST ? first.substring(0, LONGEST) + " ..." : first;
  }
}
