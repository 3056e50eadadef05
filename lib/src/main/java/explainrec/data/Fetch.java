package explainrec.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Downloads data and models from their publishers to {@code data/NAME/}: with resume, a SHA-256
 * check, licence and terms. A file stands under its own name only when it is whole and checked.
 *
 * <p>Where no hash is known beforehand, the first download's hash is written to {@code SHA256SUMS}
 * beside the file and holds from then on.
 */
public final class Fetch {
  private static final String SUMS = "SHA256SUMS";

  private final String name;
  private final FetchSource source;
  private final FetchSettings settings;
  private final FetchDisk disk;

  /**
   * Fetches from given addresses.
   *
   * @param name the source's name, also of its folder
   * @param source what to fetch from where
   * @param settings how patient
   * @param disk where to write
   */
  Fetch(String name, FetchSource source, FetchSettings settings, FetchDisk disk) {
    this.name = name;
    this.source = source;
    this.settings = settings;
    this.disk = disk;
  }

  /**
   * Fetches a source by its name.
   *
   * @param source one of {@link FetchSource#names()}
   * @param dataFolder the kit's data folder; the files come into its subfolder of that name
   * @param progress hears of bytes
   * @return what happened, as lines to print
   * @throws InputException in one line, when it cannot be had; what came so far is kept for the
   *     next run
   */
  public static FetchReport run(String source, Path dataFolder, Progress progress) {
    return new Fetch(source, FetchSource.named(source), FetchSettings.DEFAULT, FetchDisk.REAL)
        .into(dataFolder, progress);
  }

  /**
   * Licence and terms of a source, to print before it is fetched.
   *
   * @param source one of {@link FetchSource#names()}
   * @return lines
   */
  public static List<String> about(String source) {
    return FetchSource.named(source).about();
  }

  /** Fetches what is missing, see {@link #run}. */
  FetchReport into(Path dataFolder, Progress progress) {
    Path folder = dataFolder.resolve(name);
    List<String> lines = new ArrayList<>(source.about());
    boolean complete = true;
    if (source.files().isEmpty()) {
      complete = byRequest(folder, lines);
    } else {
      try {
        Files.createDirectories(folder);
        FetchDownload download = new FetchDownload(settings, disk, progress);
        for (FetchSource.Item item : source.files()) {
          lines.add(one(item, folder, download));
        }
      } catch (IOException e) {
        throw new InputException(
            folder + ": cannot be read or written (" + e + "); check its rights", e);
      }
    }
    if (complete) {
      lines.add("Next: " + source.use());
    }
    return new FetchReport(name, folder, complete, lines);
  }

  private boolean byRequest(Path folder, List<String> lines) {
    Path place = folder.resolve(source.place());
    if (Files.isRegularFile(place)) {
      lines.add(place + ": is there");
      return true;
    }
    lines.addAll(source.request());
    lines.add("Put the file at " + place + " (as it came, still packed), then: " + source.use());
    return false;
  }

  /** Brings one file; returns the line to print. */
  private String one(FetchSource.Item item, Path folder, FetchDownload download)
      throws IOException {
    Path file = folder.resolve(item.file());
    String known = item.sha256() != null ? item.sha256() : sums(folder).get(item.file());
    if (Files.exists(file)) {
      return present(file, known, folder);
    }
    Path part = folder.resolve(item.file() + ".part");
    String stated = download.to(item, part);
    String hash = sha256(part);
    String expected = known != null ? known : stated;
    long size = Files.size(part);
    boolean wrongSize = item.size() > 0 && size != item.size();
    if (wrongSize || expected != null && !expected.equals(hash)) {
      Path aside = folder.resolve(item.file() + ".wrong");
      Files.move(part, aside, StandardCopyOption.REPLACE_EXISTING);
      forgetTag(part);
      throw new InputException(
          item.url()
              + ": not the file that was expected ("
              + (wrongSize
                  ? size + " bytes instead of " + item.size()
                  : "SHA-256 " + hash + " instead of " + expected)
              + "); it is kept as "
              + aside
              + ", run it again to try anew");
    }
    record(folder, item.file(), hash);
    AtomicFiles.move(part, file);
    forgetTag(part);
    String checked =
        known != null
            ? "SHA-256 as expected"
            : stated != null
                ? "SHA-256 as the publisher states it, recorded in " + SUMS
                : "no hash is published for it: SHA-256 "
                    + hash
                    + " recorded in "
                    + SUMS
                    + " and trusted from now on";
    return file + ": " + size + " bytes, " + checked;
  }

  private static String present(Path file, String known, Path folder) throws IOException {
    String hash = sha256(file);
    if (known == null) {
      record(folder, file.getFileName().toString(), hash);
      return file + ": was there; no hash known, SHA-256 " + hash + " recorded in " + SUMS;
    }
    if (!known.equals(hash)) {
      throw new InputException(
          file
              + ": was changed or damaged (SHA-256 "
              + hash
              + " instead of "
              + known
              + "); delete it and run it again");
    }
    return file + ": was there, SHA-256 as expected";
  }

  private static void forgetTag(Path part) throws IOException {
    Files.deleteIfExists(part.resolveSibling(part.getFileName() + ".tag"));
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return DigestUtils.sha256Hex(in);
    }
  }

  /** The hashes recorded in a folder, by file name; in the form that sha256sum writes and reads. */
  private static Map<String, String> sums(Path folder) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    Path file = folder.resolve(SUMS);
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        if (line.matches("[0-9a-f]{64}  .+")) {
          sums.put(line.substring(66), line.substring(0, 64));
        }
      }
    }
    return sums;
  }

  private static void record(Path folder, String name, String hash) throws IOException {
    Map<String, String> sums = sums(folder);
    sums.put(name, hash);
    AtomicFiles.write(
        folder.resolve(SUMS),
        sums.entrySet().stream()
            .map(e -> e.getValue() + "  " + e.getKey() + "\n")
            .collect(Collectors.joining()));
  }
}
