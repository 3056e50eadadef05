package explainrec.data;

import java.nio.file.Path;

/**
 * Something the user gave is wrong: a file, a line, a setting. The message is one line that says
 * where, what was expected and what to do; the command line prints it without a stack trace and
 * exits with code 2.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an error from its one line.
   *
   * @param message where, what was expected, what to do
   */
  public InputException(String message) {
    super(message);
  }

  /**
   * Makes an error from its one line and the failure behind it.
   *
   * @param message where, what was expected, what to do
   * @param cause kept for debugging, not shown
   */
  public InputException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Names a place in a file.
   *
   * @param file the file, as the user gave it
   * @param line its line, from 1
   * @param problem what was found, what was expected, what to do
   * @return the error, reading {@code FILE:LINE: PROBLEM}
   */
  public static InputException at(Path file, long line, String problem) {
    return new InputException(file + ":" + line + ": " + problem);
  }

  /**
   * Names a setting with a value that is not allowed.
   *
   * @param key the setting
   * @param value what was given
   * @param allowed what may be given instead
   * @return the error, reading {@code setting KEY = VALUE: allowed is ALLOWED}
   */
  public static InputException setting(String key, Object value, String allowed) {
    return new InputException("setting " + key + " = " + value + ": allowed is " + allowed);
  }
}
