package explainrec.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Folders that appear only when all that belongs into them is there. */
public final class WholeFolder {
  private WholeFolder() {}

  /**
   * Makes a folder under another name, which a killed maker goes on in, and renames it at the end.
   * Who asks for it meanwhile waits, and gets what was made.
   *
   * @param folder replaced when what is in it will not do
   * @param stands whether a folder holds all that is wanted
   * @param maker fills the folder it is given
   * @return {@code folder}
   * @throws InputException when it cannot be replaced
   */
  public static Path make(Path folder, Predicate<Path> stands, Consumer<Path> maker) {
    if (!stands.test(folder)) {
      FolderLock.holding(
          folder, line -> {}, () -> stands.test(folder) ? folder : replace(folder, stands, maker));
    }
    return folder;
  }

  private static Path replace(Path folder, Predicate<Path> stands, Consumer<Path> maker) {
    Path work = folder.resolveSibling(folder.getFileName() + ".part");
    if (!stands.test(work)) {
      maker.accept(work);
    }
    try {
      delete(folder);
      Files.move(work, folder);
    } catch (IOException e) {
      throw new InputException(
          folder + ": cannot be replaced; choose another folder or change its rights", e);
    }
    return folder;
  }

  /**
   * Deletes a file, or a folder with all that is in it; nothing is done where there is none.
   *
   * @param path of either
   * @throws IOException when a part of it cannot be deleted
   */
  public static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(path)) {
      for (Path file : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
