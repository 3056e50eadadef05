package explainrec.spark;

import explainrec.data.Prepared;
import explainrec.run.PlannedRun;
import explainrec.run.RunState;
import explainrec.run.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs in an order in which each finds what it stands on: ratings, then what is written on them,
 * then what is fine-tuned. What is missing below a run is a run of its own, so that two that stand
 * on it do not both make it.
 */
final class Waves {
  private Waves() {}

  /**
   * Parts a study.
   *
   * @param session its settings
   * @param prepared its data
   * @param runs in their order
   * @return the same and what is missing below them, those together that may be made side by side
   */
  static List<List<PlannedRun>> of(Session session, Prepared prepared, List<PlannedRun> runs) {
    Map<Path, PlannedRun> all = new LinkedHashMap<>();
    runs.forEach(run -> all.put(run.folder(session), run));
    for (PlannedRun run : runs) {
      for (PlannedRun below : run.below(session)) {
        if (!all.containsKey(below.folder(session))
            && below.look(session, prepared).kind() != RunState.Kind.FINISHED) {
          all.put(below.folder(session), below);
        }
      }
    }
    Map<Integer, List<PlannedRun>> waves = new TreeMap<>();
    for (PlannedRun run : all.values()) {
      waves.computeIfAbsent(run.below(session).size(), n -> new ArrayList<>()).add(run);
    }
    return List.copyOf(waves.values());
  }
}
