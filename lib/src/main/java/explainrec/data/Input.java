package explainrec.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** Opens files, unpacking gzip and bzip2 by their first bytes, whatever the name says. */
final class Input {
  private static final int BUFFER = 1 << 16;

  private Input() {}

  static InputStream open(Path file) {
    try {
      InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
      try {
        raw.mark(4);
        int first = raw.read();
        int second = raw.read();
        int third = raw.read();
        raw.reset();
        if (first == 0x1f && second == 0x8b) {
          return new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER);
        }
        if (first == 'B' && second == 'Z' && third == 'h') {
          return new BufferedInputStream(new BZip2CompressorInputStream(raw, true), BUFFER);
        }
        return raw;
      } catch (IOException e) {
        raw.close();
        throw e;
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** The one clear line for a file that cannot be read to its end. */
  static InputException unreadable(Path file, IOException e) {
    return unreadable(file.toString(), e);
  }

  /** The same, for a place inside a file. */
  static InputException unreadable(String place, IOException e) {
    if (e instanceof EOFException) {
      return new InputException(
          place + ": the compressed file ends too early (truncated); fetch or copy it again", e);
    }
    if (e instanceof ZipException) {
      return new InputException(
          place + ": the compressed file is damaged; fetch or copy it again", e);
    }
    if (e instanceof NoSuchFileException) {
      return new InputException(place + ": no such file; check the path", e);
    }
    if (e instanceof AccessDeniedException) {
      return new InputException(place + ": may not be read; change its rights", e);
    }
    return new InputException(
        place + ": cannot be read: " + e.getMessage() + "; fetch or copy it again", e);
  }
}
