package explainrec.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A piece of work for a process elsewhere, as a file: a run, or pairs to explain with a trained
 * model.
 *
 * @param session in which
 * @param run what to make; null for pairs
 * @param pairs what to explain; null for a run
 */
public record WorkOrder(SessionCopy session, PlannedRun run, Slice pairs) {
  /**
   * Some of the pairs that are to be explained.
   *
   * @param model the review model's name
   * @param tag of its run
   * @param users as the data name them
   * @param items as many
   */
  public record Slice(String model, String tag, List<String> users, List<String> items) {}

  /**
   * The run, for the process that makes it.
   *
   * @param home where the shipment was unpacked
   * @return with the folders that it names
   */
  public PlannedRun runAt(Path home) {
    return new PlannedRun(
        run.kind(), run.model(), run.tag(), Shipment.found(run.changes(), home), run.seed());
  }

  /**
   * The order as it travels.
   *
   * @return JSON
   */
  public String json() {
    try {
      return RunJson.mapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads an order.
   *
   * @param file that holds {@link #json()}
   * @return the order
   */
  public static WorkOrder read(Path file) {
    try {
      return RunJson.mapper().readValue(Files.readString(file), WorkOrder.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
