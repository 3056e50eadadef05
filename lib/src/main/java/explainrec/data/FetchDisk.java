package explainrec.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where downloads are written; tests put a full disk in its place. */
interface FetchDisk {
  /** The real disk. */
  FetchDisk REAL =
      new FetchDisk() {
        @Override
        public OutputStream open(Path file, boolean append) throws IOException {
          return append
              ? Files.newOutputStream(file, StandardOpenOption.APPEND)
              : Files.newOutputStream(file);
        }

        @Override
        public long free(Path folder) throws IOException {
          return Files.getFileStore(folder).getUsableSpace();
        }
      };

  /**
   * Opens a file for writing.
   *
   * @param file the file
   * @param append whether to go on at its end; else it is emptied
   * @return the stream
   * @throws IOException when the disk refuses
   */
  OutputStream open(Path file, boolean append) throws IOException;

  /**
   * Free space.
   *
   * @param folder a folder on the disk
   * @return bytes that this user may still write
   * @throws IOException when unknown
   */
  long free(Path folder) throws IOException;
}
