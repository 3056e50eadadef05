package explainrec.run;

import explainrec.run.PlannedRun.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One row of a study's table: a model with its settings, run with several seeds.
 *
 * @param kind what is measured
 * @param model the model's name on the command line
 * @param tag tells a variant by settings from the model itself; empty for none
 * @param settings those that differ from the session's, by name
 * @param seeds of its runs, at least one, each once
 */
public record StudyModel(
    Kind kind, String model, String tag, Map<String, String> settings, List<Long> seeds) {
  /** Sorts settings by name. */
  public StudyModel {
    settings = new TreeMap<>(settings);
    seeds = List.copyOf(seeds);
  }

  /** What tells it from the study's other models. */
  public String label() {
    return run(seeds.get(0)).label();
  }

  /**
   * Its runs.
   *
   * @return one a seed
   */
  public List<PlannedRun> runs() {
    return seeds.stream().map(this::run).toList();
  }

  /** The run with a seed. */
  PlannedRun run(long seed) {
    return new PlannedRun(kind, model, tag, settings, seed);
  }

  /** The same model with more settings, and a tag of its own for them. */
  StudyModel tuned(Map<String, String> found) {
    Map<String, String> all = new TreeMap<>(settings);
    all.putAll(found);
    return new StudyModel(kind, model, tag.isEmpty() ? TUNED : tag + "-" + TUNED, all, seeds);
  }

  /** The tag of settings that a search found. */
  static final String TUNED = "tuned";
}
