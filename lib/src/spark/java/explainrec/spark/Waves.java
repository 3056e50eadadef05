package explainrec.spark;

import explainrec.run.PlannedRun;
import explainrec.run.PlannedRun.Kind;
import explainrec.run.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs in an order in which none has to make what another one makes anyway: ratings, then what is
 * written on them, then what is fine-tuned.
 */
final class Waves {
  private static final String ALIGN = "align";
  private static final String NONE = "none";

  private Waves() {}

  /**
   * Parts a study.
   *
   * @param session its settings
   * @param runs in their order
   * @return the same, those that may be made side by side together
   */
  static List<List<PlannedRun>> of(Session session, List<PlannedRun> runs) {
    List<List<PlannedRun>> waves = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    runs.forEach(run -> waves.get(wave(session, run)).add(run));
    return waves.stream().filter(wave -> !wave.isEmpty()).toList();
  }

  private static int wave(Session session, PlannedRun run) {
    if (run.kind() == Kind.RATINGS) {
      return 0;
    }
    return run.kind() == Kind.REVIEWS || align(session, run).equals(NONE) ? 1 : 2;
  }

  private static String align(Session session, PlannedRun run) {
    Object plain = session.settings().values().get(ALIGN);
    return run.changes().getOrDefault(ALIGN, String.valueOf(plain));
  }

  /**
   * The runs that a run may stand on; its own key says whether they will do.
   *
   * @param session its results
   * @param run which
   * @return their folders, there or not
   */
  static List<Path> below(Session session, PlannedRun run) {
    List<Path> folders = new ArrayList<>();
    switch (run.kind()) {
      case RATINGS -> {}
      case REVIEWS -> {
        for (String tag : List.of("", run.tag())) {
          folders.add(session.folder().resolve("runs").resolve(name(run.model(), tag, run.seed())));
        }
      }
      case EXPLANATIONS -> {
        if (!align(session, run).equals(NONE)) {
          folders.add(
              new PlannedRun(run.kind(), run.model(), "", Map.of(ALIGN, NONE), run.seed())
                  .folder(session));
        }
      }
    }
    return folders;
  }

  private static String name(String model, String tag, long seed) {
    return (tag.isEmpty() ? model : model + "-" + tag) + "-seed" + seed;
  }
}
