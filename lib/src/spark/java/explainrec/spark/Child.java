package explainrec.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A process that does one piece of work on a worker. It has the kit's class path and nothing of
 * Spark's, its own random numbers and its own copy of PyTorch, so that tasks side by side do not
 * change each other's numbers, and a crash in native code costs one task and not the executor. It
 * ends with the executor: its standard input is a pipe from there.
 *
 * @param library folder with the kit's jars, as workers see it; empty where Spark brings them
 * @param options of Java
 * @param variables of the environment
 */
record Child(String library, List<String> options, Map<String, String> variables)
    implements Serializable {
  /** The kit's own jar among the files that Spark brings. */
  static final String KIT = "explainrec-kit.jar";

  private static final int NATIVE_ACCESS = 22; // Java asks from here on
  private static final long LOOK_MILLIS = 300;

  /**
   * Runs the process to its end.
   *
   * @param brought folder of the files that Spark brings
   * @param work the process's own folder, with its order
   * @param words of the command
   * @param lines hear what it says
   * @param stopped whether nobody waits for it any more
   * @return its exit code
   * @throws IOException when it cannot be started
   * @throws InterruptedException when this thread is to end
   */
  int run(
      Path brought, Path work, List<String> words, Consumer<String> lines, BooleanSupplier stopped)
      throws IOException, InterruptedException {
    Process process = start(brought, work, words);
    try {
      Thread reader = new Thread(() -> read(process, lines), "lines of " + work.getFileName());
      reader.setDaemon(true);
      reader.start();
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (stopped.getAsBoolean()) {
          throw new InterruptedException("the task was stopped");
        }
      }
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(Path brought, Path work, List<String> words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    if (Runtime.version().feature() >= NATIVE_ACCESS) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-cp");
    Path folder = library.isEmpty() ? brought : Path.of(library);
    Path others = library.isEmpty() ? brought : folder.resolve("libraries");
    command.add(folder.resolve(KIT) + System.getProperty("path.separator") + others.resolve("*"));
    command.add("explainrec.cli.Kit");
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(work.toFile());
    variables.forEach(builder.environment()::putIfAbsent);
    builder.environment().put("EXPLAINREC_HOME", work.toString());
    builder.redirectError(errors(work).toFile());
    return builder.start();
  }

  /** Where the process writes what goes wrong. */
  static Path errors(Path work) {
    return work.resolve("errors.txt");
  }

  private static void read(Process process, Consumer<String> lines) {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.accept(line);
      }
    } catch (IOException e) {
      // It was ended.
    }
  }

  /** What the process wrote of its errors; empty for nothing. */
  static String told(Path work) {
    try {
      return Files.exists(errors(work)) ? Files.readString(errors(work)) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
