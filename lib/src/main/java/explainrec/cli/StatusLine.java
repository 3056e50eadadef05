package explainrec.cli;

import java.io.PrintStream;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One line on a terminal that each report writes over; where there is no terminal, as in a log, a
 * line at most once a minute.
 */
final class StatusLine implements Consumer<String>, AutoCloseable {
  private static final long LOG_NANOS = 60_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private final LongSupplier nanos;
  private long told;
  private int width;

  StatusLine() {
    this(System.err, System.console() != null, System::nanoTime);
  }

  /**
   * A status line.
   *
   * @param out where lines go
   * @param terminal whether a line can be written over there
   * @param nanos the time, in nanoseconds
   */
  StatusLine(PrintStream out, boolean terminal, LongSupplier nanos) {
    this.out = out;
    this.terminal = terminal;
    this.nanos = nanos;
    told = nanos.getAsLong();
  }

  @Override
  public void accept(String line) {
    if (terminal) {
      clear();
      out.print(line);
      out.flush();
      width = line.length();
    } else if (nanos.getAsLong() - told >= LOG_NANOS) {
      told = nanos.getAsLong();
      out.println(line);
    }
  }

  /** Leaves the line empty for other output. */
  void clear() {
    if (width > 0) {
      out.print("\r" + " ".repeat(width) + "\r");
      out.flush();
      width = 0;
    }
  }

  @Override
  public void close() {
    clear();
  }
}
