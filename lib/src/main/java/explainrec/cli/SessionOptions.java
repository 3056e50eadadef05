package explainrec.cli;

import explainrec.run.Session;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * The options that every command about data or models takes; each overrides its environment
 * variable.
 */
final class SessionOptions {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "smoke, quick (default) or paper: how large and how long.")
  private String profile;

  @Option(
      names = "--data",
      paramLabel = "NAME|FILE",
      description = "world (default), a fetched data set, or a file of reviews.")
  private String data;

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description = "YAML that says which column is what; see data/README.md.")
  private Path mapping;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random (42).")
  private String seed;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Where results go (results, in the checkout).")
  private Path results;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "auto (default: a GPU when there is one), cpu or gpu.")
  private String device;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Changes a setting; may be given many times. ./kit run --settings lists them.")
  private Map<String, String> changes = new LinkedHashMap<>();

  /** Whether the data are chosen here, whatever a study says. */
  boolean hasData() {
    return data != null;
  }

  Session open() {
    return open(data);
  }

  /** The session on other data than the options say. */
  Session open(String data) {
    Map<String, String> environment = new LinkedHashMap<>(System.getenv());
    put(environment, "PROFILE", profile);
    put(environment, "DATA", data);
    put(environment, "MAPPING", mapping);
    put(environment, "SEED", seed);
    put(environment, "RESULTS", results == null ? null : results.toAbsolutePath());
    put(environment, "DEVICE", device);
    return Session.open(changes, environment);
  }

  private static void put(Map<String, String> environment, String name, Object value) {
    if (value != null) {
      environment.put("EXPLAINREC_" + name, value.toString());
    }
  }
}
