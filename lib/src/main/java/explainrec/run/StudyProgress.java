package explainrec.run;

import explainrec.data.AtomicFiles;
import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Counts the runs of a study, collects what they give, and tells those who wait. */
final class StudyProgress implements RunExecutor.Listener {
  private final Session session;
  private final StudyFile study;
  private final int all;
  private final TimeLeft left;
  private final Map<PlannedRun, Result> results;
  private final Map<PlannedRun, RunFailure> failures;
  private final Consumer<String> lines;
  private final Consumer<String> news;
  private final Map<PlannedRun, Integer> places = new HashMap<>();
  private final Set<PlannedRun> running = new HashSet<>();

  /**
   * Starts to count.
   *
   * @param session where files are
   * @param study whose runs they are
   * @param all number of its runs, those included that are there
   * @param left knows how long runs take
   * @param results gets what runs give; holds what is there
   * @param failures gets why runs failed
   * @param lines hear how far runs are
   * @param news hear how each run ended
   */
  StudyProgress(
      Session session,
      StudyFile study,
      int all,
      TimeLeft left,
      Map<PlannedRun, Result> results,
      Map<PlannedRun, RunFailure> failures,
      Consumer<String> lines,
      Consumer<String> news) {
    this.session = session;
    this.study = study;
    this.all = all;
    this.left = left;
    this.results = results;
    this.failures = failures;
    this.lines = lines;
    this.news = news;
  }

  @Override
  public synchronized void started(PlannedRun run) {
    running.add(run);
    left.started(run);
    lines.accept(timed(run) + words(run) + " begins");
  }

  @Override
  public synchronized void progress(PlannedRun run, String line) {
    lines.accept(timed(run) + line);
  }

  @Override
  public synchronized void finished(PlannedRun run, Result result) {
    String place = place(run);
    running.remove(run);
    results.put(run, result);
    double seconds = left.ended(run, true);
    StringBuilder line = new StringBuilder(place).append(words(run)).append(":");
    for (StudyMetric metric : study.metrics()) {
      double value = metric.of(run.kind(), result);
      if (!Double.isNaN(value)) {
        String format = " %s %." + metric.decimals() + "f,";
        line.append(String.format(Locale.ROOT, format, metric.title(), value));
      }
    }
    news.accept(line.append(String.format(Locale.ROOT, " made in %.0f s", seconds)).toString());
  }

  @Override
  public synchronized void failed(PlannedRun run, RunFailure why) {
    String place = place(run);
    running.remove(run);
    // It will stand below a table, which others read elsewhere.
    String line = why.why().replace(session.home() + File.separator, "");
    failures.put(run, new RunFailure(line, why.trace()));
    left.ended(run, false);
    String where = "";
    if (!why.trace().isEmpty()) {
      AtomicFiles.write(error(run), why.trace());
      where = "; more in " + session.shown(error(run));
    }
    news.accept(place + words(run) + ": failed: " + line + where);
  }

  /** Where the stack trace of a failed run is kept. */
  private Path error(PlannedRun run) {
    return run.folder(session).resolve("checkpoint").resolve("error.txt");
  }

  /** Which of how many, and how long all of them still take. */
  private String timed(PlannedRun run) {
    String words = left.words();
    return place(run) + (words.isEmpty() ? "" : words + " in all, ");
  }

  private String place(PlannedRun run) {
    int done = results.size() + failures.size();
    int place = places.computeIfAbsent(run, r -> Math.min(all, done + Math.max(1, running.size())));
    return "run " + place + " of " + all + ", ";
  }

  private static String words(PlannedRun run) {
    return run.label() + " seed " + run.seed();
  }
}
