package explainrec.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Turns raw reviews into {@link Prepared} data in one streaming pass, and keeps the result on disk:
 * the same source and settings are opened again without reading the reviews.
 */
public final class Preparation {
  private static final int FORMAT = 1; // raise when the prepared files' form or meaning changes

  private static final String PART = ".part";

  private Preparation() {}

  /** What stands in the summary file beside the columns. */
  private record Summary(
      @JsonProperty("format") int format,
      @JsonProperty("name") String name,
      @JsonProperty("aspects") List<String> aspects,
      @JsonProperty("fingerprint") String fingerprint,
      @JsonProperty("textBytes") long textBytes,
      @JsonProperty("settings") DataSettings settings,
      @JsonProperty("steps") List<FilterStep> steps) {}

  /**
   * Reads, filters, cleans and splits reviews, or opens what an earlier call made of them.
   *
   * @param source the raw reviews
   * @param settings how to filter, clean and split
   * @param workFolder where prepared data are kept, in a folder each
   * @param progress hears how far it is
   * @return the prepared data
   * @throws InputException when a line is bad, a filter leaves nothing, the rest is too small to
   *     split, or the folder cannot be written to
   */
  public static Prepared prepare(
      ReviewSource source, DataSettings settings, Path workFolder, Progress progress) {
    String fingerprint = source.fingerprint();
    String key =
        new Digest()
            .add(FORMAT)
            .add(source.name())
            .add(source.aspects())
            .add(fingerprint)
            .add(settings.toString())
            .hex();
    Path folder = workFolder.resolve(source.name() + "-" + key.substring(0, 16));
    // Another process that needs the same data waits for them, and finds them.
    return FolderLock.holding(
        folder,
        line -> progress.update(line, 0, 0),
        () -> prepare(source, fingerprint, settings, workFolder, folder, progress));
  }

  private static Prepared prepare(
      ReviewSource source,
      String fingerprint,
      DataSettings settings,
      Path workFolder,
      Path folder,
      Progress progress) {
    if (Files.isDirectory(folder)) {
      try { // whatever is wrong with the kept files, they can be made again
        return open(folder);
      } catch (IOException | RuntimeException e) {
        progress.update("prepared data are damaged, preparing again", 0, 0);
      }
    }
    Path part = makePart(workFolder, folder);
    try {
      build(source, fingerprint, settings, part, progress);
      delete(folder);
      AtomicFiles.move(part, folder);
      return open(folder);
    } catch (IOException e) {
      throw new InputException(
          folder + ": writing prepared data failed: " + e.getMessage() + "; check space and rights",
          e);
    } finally {
      deleteQuietly(part);
    }
  }

  private static Path makePart(Path workFolder, Path folder) {
    try {
      Files.createDirectories(workFolder);
      dropAbandoned(workFolder);
      return Files.createTempDirectory(workFolder, folder.getFileName() + PART);
    } catch (FileAlreadyExistsException e) {
      throw new InputException(
          workFolder + ": a file stands where a folder is needed; choose another folder", e);
    } catch (IOException e) {
      throw new InputException(
          workFolder + ": cannot be written to; choose another folder or change its rights", e);
    }
  }

  /** Deletes what runs that were killed more than a day ago have left. */
  private static void dropAbandoned(Path workFolder) throws IOException {
    Instant dayAgo = Instant.now().minus(Duration.ofDays(1));
    try (Stream<Path> folders = Files.list(workFolder)) {
      for (Path folder : folders.filter(f -> f.getFileName().toString().contains(PART)).toList()) {
        if (Files.getLastModifiedTime(folder).toInstant().isBefore(dayAgo)) {
          deleteQuietly(folder);
        }
      }
    }
  }

  private static void build(
      ReviewSource source, String fingerprint, DataSettings settings, Path part, Progress progress)
      throws IOException {
    Path textFile = part.resolve(PreparedFiles.TEXTS);
    RowCollector rows;
    try (OutputStream texts = new BufferedOutputStream(Files.newOutputStream(textFile), 1 << 16)) {
      rows = new RowCollector(source, settings, texts, progress);
      source.read(rows);
    }
    progress.update("filtering", 0, 0);
    List<FilterStep> steps = new ArrayList<>();
    BitSet kept = filter(source.name(), rows, settings, steps);
    PreparedFiles.Table table = compact(rows, kept);
    Interactions data = interactions(source.name(), source.aspects(), table, textFile);
    progress.update("splitting", 0, 0);
    Split split = Splits.make(data, settings);
    if (!settings.leaks().equals("keep")) {
      BitSet clean = LeakAudit.of(split, settings, progress).withoutLeaks(split, settings.leaks());
      steps.add(Filters.count("leaks: " + settings.leaks(), table.columns(), clean));
      split = reduce(split, clean);
    }
    PreparedFiles.writeColumns(part.resolve(PreparedFiles.COLUMNS), table);
    Splits.save(split, part.resolve(PreparedFiles.SPLIT));
    DataStatistics statistics = DataStatistics.of(data, table.columns().words, steps.get(0));
    statistics.save(part.resolve(PreparedFiles.STATISTICS));
    Summary summary =
        new Summary(
            FORMAT,
            source.name(),
            source.aspects(),
            fingerprint,
            Files.size(textFile),
            settings,
            steps);
    PreparedFiles.JSON.writeValue(part.resolve(PreparedFiles.SUMMARY).toFile(), summary);
  }

  private static BitSet filter(
      String name, RowCollector rows, DataSettings settings, List<FilterStep> steps) {
    Columns columns = rows.columns;
    int users = rows.users.size();
    int items = rows.items.size();
    steps.add(new FilterStep("reviews read", rows.read, users, items));
    BitSet kept = new BitSet(columns.size);
    kept.set(0, columns.size);
    record(name, "every field present", columns, kept, settings, steps);
    kept = rows.kept;
    record(name, "duplicates: " + settings.duplicates(), columns, kept, settings, steps);
    if (settings.language().equals("english")) {
      kept.andNot(rows.foreign());
      record(name, "language: english", columns, kept, settings, steps);
    }
    int min = settings.minReviews();
    if (settings.filter().equals("single")) {
      kept = Filters.single(columns, kept, users, items, min);
      record(name, "at least " + min + ", one pass", columns, kept, settings, steps);
    } else if (settings.filter().equals("core")) {
      kept = Filters.core(columns, kept, users, items, min);
      record(name, min + "-core", columns, kept, settings, steps);
    }
    return kept;
  }

  private static void record(
      String name,
      String step,
      Columns columns,
      BitSet kept,
      DataSettings settings,
      List<FilterStep> steps) {
    FilterStep before = steps.get(steps.size() - 1);
    if (kept.isEmpty()) {
      throw new InputException(
          name
              + ": no review is left after the step '"
              + step
              + "' ("
              + before.rows()
              + " before it); give more data or loosen the filters (filter, minReviews = "
              + settings.minReviews()
              + ", language, duplicates)");
    }
    steps.add(Filters.count(step, columns, kept));
  }

  private static PreparedFiles.Table compact(RowCollector rows, BitSet kept) {
    Columns chosen = rows.columns.select(kept);
    List<String> users = rows.users.compact(chosen.user);
    List<String> items = rows.items.compact(chosen.item);
    return new PreparedFiles.Table(chosen, users, items);
  }

  private static Split reduce(Split split, BitSet clean) {
    return Splits.of(
        split.data(),
        only(split.train(), clean),
        only(split.validation(), clean),
        only(split.test(), clean),
        split.method(),
        split.seed());
  }

  private static int[] only(int[] rows, BitSet wanted) {
    return Arrays.stream(rows).filter(wanted::get).toArray();
  }

  private static Interactions interactions(
      String name, List<String> aspects, PreparedFiles.Table table, Path textFile) {
    Columns columns = table.columns();
    return new Interactions(
        name,
        aspects,
        table.users(),
        table.items(),
        columns.user,
        columns.item,
        columns.overall,
        columns.aspect,
        columns.time,
        new TextFile(textFile, columns.textStart, columns.textLength));
  }

  /** Opens a finished folder; an exception when anything in it is missing or damaged. */
  private static Prepared open(Path folder) throws IOException {
    Summary summary =
        PreparedFiles.JSON.readValue(
            Files.readAllBytes(folder.resolve(PreparedFiles.SUMMARY)), Summary.class);
    Path textFile = folder.resolve(PreparedFiles.TEXTS);
    if (summary.format() != FORMAT || Files.size(textFile) != summary.textBytes()) {
      throw new IOException("half-written or of another version");
    }
    PreparedFiles.Table table = PreparedFiles.readColumns(folder.resolve(PreparedFiles.COLUMNS));
    Interactions data = interactions(summary.name(), summary.aspects(), table, textFile);
    Split split = Splits.load(folder.resolve(PreparedFiles.SPLIT), data);
    DataStatistics statistics =
        PreparedFiles.JSON.readValue(
            Files.readAllBytes(folder.resolve(PreparedFiles.STATISTICS)), DataStatistics.class);
    return new Prepared(
        data,
        split,
        summary.steps(),
        ColdStart.of(split),
        statistics,
        table.columns().line,
        summary.fingerprint(),
        summary.settings(),
        folder);
  }

  /** Deletes a folder with all in it, if it is there. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /** Deletes a folder that nobody needs any more, as far as possible. */
  static void deleteQuietly(Path folder) {
    try {
      delete(folder);
    } catch (IOException e) {
      // The work is done or its own error is on the way; a leftover folder harms nothing.
    }
  }
}
