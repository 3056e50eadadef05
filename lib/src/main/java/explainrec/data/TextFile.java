package explainrec.data;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Texts in one file on disk, found by their place in it; rows cost 12 bytes of memory. */
final class TextFile implements Texts {
  private final Path file;
  private final long[] start;
  private final int[] length;
  private RandomAccessFile open; // opened at the first text, closed with the process

  TextFile(Path file, long[] start, int[] length) {
    this.file = file;
    this.start = start;
    this.length = length;
  }

  @Override
  public synchronized String get(int row) {
    byte[] bytes = new byte[length[row]];
    try {
      if (open == null) {
        open = new RandomAccessFile(file.toFile(), "r");
      }
      open.seek(start[row]);
      open.readFully(bytes);
    } catch (IOException e) {
      throw new InputException(file + ": the prepared texts cannot be read; prepare again", e);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
