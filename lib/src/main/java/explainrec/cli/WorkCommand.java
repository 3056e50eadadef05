package explainrec.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import explainrec.data.AtomicFiles;
import explainrec.data.Prepared;
import explainrec.data.Progress;
import explainrec.elixir.ElixirModel;
import explainrec.elixir.Explanation;
import explainrec.run.PlannedRun;
import explainrec.run.ReviewModel;
import explainrec.run.ReviewRun;
import explainrec.run.Session;
import explainrec.run.Shipment;
import explainrec.run.WorkOrder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code work}: a process of its own for one run, or for some pairs to explain, started by another
 * process such as a task of a cluster. It reads {@code order.json} in its folder and leaves there
 * the run below {@code results/} with its path in {@code made}, or {@code answers.jsonl}.
 */
@Command(
    name = "work",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Does one piece of work for ./kit study --spark or ./kit explain --spark.")
final class WorkCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--home", required = true, description = "Where the shipment was unpacked.")
  private Path home;

  @Option(names = "--runs", description = "Finished runs that this one may stand on.")
  private Path runs;

  @Option(names = "--folder", required = true, description = "Holds order.json; gets the results.")
  private Path folder;

  @Option(
      names = "--tied",
      description = "Ends at once when standard input does, with whoever started it.")
  private boolean tied;

  @Override
  public Integer call() {
    if (tied) {
      tie();
    }
    WorkOrder order = WorkOrder.read(folder.resolve("order.json"));
    Path results = folder.resolve("results");
    Session session = order.session().open(home.toAbsolutePath(), results.toAbsolutePath());
    if (runs != null) {
      copy(runs.resolve(Shipment.RUNS), session.folder().resolve("runs"));
    }
    Prepared prepared = session.prepare(Progress.SILENT);
    if (order.run() != null) {
      make(session, prepared, order.runAt(home.toAbsolutePath()));
    } else {
      explain(session, prepared, order.pairs());
    }
    return 0;
  }

  private void make(Session session, Prepared prepared, PlannedRun run) {
    PrintWriter out = spec.commandLine().getOut();
    run.make(
        session,
        prepared,
        line -> {
          out.println(line);
          out.flush();
        });
    AtomicFiles.write(folder.resolve("made"), folder.relativize(run.folder(session)).toString());
  }

  private void explain(Session session, Prepared prepared, WorkOrder.Slice pairs) {
    ReviewRun run =
        new ReviewRun(
            session, prepared, ReviewModel.of(pairs.model()), session.seed(), pairs.tag());
    try (ElixirModel elixir = run.openMade()) {
      StringBuilder lines = new StringBuilder();
      for (Explanation answer : elixir.explain(pairs.users(), pairs.items(), Progress.SILENT)) {
        lines.append(line(answer)).append('\n');
      }
      AtomicFiles.write(folder.resolve("answers.jsonl"), lines.toString());
    }
  }

  /** The answer for a pair as one line of JSON. */
  static String line(Explanation answer) {
    try {
      return new JsonMapper().writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void copy(Path from, Path to) {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nobody waits for this process any more when the one that started it is gone. */
  private static void tie() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // only the end matters
                }
              } catch (IOException e) {
                // as good as the end
              }
              Runtime.getRuntime().halt(1);
            },
            "standard input");
    watch.setDaemon(true);
    watch.start();
  }
}
