package explainrec.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of this process, native tensors included, as Linux counts it. */
public final class Memory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private Memory() {}

  /** The highest so far, in MiB; NaN where the system does not tell. */
  public static double peakMiB() {
    return field("VmHWM:");
  }

  /** Now, in MiB; NaN where the system does not tell. */
  public static double residentMiB() {
    return field("VmRSS:");
  }

  private static double field(String name) {
    try {
      for (String line : Files.readAllLines(STATUS)) {
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
