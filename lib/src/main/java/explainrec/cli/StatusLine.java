package explainrec.cli;

import java.util.function.Consumer;

/** One line on a terminal that each report writes over; silent where there is no terminal. */
final class StatusLine implements Consumer<String>, AutoCloseable {
  private final boolean terminal = System.console() != null;
  private int width;

  @Override
  public void accept(String line) {
    if (terminal) {
      clear();
      System.err.print(line);
      System.err.flush();
      width = line.length();
    }
  }

  /** Leaves the line empty for other output. */
  void clear() {
    if (width > 0) {
      System.err.print("\r" + " ".repeat(width) + "\r");
      System.err.flush();
      width = 0;
    }
  }

  @Override
  public void close() {
    clear();
  }
}
