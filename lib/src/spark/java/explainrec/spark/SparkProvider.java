package explainrec.spark;

import explainrec.data.InputException;
import explainrec.run.Cluster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Connects to Apache Spark. */
public final class SparkProvider implements Cluster.Provider {
  private static final Pattern LOCAL = Pattern.compile("local(\\[(\\*|\\d+)(,\\s*\\d+)?\\])?");
  private static final Pattern STANDALONE =
      Pattern.compile("spark://([^/:,]+):(\\d+)(,[^/:,]+:\\d+)*");
  private static final Pattern OTHERS = Pattern.compile("yarn|k8s://.+|local-cluster\\[.+\\]");
  private static final int CONNECT_MILLIS = 5_000;
  private static final long LOOK_MILLIS = 100;
  private static final String SOON = "60s"; // a standalone master gives what it has at once
  private static final String LATER = "600s"; // containers take their time

  /** Found as a service. */
  public SparkProvider() {}

  @Override
  public Cluster connect(String master, Map<String, String> settings, Consumer<String> lines) {
    boolean local = LOCAL.matcher(master).matches();
    Matcher standalone = STANDALONE.matcher(master);
    boolean loopback = local || master.startsWith("local-cluster");
    if (standalone.matches()) {
      loopback = reach(master);
    } else if (!local && !OTHERS.matcher(master).matches()) {
      throw new InputException(
          "--spark "
              + master
              + ": expected local[N], spark://HOST:PORT, yarn or k8s://https://HOST:PORT");
    }
    SparkConf conf = new SparkConf(true).setMaster(master).setAppName("ExplainRec Kit");
    Map<String, String> values = new TreeMap<>();
    values.put("spark.ui.enabled", "false");
    values.put("spark.ui.showConsoleProgress", "false");
    values.put("spark.driver.maxResultSize", "0"); // a run's files come back as results
    values.put(Cluster.CPUS, "1");
    if (loopback) {
      values.put("spark.driver.host", "127.0.0.1");
      values.put("spark.driver.bindAddress", "127.0.0.1");
    }
    values.putAll(settings);
    values.forEach(conf::set);
    JavaSparkContext spark;
    try {
      spark = new JavaSparkContext(conf);
    } catch (RuntimeException e) {
      throw refused(master, e);
    }
    try {
      Executors executors = new Executors(spark, standalone.matches() ? SOON : LATER);
      lines.accept("waiting for the cluster's first executor");
      while (!local && !executors.there()) {
        Thread.sleep(LOOK_MILLIS);
      }
      return new SparkCluster(spark, local, executors, lines);
    } catch (InputException e) {
      spark.close();
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException("--spark " + master + ": interrupted", e);
    }
  }

  /** Asks whether anybody listens there: Spark itself would try for a minute and log the rest. */
  private static boolean reach(String master) {
    IOException last = null;
    for (String place : master.substring("spark://".length()).split(",")) {
      int colon = place.lastIndexOf(':');
      InetSocketAddress address =
          new InetSocketAddress(
              place.substring(0, colon), Integer.parseInt(place.substring(colon + 1)));
      try (Socket socket = new Socket()) {
        socket.connect(address, CONNECT_MILLIS);
        return socket.getInetAddress().isLoopbackAddress();
      } catch (IOException | IllegalArgumentException e) {
        last = e instanceof IOException io ? io : new IOException(e.getMessage(), e);
      }
    }
    throw new InputException(
        "--spark "
            + master
            + ": no master answers there ("
            + (last == null ? "" : last.getMessage())
            + "); start one, or check host and port",
        last);
  }

  private static InputException refused(String master, RuntimeException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String why = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return new InputException("--spark " + master + ": Spark does not start: " + why, e);
  }
}
