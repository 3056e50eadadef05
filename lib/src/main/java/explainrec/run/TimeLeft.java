package explainrec.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** How long the runs of a study will still take, judged by those that are done. */
final class TimeLeft {
  private static final double SECOND = 1e9;

  private final LongSupplier nanos;
  private final Map<String, List<Double>> known = new HashMap<>(); // seconds, by model
  private final List<PlannedRun> left = new ArrayList<>();
  private final Map<PlannedRun, Long> began = new HashMap<>();

  /**
   * Starts to count.
   *
   * @param nanos a clock
   */
  TimeLeft(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** What a run that is there had taken. */
  void known(PlannedRun run, double seconds) {
    known.computeIfAbsent(model(run), m -> new ArrayList<>()).add(seconds);
  }

  /** What is to be made. */
  void left(List<PlannedRun> runs) {
    left.addAll(runs);
  }

  void started(PlannedRun run) {
    began.put(run, nanos.getAsLong());
  }

  /** How long a run took that has ended. */
  double ended(PlannedRun run, boolean well) {
    Long start = began.remove(run);
    double seconds = start == null ? 0 : (nanos.getAsLong() - start) / SECOND;
    left.remove(run);
    if (well && start != null) {
      known(run, seconds);
    }
    return seconds;
  }

  /** Seconds until all runs are made; NaN before anything is known. */
  double seconds() {
    double sum = 0;
    for (PlannedRun run : left) {
      double expected = expected(run);
      double spent = began.containsKey(run) ? (nanos.getAsLong() - began.get(run)) / SECOND : 0;
      sum += Math.max(0, expected - spent);
      sum += Double.isNaN(expected) ? Double.NaN : 0;
    }
    return sum;
  }

  /** What the same model took; of a model that never ran, what runs of its kind or any took. */
  private double expected(PlannedRun run) {
    double mean = mean(model(run));
    mean = Double.isNaN(mean) ? mean(run.kind().id()) : mean;
    return Double.isNaN(mean) ? mean("") : mean;
  }

  private double mean(String start) {
    return known.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(start))
        .flatMap(entry -> entry.getValue().stream())
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(Double.NaN);
  }

  private static String model(PlannedRun run) {
    return run.kind().id() + "/" + run.label() + run.changes() + "/";
  }

  /** The time left in words; empty before anything is known. */
  String words() {
    double seconds = seconds();
    if (Double.isNaN(seconds)) {
      return "";
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "about %d:%02d left", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "about %d h %02d min left", whole / 3600, whole / 60 % 60);
  }
}
