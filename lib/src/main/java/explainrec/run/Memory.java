package explainrec.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of this process, native tensors included, as Linux counts it. */
public final class Memory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path SYSTEM = Path.of("/proc/meminfo");

  private Memory() {}

  /** The highest so far, in MiB; NaN where the system does not tell. */
  public static double peakMiB() {
    return field("VmHWM:");
  }

  /** Now, in MiB; NaN where the system does not tell. */
  public static double residentMiB() {
    return field("VmRSS:");
  }

  /** What is free for this process, in MiB; NaN where the system does not tell. */
  public static double availableMiB() {
    return field(SYSTEM, "MemAvailable:");
  }

  private static double field(String name) {
    return field(STATUS, name);
  }

  private static double field(Path file, String name) {
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(name)) {
          return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
        }
      }
    } catch (IOException e) {
      // Not Linux.
    }
    return Double.NaN;
  }
}
