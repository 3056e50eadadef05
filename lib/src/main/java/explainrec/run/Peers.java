package explainrec.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Python programs that the kit is compared with; {@code ./kit bench --peers} installs them. */
public final class Peers {
  private final Path scripts;
  private final String python;

  /**
   * Finds them.
   *
   * @param home the kit's folder
   * @throws InputException when no Python has been installed for them
   */
  public Peers(Path home) {
    this.scripts = home.resolve("environment/peers");
    this.python = System.getenv("EXPLAINREC_PEERS_PYTHON");
    if (python == null) {
      throw new InputException(
          "--peers: no Python for them; call ./kit bench --peers, which installs it");
    }
  }

  /**
   * How many threads both sides use.
   *
   * @return at least 1
   */
  public static int threads() {
    return Integer.getInteger(
        "ai.djl.pytorch.num_threads", Runtime.getRuntime().availableProcessors());
  }

  /**
   * Runs a script; what it says while it works goes to this program's standard error.
   *
   * @param script file name
   * @param arguments of it
   * @return the JSON in the last line of its standard output; null when it prints none
   * @throws InputException when it fails
   */
  public JsonNode run(String script, String... arguments) {
    List<String> command = new ArrayList<>(List.of(python, scripts.resolve(script).toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      List<String> lines = new String(process.getInputStream().readAllBytes()).lines().toList();
      if (process.waitFor() != 0) {
        throw new InputException(
            "the Python peer "
                + script
                + " failed, see above; install it anew by deleting environment/peers/venv");
      }
      String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
      return last.startsWith("{") ? new ObjectMapper().readTree(last) : null;
    } catch (IOException e) {
      throw new InputException("the Python peer could not run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException("interrupted", e);
    }
  }

  /**
   * Runs a script on a job.
   *
   * @param script file name
   * @param part its first argument; null for none
   * @param job written as JSON to a file whose name is the next argument
   * @param arguments the rest
   * @return the JSON in the last line of its standard output
   */
  public JsonNode run(String script, String part, Object job, String... arguments) {
    Path file = null;
    try {
      file = Files.createTempFile("explainrec-bench", ".json");
      new ObjectMapper().writeValue(file.toFile(), job);
      List<String> all = new ArrayList<>();
      if (part != null) {
        all.add(part);
      }
      all.add(file.toString());
      all.addAll(List.of(arguments));
      return run(script, all.toArray(String[]::new));
    } catch (IOException e) {
      throw new InputException("the Python peer could not run: " + e.getMessage(), e);
    } finally {
      if (file != null) {
        file.toFile().delete();
      }
    }
  }
}
