package explainrec.spark;

import explainrec.run.PlannedRun;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The kit's own jars, as this process was started with them.
 *
 * @param folder with the kit's jar and, in {@code libraries}, all others
 */
record Library(Path folder) {
  /** Variables that say something of this machine and not of the work. */
  private static final List<String> OF_THIS_MACHINE =
      List.of("DJL_CACHE_DIR", "PYTORCH_LIBRARY_PATH", "PYTORCH_VERSION", "PYTORCH_FLAVOR");

  /** Finds the jars. */
  static Library find() {
    return new Library(place(PlannedRun.class).getParent());
  }

  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * How a worker starts the kit: with the options and variables that {@code ./kit} decided.
   *
   * @param here whether tasks run in this process
   * @param threads that each computes with
   */
  Child child(boolean here, int threads) {
    List<String> options = new ArrayList<>();
    for (String option : System.getenv().getOrDefault("EXPLAINREC_JVM_OPTIONS", "").split(" ")) {
      if (!option.isEmpty() && !option.startsWith("--enable-native-access")) {
        options.add(option);
      }
    }
    options.add("-Dai.djl.pytorch.num_threads=" + threads);
    Map<String, String> variables = new LinkedHashMap<>();
    for (String name : System.getenv().getOrDefault("EXPLAINREC_JVM_VARIABLES", "").split(" ")) {
      if (System.getenv(name) != null && !OF_THIS_MACHINE.contains(name)) {
        variables.put(name, System.getenv(name));
      }
    }
    variables.put("OMP_NUM_THREADS", Integer.toString(threads));
    return new Child(here ? folder.toString() : "", options, variables);
  }

  /** Has Spark bring the jars to the workers: this package to executors, the kit beside them. */
  void ship(JavaSparkContext spark) {
    spark.addJar(place(Library.class).toString());
    spark.addFile(folder.resolve(Child.KIT).toString());
    try (Stream<Path> jars = Files.list(folder.resolve("libraries"))) {
      jars.filter(jar -> jar.toString().endsWith(".jar"))
          .sorted()
          .forEach(jar -> spark.addFile(jar.toString()));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
