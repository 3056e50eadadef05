package explainrec.data;

import java.nio.file.Path;
import java.util.List;

/**
 * Reviews ready for a model: filtered interactions, their split, and what happened on the way.
 *
 * @param interactions the filtered reviews
 * @param split train, validation and test rows
 * @param steps rows, users and items left after each filter step, the first being what was read
 * @param coldStart test rows of users or items without train rows
 * @param statistics the numbers of a table like the paper's Table 1
 * @param lines where each row stood in its source, from 1 (0 for generated reviews), (N)
 * @param fingerprint SHA-256 of the source
 * @param settings the settings it was made with
 * @param folder where the prepared files lie
 */
public record Prepared(
    Interactions interactions,
    Split split,
    List<FilterStep> steps,
    ColdStart coldStart,
    DataStatistics statistics,
    int[] lines,
    String fingerprint,
    DataSettings settings,
    Path folder) {

  /**
   * The leak audit of the split; computed at the first call and kept in the folder.
   *
   * @param progress hears how far it is
   * @return the audit
   */
  public LeakAudit leaks(Progress progress) {
    return LeakAudit.cached(folder.resolve(PreparedFiles.LEAKS), split, settings, progress);
  }
}
