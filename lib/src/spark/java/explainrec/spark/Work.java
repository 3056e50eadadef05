package explainrec.spark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;

/** A task: one order after the other, each in a process and a folder of its own. */
final class Work implements FlatMapFunction<Iterator<String>, Done> {
  private static final long serialVersionUID = 1L;

  private static final int PART = 1 << 26; // bytes of a file in one piece
  private static final int WRONG = 2; // exit code: the user has to change something
  private static final int NO_MEMORY = 3; // exit code of -XX:+ExitOnOutOfMemoryError

  private final Child child;
  private final String home;
  private final String runs;
  private final LastLine line;

  /**
   * Describes the task.
   *
   * @param child how to start the process
   * @param home name of the archive that holds the data
   * @param runs name of the archive of finished runs
   * @param line hears how far it is
   */
  Work(Child child, String home, String runs, LastLine line) {
    this.child = child;
    this.home = home;
    this.runs = runs;
    this.line = line;
  }

  @Override
  public Iterator<Done> call(Iterator<String> orders) throws Exception {
    List<Done> done = new ArrayList<>();
    while (orders.hasNext()) {
      done.add(one(orders.next()));
    }
    return done.iterator();
  }

  private Done one(String order) throws IOException, InterruptedException {
    TaskContext task = TaskContext.get();
    Path brought = Path.of(SparkFiles.getRootDirectory()).toAbsolutePath();
    Path work = Files.createTempDirectory(brought, "work-" + task.taskAttemptId() + "-");
    try {
      Files.writeString(work.resolve("order.json"), order);
      List<String> words =
          List.of(
              "work",
              "--tied",
              "--home",
              SparkFiles.get(home),
              "--runs",
              SparkFiles.get(runs),
              "--folder",
              work.toString());
      int code = child.run(brought, work, words, line::add, () -> task.isInterrupted());
      return code == 0 ? result(work) : failure(work, code);
    } finally {
      delete(work);
    }
  }

  private static Done result(Path work) throws IOException {
    Path answers = work.resolve("answers.jsonl");
    if (Files.exists(answers)) {
      return new Done("", "", List.of(), Files.readAllLines(answers));
    }
    return new Done("", "", files(work.resolve(Files.readString(work.resolve("made")))), List.of());
  }

  private static List<Done.Part> files(Path run) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(run)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    List<Done.Part> parts = new ArrayList<>();
    for (Path file : files) {
      String path = run.relativize(file).toString().replace('\\', '/');
      try (InputStream in = Files.newInputStream(file)) {
        byte[] part = in.readNBytes(PART);
        do {
          parts.add(new Done.Part(path, part));
          part = in.readNBytes(PART);
        } while (part.length > 0);
      }
    }
    return parts;
  }

  /**
   * What the user has to mend fails at every attempt, so Spark is told of a result; anything else
   * it is to try again.
   */
  private static Done failure(Path work, int code) {
    String told = Child.told(work);
    if (!SparkEnv.get().executorId().equals("driver")) {
      System.err.print(told); // for Spark's own log of this executor
    }
    String last = told.lines().filter(l -> l.startsWith("kit: ")).reduce("", (a, b) -> b);
    if (code == WRONG) {
      return Done.failed(last.isEmpty() ? "it ended with code 2" : last.substring(5), "");
    }
    if (code == NO_MEMORY) {
      return Done.failed("out of memory; EXPLAINREC_HEAP=6g or a smaller batch may help", "");
    }
    String thrown =
        told.lines()
            .filter(l -> l.matches("[\\w.$]+(Exception|Error)\\b.*"))
            .findFirst()
            .orElse("");
    throw new WorkFailed(
        thrown.isEmpty() ? "its process ended with code " + code : thrown, told.strip());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
