package explainrec.run;

import explainrec.data.Prepared;
import java.util.List;

/** Makes runs in this process, one after the other. */
public final class LocalExecutor implements RunExecutor {
  @Override
  public void execute(
      Session session, Prepared prepared, List<PlannedRun> runs, Listener listener) {
    for (PlannedRun run : runs) {
      listener.started(run);
      Result result;
      try {
        result = run.make(session, prepared, line -> listener.progress(run, line));
      } catch (RuntimeException | OutOfMemoryError e) {
        listener.failed(run, RunFailure.of(e));
        continue;
      }
      listener.finished(run, result);
    }
  }
}
