package explainrec.cli;

import com.fasterxml.jackson.databind.JsonNode;
import explainrec.data.Prepared;
import explainrec.run.Estimators;
import explainrec.run.MemoryWatch;
import explainrec.run.MmiBench;
import explainrec.run.Peers;
import explainrec.run.Session;
import explainrec.text.ExplainedSplit;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** The part of {@code ./kit bench --peers} that is about MMI. */
final class MmiBenchPart {
  private static final int WARM_UP = 2;
  private static final int PEER_STEPS = 8;
  private static final int EPOCHS = 50;

  private static final int BACKBONE_ROWS = 12_800;
  private static final int BACKBONE_EPOCHS = 3;
  private static final double RATE = 1e-4;
  // Texts stay as long as they are: at the rate above they grow within 500 steps, and what longer
  // ones need would look like what is lost.
  private static final double STILL = 1e-9;

  private final Session session;
  private final Peers peers;
  private final MmiBench bench;
  private final int policySteps;
  private final Consumer<String> out;
  private final Map<String, Object> results = new LinkedHashMap<>();

  /**
   * Prepares the measurement.
   *
   * @param session names folders and the seed
   * @param policySteps steps of the kit's policy gradient, over which memory is watched
   * @param out takes lines
   */
  MmiBenchPart(Session session, int policySteps, Consumer<String> out) {
    this.session = session;
    this.peers = new Peers(session.home());
    this.bench = new MmiBench(session.chooseDevice(), session.seed());
    this.policySteps = policySteps;
    this.out = out;
  }

  /**
   * Measures everything.
   *
   * @param prepared whose explanations the policy starts from
   * @param bars shows progress
   * @return for {@code bench.json}
   */
  Map<String, Object> run(Prepared prepared, Bars bars) {
    policy(explain(prepared), bars);
    mine();
    return results;
  }

  /**
   * Watches memory over many steps of the policy gradient, and compares nothing: whatever else runs
   * on the machine meanwhile does not matter to it.
   *
   * @param prepared as above
   * @param bars shows progress
   * @return for {@code bench.json}
   */
  Map<String, Object> memory(Prepared prepared, Bars bars) {
    results.put("kit", steps(explain(prepared), STILL, bars));
    return results;
  }

  /**
   * Measures generators by themselves.
   *
   * @param prepared as above
   * @return for {@code bench.json}, by generator
   */
  Map<String, Object> generators(Prepared prepared) {
    ExplainedSplit data = explain(prepared);
    return new GeneratorBenchPart(session, data, backbone(data), out).run();
  }

  private ExplainedSplit explain(Prepared prepared) {
    return Estimators.explain(session, prepared, line -> {});
  }

  /** Where the backbone is kept; it is trained when it is first needed. */
  private Path backbone(ExplainedSplit data) {
    return bench.backbone(
        data, BACKBONE_ROWS, BACKBONE_EPOCHS, session.home().resolve("data/bench/mmi"));
  }

  private MmiBench.Policy steps(ExplainedSplit data, double learningRate, Bars bars) {
    int all = policySteps + WARM_UP;
    MmiBench.Policy policy =
        bench.policy(
            data,
            backbone(data),
            learningRate,
            policySteps,
            WARM_UP,
            step -> bars.update("policy gradient, steps", step, all));
    MemoryWatch.Use memory = policy.steps().memory();
    if (Double.isNaN(memory.lateSlopeKiB())) { // too few steps for a slope
      say("  resident memory over %d steps: at most %.0f MiB", policySteps, memory.residentMiB());
    } else {
      say(
          "  resident memory over %d steps: at most %.0f MiB; after the first fifth its lowest grew"
              + " by %.1f KiB a step (%.1f in the second half)",
          policySteps, memory.residentMiB(), memory.slopeKiB(), memory.lateSlopeKiB());
    }
    return policy;
  }

  private void policy(ExplainedSplit data, Bars bars) {
    MmiBench.Policy policy = steps(data, RATE, bars);
    MmiBench.Steps ours = policy.steps();
    Map<String, Object> job = bench.policyJob(data, backbone(data), PEER_STEPS, WARM_UP);
    JsonNode theirs = peers.run("bench_mmi.py", "policy", job);
    double ratio = ours.perSecond() / theirs.get("samples_per_second").asDouble();
    results.put("policy", Map.of("kit", policy, "peer", theirs, "ratio", ratio));
    say(
        "  a policy step of Att2Seq, 5 samples for each of 128: kit %.0f, plain PyTorch %.0f samples"
            + " a second: %.2f times as fast",
        ours.perSecond(), theirs.get("samples_per_second").asDouble(), ratio);
    say(
        "  samples of %.1f words (PyTorch's %.1f), %.0f%% of a step's all different",
        policy.words(), theirs.get("words").asDouble(), 100 * policy.distinct());
  }

  private void mine() {
    double ours = bench.mine(EPOCHS);
    JsonNode theirs = peers.run("bench_mmi.py", "mine", bench.mineJob(EPOCHS));
    double ratio = theirs.get("seconds").asDouble() / ours;
    results.put("mine", Map.of("kitSeconds", ours, "peer", theirs, "ratio", ratio));
    say(
        "  MINE, %d epochs of 50,000 pairs: kit %.1f s, plain PyTorch %.1f s: %.2f times as fast",
        EPOCHS, ours, theirs.get("seconds").asDouble(), ratio);
  }

  private void say(String format, Object... values) {
    out.accept(String.format(Locale.ROOT, format, values));
  }
}
