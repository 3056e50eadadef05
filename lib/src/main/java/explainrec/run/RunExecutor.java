package explainrec.run;

import explainrec.data.Prepared;
import java.util.List;

/** Makes the runs of a study: here one after the other, or on other machines. */
public interface RunExecutor {
  /**
   * Makes runs, each in its own folder below the session's results. A run that fails is told to the
   * listener, and the others go on; only what is wrong with all of them is thrown.
   *
   * @param session folders, settings and device
   * @param prepared the data
   * @param runs what to make, none of them finished; a run that needs another one makes that first
   * @param listener hears of each run {@code started}, then any number of lines, then {@code
   *     finished} or {@code failed}; may be called from any thread
   */
  void execute(Session session, Prepared prepared, List<PlannedRun> runs, Listener listener);

  /** Hears how runs go. */
  interface Listener {
    /**
     * A run begins, or begins again.
     *
     * @param run which
     */
    void started(PlannedRun run);

    /**
     * A run tells how far it is.
     *
     * @param run which
     * @param line a short line, for one pair of eyes
     */
    void progress(PlannedRun run, String line);

    /**
     * A run has ended, and its files are in their folder here.
     *
     * @param run which
     * @param result as in its run.json
     */
    void finished(PlannedRun run, Result result);

    /**
     * A run has failed for good.
     *
     * @param run which
     * @param why in one line
     */
    void failed(PlannedRun run, RunFailure why);
  }
}
