package explainrec.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The lines of a (possibly packed) UTF-8 text file, counted from 1; broken bytes become U+FFFD. */
final class Lines implements AutoCloseable {
  private final Path file;
  private final BufferedReader reader;
  private long number;

  Lines(Path file) {
    this.file = file;
    this.reader =
        new BufferedReader(
            new InputStreamReader(Input.open(file), StandardCharsets.UTF_8), 1 << 16);
  }

  /** The next line, or null at the end. */
  String next() {
    try {
      String line = reader.readLine();
      number++;
      if (number == 1 && line != null && line.startsWith("\uFEFF")) {
        return line.substring(1);
      }
      return line;
    } catch (IOException e) {
      throw Input.unreadable(file + ":" + (number + 1), e);
    }
  }

  /** The next line that is not blank, or null at the end. */
  String nextFilled() {
    String line = next();
    while (line != null && line.isBlank()) {
      line = next();
    }
    return line;
  }

  /** The number of the line that was given last. */
  long number() {
    return number;
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw Input.unreadable(file, e);
    }
  }
}
