package explainrec.spark;

import java.io.Serializable;
import java.util.List;

/**
 * What a task hands back to the driver.
 *
 * @param failure in one line; empty when it went well
 * @param trace where it failed, for those who mend it; empty where the line says all
 * @param files of the run; none for pairs
 * @param answers to pairs; none for a run
 */
record Done(String failure, String trace, List<Part> files, List<String> answers)
    implements Serializable {

  /**
   * A file or, of a large one, a part.
   *
   * @param path below the run's folder, with slashes
   * @param bytes of the file, parts in their order
   */
  record Part(String path, byte[] bytes) implements Serializable {}

  static Done failed(String failure, String trace) {
    return new Done(failure, trace, List.of(), List.of());
  }
}
