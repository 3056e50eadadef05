package explainrec.cli;

import ai.djl.Device;
import com.fasterxml.jackson.core.type.TypeReference;
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
import explainrec.run.MemoryWatch;
import explainrec.run.MetricsBench;
import explainrec.run.Peers;
import explainrec.run.RatingBench;
import explainrec.run.Session;
import explainrec.run.Versions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
      "preparation of millions of generated reviews, and the text metrics. With --peers also against plain PyTorch, and",
      "T5's numbers, training and writing against transformers, and MMI's and its generators'",
      "against plain PyTorch."
    })
final class BenchCommand implements Callable<Integer> {
  private static final int ROUNDS = 5;
  private static final int PAIRS = 20_000;
  private static final int WORDS = 50;

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

  @Option(
      names = "--only",
      paramLabel = "PART",
      description = {
        "Runs one part and keeps the others' earlier numbers: ${COMPLETION-CANDIDATES}.",
        "text, memory (of prompt tuning, by itself), mmi, policy-memory (of its policy gradient, by",
        "itself) and generators need --peers."
      })
  private Part only;

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE",
      description = "T5's tokenizer.json: counts tokens with it, and compares it with Python's.")
  private Path tokenizer;

  @Option(
      names = "--text-steps",
      paramLabel = "N",
      defaultValue = "500",
      description = "Steps of prompt tuning that memory is watched over (${DEFAULT-VALUE}).")
  private int textSteps;

  @Option(
      names = "--policy-steps",
      paramLabel = "N",
      defaultValue = "500",
      description = "Steps of the policy gradient that memory is watched over (${DEFAULT-VALUE}).")
  private int policySteps;

  private PrintWriter out;

  /** What can be measured on its own. */
  private enum Part {
    RATING,
    DATA,
    METRICS,
    TEXT("text", "T5 and prompt tuning, against transformers:", true),
    MEMORY("textMemory", "Memory of prompt tuning:", false),
    MMI("mmi", "MMI, against plain PyTorch:", true),
    POLICY_MEMORY("policyMemory", "Memory of the policy gradient:", false),
    GENERATORS("generators", "Generators, against plain PyTorch, turn by turn:", true);

    private final String key; // in bench.json
    private final String title;
    private final boolean ofTheWhole; // runs with all the others, too

    /** A part that has keys and titles of its own. */
    Part() {
      this("", "", false);
    }

    /** A part that needs the peers. */
    Part(String key, String title, boolean ofTheWhole) {
      this.key = key;
      this.title = title;
      this.ofTheWhole = ofTheWhole;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Override
  public Integer call() {
    out = spec.commandLine().getOut();
    Session session = options.open();
    Path file = session.results().resolve("bench.json");
    Map<String, Object> all = only == null ? new LinkedHashMap<>() : read(file);
    all.put("versions", Versions.all());
    if (only == null) {
      all.put("device", Devices.describe(session.chooseDevice()));
    }
    all.put("cores", Runtime.getRuntime().availableProcessors());
    try (Bars bars = new Bars()) {
      Prepared prepared = session.prepare(bars);
      all.put("data", session.source().name());
      all.put("trainRows", prepared.split().train().length);
      if (wants(Part.RATING)) {
        rating(session, prepared, all);
      }
      if (wants(Part.DATA) && reviews > 0) {
        preparation(session, all, bars);
      }
      if (wants(Part.METRICS)) {
        metrics(session, all);
      }
      againstPeers(session, prepared, all, bars);
    }
    write(file, all);
    say("Written: %s", session.shown(file));
    return 0;
  }

  private void againstPeers(
      Session session, Prepared prepared, Map<String, Object> all, Bars bars) {
    Supplier<TextBenchPart> text =
        () -> new TextBenchPart(session, tokenizer, textSteps, this::say);
    Supplier<MmiBenchPart> mmi = () -> new MmiBenchPart(session, policySteps, this::say);
    Map<Part, Supplier<Map<String, Object>>> parts = new EnumMap<>(Part.class);
    parts.put(Part.TEXT, () -> text.get().run(prepared, bars));
    parts.put(Part.MEMORY, () -> text.get().memory(prepared, bars));
    parts.put(Part.MMI, () -> mmi.get().run(prepared, bars));
    parts.put(Part.POLICY_MEMORY, () -> mmi.get().memory(prepared, bars));
    parts.put(Part.GENERATORS, () -> mmi.get().generators(prepared));
    parts.forEach(
        (part, measure) -> {
          if (only == part || (only == null && peers && part.ofTheWhole)) {
            say(part.title);
            Map<String, Object> found = new LinkedHashMap<>(measure.get());
            // Parts may have been measured at other times, with other threads.
            found.put("device", Devices.describe(session.chooseDevice()));
            all.put(part.key, found);
          }
        });
  }

  private void metrics(Session session, Map<String, Object> all) {
    MetricsBench.Result result = MetricsBench.run(PAIRS, WORDS, session.seed());
    all.put("metrics", result);
    say("BLEU, ROUGE and METEOR of %,d pairs of %d words: %.1f s", PAIRS, WORDS, result.seconds());
  }

  private boolean wants(Part part) {
    return only == null || only == part;
  }

  /** What an earlier bench found; nothing when there was none. */
  private static Map<String, Object> read(Path file) {
    if (!Files.exists(file)) {
      return new LinkedHashMap<>();
    }
    try {
      return new ObjectMapper()
          .readValue(file.toFile(), new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (IOException e) {
      throw new InputException(
          file + ": not the JSON of an earlier bench; delete it, or leave --only out", e);
    }
  }

  private void preparation(Session session, Map<String, Object> all, Bars bars) {
    say("Preparing %,d generated reviews ...", reviews);
    DataBench.Result result =
        DataBench.run(session.home().resolve("data").resolve("bench"), reviews, bars);
    all.put("preparation", result);
    say(
        "  read, filtered and split in %.1f s; heap at most %.0f MiB",
        result.prepareSeconds(), result.peakHeapMiB());
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
    MemoryWatch.Use memory = bench.memory();
    all.put("memory", memory);
    say(
        "  resident memory over %d steps: %.2f KiB a step, at most %.0f MiB",
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

  private static JsonNode peer(Session session, RatingBench bench, RatingSettings settings) {
    return new Peers(session.home())
        .run(
            "bench_elixir_rating.py",
            null,
            bench.export(),
            "--epochs",
            Integer.toString(ROUNDS + 1),
            "--threads",
            Integer.toString(Peers.threads()),
            "--batch",
            Integer.toString(settings.batchSize()),
            "--width",
            Integer.toString(settings.width()),
            "--seed",
            Long.toString(session.seed()));
  }

  private void say(String format, Object... values) {
    say(String.format(Locale.ROOT, format, values));
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  private static void write(Path file, Map<String, Object> all) {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    AtomicFiles.write(
        file, out -> out.write(new ObjectMapper().writer(printer).writeValueAsBytes(all)));
  }
}
