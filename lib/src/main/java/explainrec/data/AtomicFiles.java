package explainrec.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files whole or not at all: to a temporary sibling first, then moved into place. */
public final class AtomicFiles {
  private AtomicFiles() {}

  /** Writes a file's content to a stream. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes everything.
     *
     * @param out the stream; the caller closes it
     * @throws IOException when the disk does not take it
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, replacing an older one only when all of the new one is on disk.
   *
   * @param file the file; missing folders are made
   * @param content writes it
   * @throws InputException when the place cannot be written to
   */
  public static void write(Path file, Content content) {
    Path folder = file.toAbsolutePath().getParent();
    Path part = null;
    try {
      Files.createDirectories(folder);
      // Not createTempFile, whose files only their owner can read.
      part =
          folder.resolve(
              file.getFileName()
                  + "."
                  + ProcessHandle.current().pid()
                  + "-"
                  + Thread.currentThread().getId()
                  + ".part");
      try (OutputStream out =
          Files.newOutputStream(
              part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
        content.writeTo(out);
      }
      move(part, file);
    } catch (AccessDeniedException | FileAlreadyExistsException e) {
      throw new InputException(
          file
              + ": cannot be written (no permission, or a file stands where a folder is needed);"
              + " choose another folder or change its rights",
          e);
    } catch (IOException e) {
      throw new InputException(
          file + ": writing failed: " + e.getMessage() + "; check space and rights", e);
    } finally {
      deleteQuietly(part);
    }
  }

  /**
   * Writes a text file in UTF-8.
   *
   * @param file the file
   * @param text its content
   * @throws InputException when the place cannot be written to
   */
  public static void write(Path file, String text) {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Moves a finished file into its place, at once where the file system can.
   *
   * @param part the finished temporary file
   * @param file its place
   * @throws IOException when it cannot be moved
   */
  static void move(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void deleteQuietly(Path part) {
    if (part != null) {
      try {
        Files.deleteIfExists(part);
      } catch (IOException e) {
        // The move succeeded or the write error is already on its way; a leftover .part harms
        // nothing.
      }
    }
  }
}
