package explainrec.spark;

import explainrec.run.PlannedRun;
import explainrec.run.Result;
import explainrec.run.RunExecutor.Listener;
import explainrec.run.RunFailure;
import java.util.Collection;
import java.util.Set;

/**
 * Tells of the runs that were asked for. Those below them are heard of only by what stands on them:
 * a run below that fails is tried once more by each, which then fails with its words.
 */
final class OnlyOf implements Listener {
  private final Set<PlannedRun> runs;
  private final Listener listener;

  OnlyOf(Collection<PlannedRun> runs, Listener listener) {
    this.runs = Set.copyOf(runs);
    this.listener = listener;
  }

  @Override
  public void started(PlannedRun run) {
    if (runs.contains(run)) {
      listener.started(run);
    }
  }

  @Override
  public void progress(PlannedRun run, String line) {
    if (runs.contains(run)) {
      listener.progress(run, line);
    }
  }

  @Override
  public void finished(PlannedRun run, Result result) {
    if (runs.contains(run)) {
      listener.finished(run, result);
    }
  }

  @Override
  public void failed(PlannedRun run, RunFailure why) {
    if (runs.contains(run)) {
      listener.failed(run, why);
    }
  }
}
