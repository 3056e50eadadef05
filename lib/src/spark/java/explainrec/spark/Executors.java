package explainrec.spark;

import explainrec.data.InputException;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Looks whether an executor is there. Spark itself waits without end: for a worker that is large
 * enough, and for a Java that ends as soon as it is started, which it then starts again.
 */
final class Executors {
  private static final String LIMIT = "spark.scheduler.maxRegisteredResourcesWaitingTime";

  private final JavaSparkContext spark;
  private final long limitSeconds;
  private long seen = System.nanoTime();

  /**
   * Begins to look.
   *
   * @param spark the context
   * @param limit how long none may be there, where Spark's own setting does not say it
   */
  Executors(JavaSparkContext spark, String limit) {
    this.spark = spark;
    this.limitSeconds = spark.getConf().getTimeAsSeconds(LIMIT, limit);
  }

  /**
   * Looks.
   *
   * @return whether there is one
   * @throws InputException when there has been none for too long
   */
  boolean there() {
    if (spark.sc().statusTracker().getExecutorInfos().length > 1) { // the driver counts as one
      seen = System.nanoTime();
      return true;
    }
    if (System.nanoTime() - seen > limitSeconds * 1_000_000_000L) {
      throw new InputException(
          "--spark "
              + spark.master()
              + ": no executor for "
              + limitSeconds
              + " s: no worker has "
              + spark.getConf().get("spark.executor.memory", "1g")
              + " and a processor free, or its Java does not start (Java 17 or newer is needed; see"
              + " stderr in the worker's folder work/); --spark-set "
              + LIMIT
              + "=1h waits longer");
    }
    return false;
  }
}
