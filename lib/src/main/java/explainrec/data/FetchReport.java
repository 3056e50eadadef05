package explainrec.data;

import java.nio.file.Path;
import java.util.List;

/**
 * How a fetch went.
 *
 * @param source its name
 * @param folder where its files are, or are to be put
 * @param complete whether everything is there; false when a person has to ask for the data first
 * @param lines what to print
 */
public record FetchReport(String source, Path folder, boolean complete, List<String> lines) {
  /** Freezes the lines. */
  public FetchReport {
    lines = List.copyOf(lines);
  }
}
