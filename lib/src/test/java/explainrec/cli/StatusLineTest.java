package explainrec.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatusLineTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final long[] seconds = {1000};

  @Test
  void a_terminal_shows_each_report_in_place_of_the_last() {
    try (StatusLine line = line(true)) {
      line.accept("epoch 1");
      line.accept("epoch 2");
      assertEquals("epoch 1\r       \repoch 2", text());
    }
    assertEquals("epoch 1\r       \repoch 2\r       \r", text());
  }

  @Test
  void a_log_gets_a_line_once_a_minute_and_nothing_of_a_short_run() {
    try (StatusLine line = line(false)) {
      line.accept("epoch 1");
      seconds[0] += 59;
      line.accept("epoch 2");
      assertEquals("", text());
      seconds[0] += 1;
      line.accept("epoch 3");
      seconds[0] += 59;
      line.accept("epoch 4");
    }
    assertEquals("epoch 3" + System.lineSeparator(), text());
  }

  private StatusLine line(boolean terminal) {
    return new StatusLine(
        new PrintStream(said, true, StandardCharsets.UTF_8),
        terminal,
        () -> seconds[0] * 1_000_000_000L);
  }

  private String text() {
    return said.toString(StandardCharsets.UTF_8);
  }
}
