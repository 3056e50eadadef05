package explainrec.cli;

import explainrec.data.Progress;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Draws one bar a stage on a terminal; where there is none, says once a stage what is done. */
final class Bars implements Progress, AutoCloseable {
  private final boolean terminal = System.console() != null;
  private String stage = "";
  private ProgressBar bar;

  @Override
  public void update(String now, long done, long total) {
    if (!now.equals(stage)) {
      close();
      stage = now;
      if (terminal) {
        bar =
            new ProgressBarBuilder()
                .setTaskName(now)
                .setInitialMax(Math.max(total, -1))
                .setUpdateIntervalMillis(200)
                .build();
      } else {
        System.err.println(now);
      }
    }
    if (bar != null) {
      if (total > 0) {
        bar.maxHint(total);
      }
      bar.stepTo(done);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
