package explainrec.spark;

import explainrec.data.Progress;
import explainrec.run.PlannedRun;
import explainrec.run.RunExecutor.Listener;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.spark.Success$;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Tells how runs go from what Spark tells of its tasks. */
final class Watch extends SparkListener {
  /** The property of a job that says what it is for. */
  static final String JOB = "explainrec.job";

  private final Map<String, Followed> jobs = new ConcurrentHashMap<>();
  private final Map<Integer, Followed> stages = new ConcurrentHashMap<>();
  private final Map<Long, Followed> accumulators = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Consumer<String> lines;
  private volatile String lost = "";

  Watch(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Hears of one job's tasks. */
  private interface Followed {
    void started(String place, int attempt);

    void line(String line);

    void ended(boolean well, String why);
  }

  /** A run's job; returns the value of {@link #JOB}. */
  String follow(long accumulator, PlannedRun run, Listener listener) {
    Followed followed =
        new Followed() {
          @Override
          public void started(String place, int attempt) {
            listener.started(run);
            listener.progress(run, attempt == 0 ? "on " + place : "again, on " + place);
          }

          @Override
          public void line(String line) {
            listener.progress(run, line);
          }

          @Override
          public void ended(boolean well, String why) {
            if (!well) {
              listener.progress(run, "lost: " + why);
            }
          }
        };
    accumulators.put(accumulator, followed);
    return add(followed);
  }

  /** A job of many parts; returns the value of {@link #JOB}. */
  String follow(int parts, Progress progress) {
    AtomicInteger done = new AtomicInteger();
    return add(
        new Followed() {
          @Override
          public void started(String place, int attempt) {
            progress.update("parts of the pairs", done.get(), parts);
          }

          @Override
          public void line(String line) {}

          @Override
          public void ended(boolean well, String why) {
            progress.update(
                "parts of the pairs", well ? done.incrementAndGet() : done.get(), parts);
          }
        });
  }

  private String add(Followed followed) {
    String job = Integer.toString(numbers.incrementAndGet());
    jobs.put(job, followed);
    return job;
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    Properties properties = submitted.properties();
    Followed followed = properties == null ? null : jobs.get(properties.getProperty(JOB, ""));
    if (followed != null) {
      stages.put(submitted.stageInfo().stageId(), followed);
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    Followed followed = stages.get(start.stageId());
    if (followed != null) {
      String executor = start.taskInfo().executorId();
      String place =
          executor.equals("driver")
              ? "this machine"
              : start.taskInfo().host() + " (executor " + executor + ")";
      followed.started(place, start.taskInfo().attemptNumber());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    Followed followed = stages.get(end.stageId());
    if (followed != null) {
      boolean well = end.reason() instanceof Success$;
      String why = end.reason() instanceof TaskFailedReason failed ? failed.toErrorString() : "";
      followed.ended(well, why.lines().findFirst().orElse(""));
    }
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    scala.collection.Iterator<?> tasks = update.accumUpdates().iterator();
    while (tasks.hasNext()) {
      scala.Tuple4<?, ?, ?, ?> task = (scala.Tuple4<?, ?, ?, ?>) tasks.next();
      scala.collection.Iterator<?> infos = ((scala.collection.Seq<?>) task._4()).iterator();
      while (infos.hasNext()) {
        AccumulableInfo info = (AccumulableInfo) infos.next();
        Followed followed = accumulators.get(info.id());
        if (followed != null && info.update().isDefined()) {
          followed.line(String.valueOf(info.update().get()));
        }
      }
    }
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    lost = removed.reason();
    lines.accept("worker lost: " + lost);
  }

  /** Why the application has ended before its work was done. */
  String ended() {
    return "--spark: the cluster ended the application"
        + (lost.isEmpty() ? "" : " (last: " + lost + ")")
        + "; what was finished stays, start again to go on";
  }
}
