package explainrec.cli;

import ai.djl.Device;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.data.AtomicFiles;
import explainrec.data.DataBench;
import explainrec.data.InputException;
import explainrec.data.Prepared;
import explainrec.elixir.RatingSettings;
import explainrec.nn.Devices;
import explainrec.run.RatingBench;
import explainrec.run.Session;
import explainrec.run.Versions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./kit bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures speed and memory, with nothing else running, and writes results/bench.json:",
      "rating training (steps of the paper's batch and width), memory over 1,000 steps, and the",
      "preparation of millions of generated reviews. With --peers also against plain PyTorch."
    })
final class BenchCommand implements Callable<Integer> {
  private static final int ROUNDS = 5;

  @Spec private CommandSpec spec;

  @Mixin private SessionOptions options;

  @Option(
      names = "--peers",
      description = "Installs the Python peers (3 GB) and compares with them.")
  private boolean peers;

  @Option(
      names = "--reviews",
      paramLabel = "N",
      defaultValue = "2800000",
      description = "Reviews of the preparation bench (${DEFAULT-VALUE}); 0 leaves it out.")
  private long reviews;

  private PrintWriter out;

  @Override
  public Integer call() {
    out = spec.commandLine().getOut();
    Session session = options.open();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("versions", Versions.all());
    all.put("device", Devices.describe(session.chooseDevice()));
    all.put("cores", Runtime.getRuntime().availableProcessors());
    try (Bars bars = new Bars()) {
      Prepared prepared = session.prepare(bars);
      all.put("data", session.source().name());
      all.put("trainRows", prepared.split().train().length);
      rating(session, prepared, all);
      if (reviews > 0) {
        say("Preparing %,d generated reviews ...", reviews);
        DataBench.Result result =
            DataBench.run(session.home().resolve("data").resolve("bench"), reviews, bars);
        all.put("preparation", result);
        say(
            "  read, filtered and split in %.1f s; heap at most %.0f MiB",
            result.prepareSeconds(), result.peakHeapMiB());
      }
    }
    Path file = session.results().resolve("bench.json");
    write(file, all);
    say("Written: %s", session.shown(file));
    return 0;
  }

  private void rating(Session session, Prepared prepared, Map<String, Object> all) {
    RatingSettings settings = session.settings().rating();
    Device device = session.chooseDevice();
    RatingBench bench = new RatingBench(prepared.split(), settings, device, session.seed());
    say("ELIXIR's rating module, batch %d, width %d:", settings.batchSize(), settings.width());
    RatingBench.Step step = bench.step();
    all.put("step", step);
    say(
        "  a step: forward %.2f, backward %.2f, Adam %.2f, in all %.2f ms",
        step.forward(), step.backward(), step.optimizer(), step.step());
    say(
        "  its products: %.2f GFLOP, %.0f%% of the machine's %.0f GFLOP/s in forward and backward",
        step.productGflop(), 100 * step.productsShare(), step.limitGflops());
    RatingBench.MemoryUse memory = bench.memory();
    all.put("memory", memory);
    say(
        "  resident memory over %d steps: %.2f KiB a step (%.0f MiB at the end)",
        memory.steps(), memory.slopeKiB(), memory.residentMiB());
    RatingBench.Training ours = bench.train(ROUNDS + 1, line -> {});
    all.put("training", ours);
    say(
        "  training: %.0f examples a second (median of %d epochs)",
        ours.examplesPerSecond(), ROUNDS);
    if (peers) {
      JsonNode theirs = peer(session, bench, settings);
      all.put("peer", theirs);
      double ratio = ours.examplesPerSecond() / theirs.get("examples_per_second").asDouble();
      all.put("speedRatio", ratio);
      say(
          "  plain PyTorch: %.0f examples a second; the kit trains %.2f times as fast",
          theirs.get("examples_per_second").asDouble(), ratio);
      say(
          "  best validation RMSE: kit %.4f, PyTorch %.4f",
          Arrays.stream(ours.validationRmse()).min().orElseThrow(),
          least(theirs.get("validation_rmse_overall")));
    }
  }

  private static double least(JsonNode values) {
    double least = Double.POSITIVE_INFINITY;
    for (JsonNode value : values) {
      least = Math.min(least, value.asDouble());
    }
    return least;
  }

  private JsonNode peer(Session session, RatingBench bench, RatingSettings settings) {
    String python = System.getenv("EXPLAINREC_PEERS_PYTHON");
    if (python == null) {
      throw new InputException(
          "--peers: no Python for them; call ./kit bench --peers, which installs it");
    }
    Path script = session.home().resolve("environment/peers/bench_elixir_rating.py");
    ObjectMapper json = new ObjectMapper();
    Path rows = null;
    try {
      rows = Files.createTempFile("explainrec-bench", ".json");
      json.writeValue(rows.toFile(), bench.export());
      int threads =
          Integer.getInteger(
              "ai.djl.pytorch.num_threads", Runtime.getRuntime().availableProcessors());
      List<String> command =
          List.of(
              python,
              script.toString(),
              rows.toString(),
              "--epochs",
              Integer.toString(ROUNDS + 1),
              "--threads",
              Integer.toString(threads),
              "--batch",
              Integer.toString(settings.batchSize()),
              "--width",
              Integer.toString(settings.width()),
              "--seed",
              Long.toString(session.seed()));
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      byte[] answer = process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        throw new InputException(
            "the Python peer failed, see above; install it anew by deleting environment/peers/venv");
      }
      return json.readTree(answer);
    } catch (IOException e) {
      throw new InputException("the Python peer could not run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException("interrupted", e);
    } finally {
      if (rows != null) {
        rows.toFile().delete();
      }
    }
  }

  private void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }

  private static void write(Path file, Map<String, Object> all) {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    AtomicFiles.write(
        file, out -> out.write(new ObjectMapper().writer(printer).writeValueAsBytes(all)));
  }
}
