package explainrec.cli;

import explainrec.data.InputException;
import explainrec.run.Cluster;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options of commands that can use Apache Spark. */
final class SparkOptions {
  private static final String THREADS = "ai.djl.pytorch.num_threads";

  @Option(
      names = "--spark",
      paramLabel = "MASTER",
      description = {
        "Works on Apache Spark: local[N], spark://HOST:PORT, yarn or k8s://...;",
        "see environment/README.md."
      })
  private String master;

  @Option(
      names = "--spark-set",
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark's own, such as spark.task.cpus=4; may be given many times.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /** Whether Spark is asked for. */
  boolean given() {
    if (master == null && !settings.isEmpty()) {
      throw new InputException("--spark-set: it says how --spark MASTER works, which is not given");
    }
    return master != null;
  }

  /**
   * The same, for runs: this process then computes with as many threads as a task, because that is
   * a part of what a run's numbers depend on. To be asked before any tensor is made.
   */
  boolean givenForRuns() {
    boolean given = given();
    if (given) {
      System.setProperty(THREADS, settings.getOrDefault(Cluster.CPUS, "1"));
    }
    return given;
  }

  /**
   * Connects.
   *
   * @param lines hear what is waited for
   * @return the cluster, to be closed
   */
  Cluster connect(Consumer<String> lines) {
    return ServiceLoader.load(Cluster.Provider.class)
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "--spark: Spark's classes are not on the class path; use ./kit, which fetches"
                        + " them, or ./kit build --spark"))
        .connect(master, settings, lines);
  }
}
