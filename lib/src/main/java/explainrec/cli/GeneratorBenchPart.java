package explainrec.cli;

import com.fasterxml.jackson.databind.JsonNode;
import explainrec.run.GeneratorBench;
import explainrec.run.GeneratorBench.Speed;
import explainrec.run.GeneratorBench.Speeds;
import explainrec.run.Peers;
import explainrec.run.Session;
import explainrec.text.ExplainedSplit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The part of {@code ./kit bench --peers} that is about generators: Att2Seq and PETER at the
 * papers' sizes, trained by their own loss, and writing; Att2Seq writes with weights that it has
 * learnt, so that its texts end where real ones do. The kit and plain PyTorch take turns, so that a
 * machine that is slow for a while is slow for both, and what is told is the median of the turns'
 * ratios.
 */
final class GeneratorBenchPart {
  private static final int TURNS = 3;
  private static final int WARM_UP = 3;
  private static final int STEPS = 8;
  private static final int ROUNDS = 5;

  private final Peers peers;
  private final GeneratorBench bench;
  private final ExplainedSplit real;
  private final Path backbone;
  private final Consumer<String> out;

  /**
   * Prepares the measurement.
   *
   * @param session names folders and the seed
   * @param real explained data that Att2Seq writes for
   * @param backbone folder of the Att2Seq that writes
   * @param out takes lines
   */
  GeneratorBenchPart(Session session, ExplainedSplit real, Path backbone, Consumer<String> out) {
    this.peers = new Peers(session.home());
    this.bench = new GeneratorBench(session.chooseDevice(), session.seed());
    this.real = real;
    this.backbone = backbone;
    this.out = out;
  }

  /**
   * Measures both generators.
   *
   * @return for {@code bench.json}, by generator
   */
  Map<String, Object> run() {
    Map<String, Object> results = new LinkedHashMap<>();
    Map<String, Object> job = bench.job(STEPS, WARM_UP, ROUNDS);
    results.put("peter", measure("peter", "PETER", job, () -> bench.peter(STEPS, WARM_UP, ROUNDS)));
    job.putAll(bench.writingJob(real, backbone));
    results.put(
        "att2seq",
        measure(
            "att2seq",
            "Att2Seq",
            job,
            () -> bench.att2seq(real, backbone, STEPS, WARM_UP, ROUNDS)));
    return results;
  }

  /** One turn of both. */
  private record Turn(Speeds kit, Speeds peer) {}

  private Map<String, Object> measure(
      String part, String name, Map<String, Object> job, Supplier<Speeds> kit) {
    List<Turn> turns = new ArrayList<>();
    for (int n = 0; n < TURNS; n++) {
      Speeds ours = kit.get();
      JsonNode theirs = peers.run("bench_mmi.py", part, job);
      turns.add(new Turn(ours, speeds(theirs)));
    }
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("kit", turns.stream().map(Turn::kit).toList());
    one.put("peer", turns.stream().map(Turn::peer).toList());
    tell(name + " training", one, "training", turns, Speeds::training);
    tell(name + " writing", one, "writing", turns, Speeds::writing);
    out.accept(
        String.format(
            Locale.ROOT,
            "  texts of %.1f words; PyTorch goes on to %.0f, as the authors do, and cuts afterwards",
            turns.get(0).kit().words(),
            turns.get(0).peer().words()));
    return one;
  }

  private static Speeds speeds(JsonNode peer) {
    return new Speeds(
        speed(peer, "training"), speed(peer, "writing"), peer.get("words").asDouble());
  }

  private static Speed speed(JsonNode peer, String what) {
    return new Speed(
        peer.get(what + "_per_second").asDouble(),
        peer.get(what + "_per_processor_second").asDouble());
  }

  private void tell(
      String what,
      Map<String, Object> into,
      String key,
      List<Turn> turns,
      Function<Speeds, Speed> part) {
    double kit = median(turns, turn -> part.apply(turn.kit()).perSecond());
    double peer = median(turns, turn -> part.apply(turn.peer()).perSecond());
    double ratio =
        median(
            turns,
            turn -> part.apply(turn.kit()).perSecond() / part.apply(turn.peer()).perSecond());
    double processor =
        median(
            turns,
            turn ->
                part.apply(turn.kit()).perProcessorSecond()
                    / part.apply(turn.peer()).perProcessorSecond());
    into.put(key + "Ratio", ratio);
    into.put(key + "ProcessorRatio", processor);
    out.accept(
        String.format(
            Locale.ROOT,
            "  %s, batch 128: kit %.0f, plain PyTorch %.0f explanations a second: %.2f times as fast"
                + " (%.2f by processor time)",
            what,
            kit,
            peer,
            ratio,
            processor));
  }

  private static double median(List<Turn> turns, Function<Turn, Double> value) {
    double[] sorted = turns.stream().mapToDouble(value::apply).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
