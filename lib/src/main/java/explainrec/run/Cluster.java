package explainrec.run;

import explainrec.data.InputException;
import explainrec.data.Prepared;
import explainrec.data.Progress;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Other machines, or other processes of this one, that make runs and write reviews. The kit has one
 * kind, Apache Spark; its classes are there only when asked for, so it is found as a service.
 */
public interface Cluster extends RunExecutor, AutoCloseable {
  /** The setting of Spark's that says how many processors, and so threads, a task has; 1. */
  String CPUS = "spark.task.cpus";

  /** Connects to a cluster. */
  interface Provider {
    /**
     * Connects.
     *
     * @param master its address, for instance {@code spark://host:7077} or {@code local[2]}
     * @param settings the cluster's own settings, by name
     * @param lines hear what is waited for
     * @return the cluster
     * @throws InputException when there is none at that address
     */
    Cluster connect(String master, Map<String, String> settings, Consumer<String> lines);
  }

  /**
   * Explains many pairs with a trained model.
   *
   * @param session folders, settings and device
   * @param prepared the data
   * @param model the review model's name
   * @param tag of its run, which has been made
   * @param pairs what to explain
   * @param progress hears how many are done
   * @return JSON, one line a pair, in the order of the pairs
   * @throws InputException when a part of them cannot be explained
   */
  List<String> explain(
      Session session, Prepared prepared, String model, String tag, Pairs pairs, Progress progress);

  @Override
  void close();
}
