package explainrec.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds a data set by name or path and tells by its bytes how to read it. */
public final class DataSets {
  /** The name of the generated data set. */
  public static final String WORLD = "world";

  private DataSets() {}

  /**
   * Opens a data set.
   *
   * @param nameOrFile {@code world}, the name of a folder in the data folder or of a file in its
   *     {@code samples}, or a path to a file or folder
   * @param mapping the mapping to read it by; when empty, the file's own (FILE.yaml beside it) or a
   *     known one that fits
   * @param dataFolder where fetched data sets lie
   * @param settings {@code anonymous} is used while reading
   * @param world makes the generated data set
   * @return the source; nothing but its first record is read yet
   * @throws InputException when there is no such data set or its form is not known
   */
  public static ReviewSource open(
      String nameOrFile,
      Optional<Path> mapping,
      Path dataFolder,
      DataSettings settings,
      Supplier<ReviewSource> world) {
    if (nameOrFile.equals(WORLD)) {
      return world.get();
    }
    Path place = find(nameOrFile, dataFolder);
    return text(place, mapping);
  }

  private static Path find(String nameOrFile, Path dataFolder) {
    List<Path> places = List.of(Path.of(nameOrFile), dataFolder.resolve(nameOrFile));
    for (Path place : places) {
      if (Files.exists(place)) {
        return place;
      }
    }
    throw new InputException("data set '" + nameOrFile + "' is not known");
  }

  private static ReviewSource text(Path file, Optional<Path> given) {
    Map<String, String> first = JsonLinesSource.firstRecord(file);
    Mapping mapping = mapping(file, given, first);
    return new JsonLinesSource(file, mapping);
  }

  private static Mapping mapping(Path file, Optional<Path> given, Map<String, String> first) {
    Path beside = file.resolveSibling(file.getFileName() + ".yaml");
    if (given.isPresent()) {
      return Mappings.read(given.get());
    }
    if (Files.exists(beside)) {
      return Mappings.read(beside);
    }
    return Mappings.sniff(first)
        .orElseThrow(
            () ->
                new InputException(
                    file
                        + ": no known mapping fits the columns "
                        + String.join(", ", first.keySet())
                        + "; write one to "
                        + beside
                        + ": "
                        + Mappings.EXAMPLE));
  }
}
