package explainrec.run;

import explainrec.data.InputException;
import explainrec.data.Prepared;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A study on a session's data: makes the runs that are missing, each in its own folder, and hands
 * back all of them. Stopped and started again, it goes on where it was. It never replaces or takes
 * a run that was made from something else unless it is told to, and a run that fails leaves a gap
 * and the others alone.
 *
 * <pre>{@code
 * var study = StudyFile.named("elixir-table-2", session);
 * var found = new StudyRun(session, prepared, study).again().run();
 * }</pre>
 */
public final class StudyRun {
  private static final RunFailure NO_WORD = new RunFailure("it was not made", "");

  private final Session session;
  private final Prepared prepared;
  private final StudyFile study;
  private RunExecutor executor = new LocalExecutor();
  private boolean again;
  private boolean keep;
  private Consumer<String> lines = Reports.toRunner();
  private Consumer<String> news = line -> {};

  /**
   * Describes a study; nothing is computed yet.
   *
   * @param session folders, settings and device
   * @param prepared its data
   * @param study what to run, read with this session
   */
  public StudyRun(Session session, Prepared prepared, StudyFile study) {
    this.session = session;
    this.prepared = prepared;
    this.study = study;
  }

  /**
   * Makes the runs elsewhere.
   *
   * @param other how
   * @return this
   */
  public StudyRun on(RunExecutor other) {
    this.executor = other;
    return this;
  }

  /**
   * Makes runs anew where something else stands in their folders: made from other code, settings or
   * data, elsewhere, edited, or not whole.
   *
   * @return this
   */
  public StudyRun again() {
    this.again = true;
    return this;
  }

  /**
   * Takes runs that were made elsewhere or by other code, where their settings, data and profile
   * are those of the study; the table says so.
   *
   * @return this
   */
  public StudyRun keep() {
    this.keep = true;
    return this;
  }

  /**
   * Hands short progress lines on.
   *
   * @param listener takes each line
   * @return this
   */
  public StudyRun report(Consumer<String> listener) {
    this.lines = listener;
    return this;
  }

  /**
   * Hands a line on for each run that has ended, well or not.
   *
   * @param listener takes each line
   * @return this
   */
  public StudyRun news(Consumer<String> listener) {
    this.news = listener;
    return this;
  }

  /**
   * A planned run and what stands in its folder.
   *
   * @param run which
   * @param state before anything runs
   */
  public record Planned(PlannedRun run, RunState state) {}

  /**
   * What {@link #run} would find; nothing is computed or written. Models that are to be tuned stand
   * there with the settings that they have before.
   *
   * @return every run, by model, then seed
   */
  public List<Planned> plan() {
    return plan(study.models());
  }

  private List<Planned> plan(List<StudyModel> models) {
    return models.stream()
        .flatMap(model -> model.runs().stream())
        .map(run -> new Planned(run, run.look(session, prepared)))
        .toList();
  }

  /**
   * Makes what is missing.
   *
   * @return all runs of the study
   * @throws InputException before anything runs, when something else stands where a run belongs
   */
  public StudyResult run() {
    List<StudyModel> fixed = study.models();
    Map<String, StudyTuner.Tuned> tuned = Map.of();
    if (study.search() != null) {
      Set<String> searched = study.search().spaces().keySet();
      refuse(plan(fixed.stream().filter(m -> !searched.contains(m.label())).toList()));
      tuned = new StudyTuner(session, prepared, study, again, lines, news).run();
    }
    List<StudyModel> models = new ArrayList<>();
    for (StudyModel model : fixed) {
      StudyTuner.Tuned found = tuned.get(model.label());
      models.add(found == null || found.settings() == null ? model : model.tuned(found.settings()));
    }
    Map<String, RunFailure> lost = new HashMap<>(); // models whose every trial failed
    tuned.forEach(
        (label, found) -> {
          if (found.failure() != null) {
            lost.put(label, found.failure());
          }
        });
    List<Planned> planned =
        plan(models.stream().filter(model -> !lost.containsKey(model.label())).toList());
    refuse(planned);
    Map<PlannedRun, Result> results = new HashMap<>();
    Map<PlannedRun, RunFailure> failures = new HashMap<>();
    int kept = make(planned, results, failures);
    List<StudyResult.Row> rows = new ArrayList<>();
    for (int n = 0; n < models.size(); n++) {
      String label = fixed.get(n).label();
      StudyTuner.Tuned found = tuned.get(label);
      String tuning = study.search() == null ? "" : found == null ? "not tuned" : found.budget();
      rows.add(row(models.get(n), tuning, lost.get(label), results, failures));
    }
    return new StudyResult(study, session.source().name(), rows, kept);
  }

  private static StudyResult.Row row(
      StudyModel model,
      String tuning,
      RunFailure lost,
      Map<PlannedRun, Result> results,
      Map<PlannedRun, RunFailure> failures) {
    List<Result> found = new ArrayList<>();
    Map<Long, RunFailure> failed = new LinkedHashMap<>();
    for (PlannedRun run : model.runs()) {
      if (results.containsKey(run)) {
        found.add(results.get(run));
      } else {
        failed.put(run.seed(), lost != null ? lost : failures.getOrDefault(run, NO_WORD));
      }
    }
    return new StudyResult.Row(model, tuning, found, failed);
  }

  /** Refuses what stands in the way, unless it may be replaced or taken. */
  private void refuse(List<Planned> planned) {
    if (again) {
      return;
    }
    Map<Path, RunState> inTheWay = new LinkedHashMap<>();
    Set<Path> startedFrom = new HashSet<>(); // their weights are needed, not their results alone
    for (Planned one : planned) {
      RunState state = one.state();
      if (state.inTheWay() && !(keep && state.keepable())) {
        inTheWay.put(one.run().folder(session), state);
      }
      if (state.toMake()) {
        for (PlannedRun below : one.run().below(session)) {
          RunState first = below.look(session, prepared);
          if (first.inTheWay()) {
            inTheWay.put(below.folder(session), first);
            startedFrom.add(below.folder(session));
          }
        }
      }
    }
    if (!inTheWay.isEmpty()) {
      Map.Entry<Path, RunState> first = inTheWay.entrySet().iterator().next();
      String more = inTheWay.size() > 1 ? " (and " + (inTheWay.size() - 1) + " more folders)" : "";
      throw new InputException(
          session.shown(first.getKey())
              + ": "
              + first.getValue().words()
              + more
              + (startedFrom.contains(first.getKey())
                  ? "; the study's runs start from its weights: --again makes such runs anew,"
                  : "; --again makes such runs anew, --keep takes those whose settings and data are"
                      + " the study's,")
              + " --results DIR leaves them alone");
    }
  }

  private int make(
      List<Planned> planned,
      Map<PlannedRun, Result> results,
      Map<PlannedRun, RunFailure> failures) {
    TimeLeft left = new TimeLeft(System::nanoTime);
    List<PlannedRun> missing = new ArrayList<>();
    int kept = 0;
    for (Planned one : planned) {
      PlannedRun run = one.run();
      boolean taken = keep && one.state().keepable();
      if (taken || one.state().kind() == RunState.Kind.FINISHED) {
        Result result = run.result(session);
        results.put(run, result);
        left.known(run, StudyMetric.SECONDS.of(run.kind(), result));
        kept += taken ? 1 : 0;
      } else {
        missing.add(run);
      }
    }
    left.left(missing);
    if (!missing.isEmpty()) {
      executor.execute(
          session,
          prepared,
          missing,
          new StudyProgress(session, study, planned.size(), left, results, failures, lines, news));
    }
    return kept;
  }
}
