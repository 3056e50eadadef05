package explainrec.run;

import explainrec.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A finished run that was made elsewhere and is to be put in its place. */
public final class CarriedRun {
  private static final Path KEY = Path.of("checkpoint", "key");

  private CarriedRun() {}

  /**
   * Where runs are put down before they get to their place: on the same disk, but where no table
   * looks for results.
   *
   * @param session its results
   * @return a folder, there or not
   */
  public static Path landing(Session session) {
    return session.folder().resolve("arriving.part");
  }

  /**
   * Puts a run in its place. Where nothing stands there it appears at once; what an earlier run
   * left is replaced file by file, its key first taken away and the new one coming last, so that a
   * key never stands beside files of another run.
   *
   * @param arrived folder with all files of the run; it is gone afterwards
   * @param folder the run's place
   * @throws InputException when the place cannot be written to
   */
  public static void place(Path arrived, Path folder) {
    try {
      Files.createDirectories(folder.getParent());
      if (!Files.exists(folder)) {
        Files.move(arrived, folder, StandardCopyOption.ATOMIC_MOVE);
        return;
      }
      Files.deleteIfExists(folder.resolve(KEY));
      discard(folder.resolve("checkpoint"));
      List<Path> files;
      try (Stream<Path> all = Files.walk(arrived)) {
        files = all.filter(Files::isRegularFile).map(arrived::relativize).sorted().toList();
      }
      for (Path file : files) {
        if (!file.equals(KEY)) {
          move(arrived, folder, file);
        }
      }
      if (files.contains(KEY)) {
        move(arrived, folder, KEY);
      }
      discard(arrived);
    } catch (IOException e) {
      throw new InputException(
          folder + ": cannot be written: " + e.getMessage() + "; check space and rights", e);
    }
  }

  private static void move(Path from, Path to, Path file) throws IOException {
    Files.createDirectories(to.resolve(file).getParent());
    Files.move(
        from.resolve(file),
        to.resolve(file),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Deletes a folder with all in it, if it is there.
   *
   * @param folder which
   * @throws InputException when something in it cannot be deleted
   */
  public static void discard(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be deleted; change its rights", e);
    }
  }
}
