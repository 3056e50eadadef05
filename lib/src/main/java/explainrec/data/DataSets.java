package explainrec.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds a data set by name or path and tells by its bytes how to read it. */
public final class DataSets {
  /** The name of the generated data set. */
  public static final String WORLD = "world";

  private static final int PICKLE = 0x80;
  private static final Pattern HOTEL =
      Pattern.compile("\\{\\s*(\"Reviews\"\\s*:\\s*\\[|\"HotelInfo\"\\s*:\\s*\\{)");

  /** Folders of the data folder that hold no raw reviews. */
  private static final Set<String> OTHER_FOLDERS =
      Set.of(
          "samples",
          "prepared",
          "bench",
          "estimators",
          "t5-small",
          "t5-mini",
          "gpt2",
          "gpt2-mini",
          "roberta-large");

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
    boolean dropAnonymous = settings.anonymous().equals("drop");
    if (mapping.isPresent() && !Files.isDirectory(place)) {
      return mapped(place, Mappings.read(mapping.get()));
    }
    return Files.isDirectory(place)
        ? folder(place, mapping, dropAnonymous)
        : file(place, nameOf(place), dropAnonymous);
  }

  /**
   * The names that {@link #open} knows.
   *
   * @param dataFolder where fetched data sets lie; may be missing
   * @return {@code world} and what lies there, sorted
   */
  public static List<String> names(Path dataFolder) {
    List<String> names = new ArrayList<>();
    for (Path path : list(dataFolder)) {
      String name = path.getFileName().toString();
      if (Files.isDirectory(path) && !OTHER_FOLDERS.contains(name) && !list(path).isEmpty()) {
        names.add(name);
      }
    }
    for (Path path : list(dataFolder.resolve("samples"))) {
      if (isData(path)) {
        names.add(stem(path));
      }
    }
    names.sort(null);
    names.add(0, WORLD);
    return names;
  }

  private static Path find(String nameOrFile, Path dataFolder) {
    if (nameOrFile.matches("[A-Za-z0-9][A-Za-z0-9-]*")) {
      Path folder = dataFolder.resolve(nameOrFile);
      if (Files.isDirectory(folder) && !OTHER_FOLDERS.contains(nameOrFile)) {
        return folder;
      }
      for (Path path : list(dataFolder.resolve("samples"))) {
        if (isData(path) && stem(path).equals(nameOrFile)) {
          return path;
        }
      }
    }
    Path path = Path.of(nameOrFile);
    if (Files.exists(path)) {
      return path;
    }
    boolean looksLikePath = nameOrFile.matches(".*[/\\\\.].*");
    throw new InputException(
        looksLikePath
            ? nameOrFile + ": no such file or folder; check the path"
            : "data set '"
                + nameOrFile
                + "' is not known; there are "
                + String.join(", ", names(dataFolder))
                + " (ratebeer and tripadvisor by ./kit fetch), or give the path of a file");
  }

  private static ReviewSource folder(Path folder, Optional<Path> mapping, boolean dropAnonymous) {
    if (Files.exists(folder.resolve("reviews.pickle"))) {
      return new PeterSource(folder);
    }
    List<Path> data = list(folder).stream().filter(DataSets::isData).toList();
    boolean hotels = !data.isEmpty() && data.stream().allMatch(p -> p.toString().endsWith(".json"));
    if (hotels && (data.size() > 1 || isHotel(data.get(0)))) {
      return new LaraSource(folder, dropAnonymous);
    }
    if (data.size() == 1) {
      return mapping.isPresent()
          ? mapped(data.get(0), Mappings.read(mapping.get()))
          : file(data.get(0), nameOf(folder.toAbsolutePath()), dropAnonymous);
    }
    List<Path> inner = LaraSource.hotels(folder);
    if (data.isEmpty() && !inner.isEmpty()) {
      return new LaraSource(folder, dropAnonymous);
    }
    throw new InputException(
        folder
            + ": expected one data file, reviews.pickle, or one .json a hotel; found "
            + data.size()
            + " data files; name the file");
  }

  private static ReviewSource file(Path file, String name, boolean dropAnonymous) {
    Path own = file.resolveSibling(file.getFileName() + ".yaml");
    if (Files.exists(own)) {
      return mapped(file, Mappings.read(own));
    }
    if (isPickle(file)) {
      return new PeterSource(file);
    }
    if (LaraSource.isTar(file)) {
      return new LaraSource(file, dropAnonymous);
    }
    String first = firstLine(file);
    if (isHotelText(first)) {
      return new LaraSource(file, dropAnonymous);
    }
    if (first.matches("\\w+/\\w+:.*") || first.matches("\\{\\s*[uU]?'.*")) {
      return new BeerSource(file, name);
    }
    boolean json = first.startsWith("{");
    String format =
        json ? Mapping.JSON_LINES : first.indexOf('\t') >= 0 ? Mapping.TSV : Mapping.CSV;
    Map<String, String> record =
        json ? JsonLinesSource.firstRecord(file) : CsvSource.firstRecord(file, format);
    if (json && BeerSource.fits(record)) {
      return new BeerSource(file, name);
    }
    Mapping mapping = Mappings.sniff(record).orElseThrow(() -> unknown(file, own, record));
    return mapped(file, mapping.in(format, name));
  }

  private static InputException unknown(Path file, Path own, Map<String, String> record) {
    return new InputException(
        file
            + ":1: no known mapping fits the columns "
            + Ratings.shorten(String.join(", ", record.keySet()))
            + "; write one to "
            + own
            + ", or give one: "
            + Mappings.EXAMPLE);
  }

  private static ReviewSource mapped(Path file, Mapping mapping) {
    return mapping.format().equals(Mapping.JSON_LINES)
        ? new JsonLinesSource(file, mapping)
        : new CsvSource(file, mapping);
  }

  private static boolean isPickle(Path file) {
    String name = file.getFileName().toString();
    try (InputStream in = Input.open(file)) {
      return in.read() == PICKLE || name.endsWith(".pickle") || name.endsWith(".pkl");
    } catch (IOException e) {
      throw Input.unreadable(file, e);
    }
  }

  private static boolean isHotel(Path file) {
    return isHotelText(firstLine(file));
  }

  private static boolean isHotelText(String text) {
    return HOTEL.matcher(text).lookingAt();
  }

  private static String firstLine(Path file) {
    try (Lines lines = new Lines(file)) {
      String line = lines.nextFilled();
      if (line == null) {
        throw new InputException(file + ":1: the file is empty; give another file");
      }
      String second = line.strip().equals("{") ? lines.nextFilled() : null;
      return second == null ? line : line + second;
    }
  }

  private static boolean isData(Path path) {
    String name = path.getFileName().toString();
    return Files.isRegularFile(path)
        && !name.startsWith(".")
        && !name.matches(
            "(?i).*\\.(yaml|yml|md|html?|part|tag|wrong|sha256|pdf)|sha256sums|readme.*|licen[sc]e.*");
  }

  /** A data set's name from a file or folder, without endings. */
  private static String nameOf(Path file) {
    String name = stem(file).replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-+|-+$", "");
    return name.isEmpty() ? "reviews" : name.toLowerCase(Locale.ROOT);
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.sorted().toList();
    } catch (IOException e) {
      throw Input.unreadable(folder, e);
    }
  }
}
