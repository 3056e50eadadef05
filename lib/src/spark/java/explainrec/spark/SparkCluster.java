package explainrec.spark;

import explainrec.data.InputException;
import explainrec.data.Prepared;
import explainrec.data.Progress;
import explainrec.elixir.ElixirModel;
import explainrec.run.CarriedRun;
import explainrec.run.Cluster;
import explainrec.run.Pairs;
import explainrec.run.PlannedRun;
import explainrec.run.RunFailure;
import explainrec.run.Session;
import explainrec.run.SessionCopy;
import explainrec.run.Shipment;
import explainrec.run.WorkOrder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Runs as jobs of Spark, one task each: Spark brings data and library to the workers, decides what
 * runs where, and tries again when a task or a worker is lost. A job's result comes back once,
 * however often its task was started, and only then the run gets to its place.
 */
final class SparkCluster implements Cluster {
  private static final long LOOK_MILLIS = 100;

  private final JavaSparkContext spark;
  private final Consumer<String> lines;
  private final Child child;
  private final Watch watch;
  private final Executors executors;
  private final boolean local;
  private final Path packing;
  private volatile boolean stopping;
  private int archives;

  SparkCluster(JavaSparkContext spark, boolean local, Executors executors, Consumer<String> lines) {
    this.spark = spark;
    this.lines = lines;
    this.executors = executors;
    this.local = local;
    this.watch = new Watch(lines);
    spark.sc().addSparkListener(watch);
    Library library = Library.find();
    this.child = library.child(local, spark.getConf().getInt(CPUS, 1));
    if (!local) {
      library.ship(spark);
    }
    try {
      this.packing = Files.createTempDirectory("explainrec-spark-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Ctrl-C: Spark has a hook of its own, and what is lost by it is nobody's failure.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopping = true;
                  CarriedRun.discard(packing);
                }));
  }

  @Override
  public void execute(
      Session session, Prepared prepared, List<PlannedRun> runs, Listener listener) {
    lines.accept("packing what the workers need");
    Shipment shipment = Shipment.of(session, prepared, runs, lines);
    String home = ship("home", shipment);
    SessionCopy copy = SessionCopy.of(session, prepared, shipment);
    CarriedRun.discard(CarriedRun.landing(session));
    try {
      for (List<PlannedRun> wave : Waves.of(session, prepared, runs)) {
        String made = ship("runs", Shipment.ofRuns(below(session, wave)));
        Map<PlannedRun, JavaFutureAction<List<Done>>> jobs = new LinkedHashMap<>();
        Listener heard = new OnlyOf(runs, listener);
        for (PlannedRun run : wave) {
          WorkOrder order = new WorkOrder(copy, shipment.given(run), null);
          jobs.put(run, start(order.json(), home, made, run, heard));
        }
        collect(session, jobs, heard);
      }
    } finally {
      CarriedRun.discard(CarriedRun.landing(session));
    }
  }

  private static List<Path> below(Session session, List<PlannedRun> runs) {
    return runs.stream()
        .flatMap(run -> run.below(session).stream())
        .map(run -> run.folder(session))
        .distinct()
        .toList();
  }

  /** Takes results as they come: a run is in its place as soon as it is finished. */
  private void collect(
      Session session, Map<PlannedRun, JavaFutureAction<List<Done>>> jobs, Listener listener) {
    try {
      while (!jobs.isEmpty()) {
        if (!local && !spark.sc().isStopped()) {
          executors.there();
        }
        for (PlannedRun run : List.copyOf(jobs.keySet())) {
          if (jobs.get(run).isDone()) {
            end(session, run, jobs.remove(run), listener);
          }
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException("interrupted; what was finished stays, start again to go on", e);
    }
  }

  private void end(
      Session session, PlannedRun run, JavaFutureAction<List<Done>> job, Listener listener)
      throws InterruptedException {
    Done done;
    try {
      done = job.get().get(0);
    } catch (ExecutionException | CancellationException e) {
      if (stopping) {
        Thread.currentThread().join(); // until the process has ended
      }
      if (spark.sc().isStopped()) {
        throw new InputException(watch.ended(), e);
      }
      listener.failed(run, Failures.of(e));
      return;
    }
    if (!done.failure().isEmpty()) {
      listener.failed(run, new RunFailure(done.failure(), done.trace()));
      return;
    }
    Path folder = run.folder(session);
    Path arrived = CarriedRun.landing(session).resolve(folder.getFileName());
    write(done.files(), arrived);
    CarriedRun.place(arrived, folder);
    listener.finished(run, run.result(session));
  }

  private JavaFutureAction<List<Done>> start(
      String order, String home, String made, PlannedRun run, Listener listener) {
    LastLine line = new LastLine();
    spark.sc().register(line, "line");
    spark.setLocalProperty(Watch.JOB, watch.follow(line.id(), run, listener));
    spark.setJobDescription(run.label() + ", seed " + run.seed());
    return spark
        .parallelize(List.of(order), 1)
        .mapPartitions(new Work(child, home, made, line))
        .collectAsync();
  }

  @Override
  public List<String> explain(
      Session session,
      Prepared prepared,
      String model,
      String tag,
      Pairs pairs,
      Progress progress) {
    PlannedRun run = new PlannedRun(PlannedRun.Kind.REVIEWS, model, tag, Map.of(), session.seed());
    Shipment shipment = Shipment.of(session, prepared, List.of(run), lines);
    SessionCopy copy = SessionCopy.of(session, prepared, shipment);
    List<Path> below = new ArrayList<>(below(session, List.of(run)));
    below.add(run.folder(session));
    String home = ship("home", shipment);
    String made = ship("runs", Shipment.ofRuns(below));
    List<String> orders = orders(copy, model, tag, pairs);
    LastLine line = new LastLine();
    spark.sc().register(line, "line");
    spark.setLocalProperty(Watch.JOB, watch.follow(orders.size(), progress));
    spark.setJobDescription("explain " + pairs.users().size() + " pairs");
    List<Done> done;
    try {
      done =
          spark
              .parallelize(orders, orders.size())
              .mapPartitions(new Work(child, home, made, line))
              .collect();
    } catch (Exception e) { // Scala throws checked ones undeclared
      throw new InputException(
          spark.sc().isStopped() ? watch.ended() : "explain: " + Failures.of(e).why(), e);
    }
    List<String> answers = new ArrayList<>();
    for (Done part : done) {
      if (!part.failure().isEmpty()) {
        throw new InputException(part.failure());
      }
      answers.addAll(part.answers());
    }
    return answers;
  }

  /** Cuts the pairs between slices, into some more parts than there are processors. */
  private List<String> orders(SessionCopy copy, String model, String tag, Pairs pairs) {
    int slices = (pairs.users().size() + ElixirModel.SLICE - 1) / ElixirModel.SLICE;
    int parts = Math.min(slices, 3 * Math.max(2, spark.defaultParallelism()));
    int size = (slices + parts - 1) / parts * ElixirModel.SLICE;
    List<String> orders = new ArrayList<>();
    for (int from = 0; from < pairs.users().size(); from += size) {
      int to = Math.min(pairs.users().size(), from + size);
      WorkOrder.Slice slice =
          new WorkOrder.Slice(
              model, tag, pairs.users().subList(from, to), pairs.items().subList(from, to));
      orders.add(new WorkOrder(copy, null, slice).json());
    }
    return orders;
  }

  /** Hands an archive to Spark, which unpacks it once on each executor. */
  private String ship(String kind, Shipment shipment) {
    String name = kind + "-" + archives++;
    Path archive = packing.resolve(name + ".zip");
    shipment.pack(archive);
    spark.sc().addArchive(archive.toUri() + "#" + name);
    return name;
  }

  private static void write(List<Done.Part> parts, Path folder) {
    CarriedRun.discard(folder);
    try {
      for (Done.Part part : parts) {
        Path file = folder.resolve(part.path());
        Files.createDirectories(file.getParent());
        try (OutputStream out =
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
          out.write(part.bytes());
        }
      }
    } catch (IOException e) {
      throw new InputException(
          folder + ": writing failed: " + e.getMessage() + "; check space and rights", e);
    }
  }

  @Override
  public void close() {
    spark.close();
    CarriedRun.discard(packing);
  }
}
