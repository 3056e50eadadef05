package explainrec.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The proof of scale: many generated reviews, written as packed JSON Lines, then read, filtered to
 * their 5-core and split like any other file.
 */
public final class DataBench {
  private static final int WORDS = 50; // a review's mean length
  private static final int VOCABULARY = 20_000;
  private static final int BUFFER = 1 << 16;

  private DataBench() {}

  /**
   * What a run measured.
   *
   * @param reviews reviews read
   * @param left reviews left in the 5-core
   * @param fileMiB size of the packed file, in MiB
   * @param writeSeconds wall time of generating the file
   * @param fingerprintSeconds wall time of the source's SHA-256, which is part of {@code
   *     prepareSeconds} too
   * @param prepareSeconds wall time of reading, filtering, splitting and writing the prepared data
   * @param reopenSeconds wall time of opening the prepared data again
   * @param peakHeapMiB sum of the heap pools' peaks, garbage included, in MiB
   * @param maxHeapMiB the heap's limit (-Xmx), in MiB
   */
  public record Result(
      long reviews,
      int left,
      double fileMiB,
      double writeSeconds,
      double fingerprintSeconds,
      double prepareSeconds,
      double reopenSeconds,
      double peakHeapMiB,
      double maxHeapMiB) {}

  /**
   * Generates, prepares and measures; what it wrote is deleted afterwards.
   *
   * @param folder where the file and the prepared data go
   * @param reviews how many; the paper's RateBeer has 2.8 million
   * @param progress hears how far it is
   * @return the measurements
   * @throws InputException when the folder cannot be written to
   */
  public static Result run(Path folder, long reviews, Progress progress) {
    Path file = folder.resolve("bench-reviews.jsonl.gz");
    Path work = folder.resolve("bench-prepared");
    try {
      Preparation.delete(work);
      long start = System.nanoTime();
      generate(file, reviews, progress);
      double write = secondsSince(start);
      double size = Files.size(file) / 1048576.0;
      ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
      DataSettings settings = settings();
      ReviewSource source = new JsonLinesSource(file, ownMapping());
      start = System.nanoTime();
      source.fingerprint();
      double fingerprint = secondsSince(start);
      start = System.nanoTime();
      Prepared prepared = Preparation.prepare(source, settings, work, progress);
      double prepare = secondsSince(start);
      start = System.nanoTime();
      Preparation.prepare(source, settings, work, progress);
      double reopen = secondsSince(start);
      return new Result(
          prepared.steps().get(0).rows(),
          prepared.interactions().size(),
          size,
          write,
          fingerprint,
          prepare,
          reopen,
          peakHeap(),
          Runtime.getRuntime().maxMemory() / 1048576.0);
    } catch (IOException e) {
      throw Input.unreadable(file, e);
    } finally {
      file.toFile().delete();
      Preparation.deleteQuietly(work);
    }
  }

  private static DataSettings settings() {
    return new DataSettings(
        "core", 5, "any", true, true, 128, "first", "keep", "random", 0.8, 0.1, 42, "keep", 0.8, 3);
  }

  private static Mapping ownMapping() {
    return Mappings.known().stream()
        .filter(mapping -> mapping.others().isPresent())
        .findFirst()
        .orElseThrow()
        .in(Mapping.JSON_LINES, "bench");
  }

  /** Writes reviews whose users, items and words follow power laws. */
  static void generate(Path file, long reviews, Progress progress) {
    int users = (int) Math.max(10, reviews / 70);
    int items = (int) Math.max(10, reviews / 25);
    AtomicFiles.write(
        file,
        out -> {
          GZIPOutputStream packed =
              new GZIPOutputStream(out, BUFFER) {
                {
                  def.setLevel(Deflater.BEST_SPEED);
                }
              };
          BufferedWriter writer =
              new BufferedWriter(new OutputStreamWriter(packed, StandardCharsets.US_ASCII), BUFFER);
          SplittableRandom random = new SplittableRandom(42);
          StringBuilder line = new StringBuilder();
          for (long n = 0; n < reviews; n++) {
            line.setLength(0);
            review(line, random, users, items, n);
            writer.append(line);
            if (n % 16384 == 0) {
              progress.update("generating reviews", n, reviews);
            }
          }
          writer.flush();
          packed.finish();
        });
  }

  private static void review(
      StringBuilder line, SplittableRandom random, int users, int items, long n) {
    line.append("{\"user\":\"u").append(skewed(random, users, 2));
    line.append("\",\"item\":\"i").append(skewed(random, items, 3));
    line.append("\",\"overall\":").append(1 + random.nextInt(5));
    for (String aspect : new String[] {"appearance", "aroma", "palate", "taste"}) {
      line.append(",\"").append(aspect).append("\":").append(1 + random.nextInt(5));
    }
    line.append(",\"time\":").append(1_000_000_000L + n * 60).append(",\"text\":\"");
    int words = WORDS / 2 + random.nextInt(WORDS);
    for (int k = 0; k < words; k++) {
      line.append(k == 0 ? "" : " ");
      for (int word = skewed(random, VOCABULARY, 3) + 1; word > 0; word /= 20) {
        line.append("bcdfghklmnprstvwxyzj".charAt(word % 20)).append("aeiou".charAt(word % 5));
      }
    }
    line.append("\"}\n");
  }

  /** A number below a bound; small ones are more frequent, by a power law. */
  private static int skewed(SplittableRandom random, int bound, double power) {
    return (int) (bound * Math.pow(random.nextDouble(), power));
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static double peakHeap() {
    long peak = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        peak += pool.getPeakUsage().getUsed();
      }
    }
    return peak / 1048576.0;
  }
}
