package explainrec.cli;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import explainrec.data.Prepared;
import explainrec.run.Peers;
import explainrec.run.Session;
import explainrec.run.TextBench;
import explainrec.run.TextParity;
import explainrec.t5.T5Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The part of {@code ./kit bench --peers} that is about T5: same numbers, how fast, how large. */
final class TextBenchPart {
  private static final int BATCH = 16;
  private static final int AUTHORS_BATCH = 4;
  private static final int LONGEST = 128; // tokens of a review
  private static final int WARM_UP = 3;
  private static final int EQUAL_STEPS = 30;
  private static final int AUTHORS_STEPS = 8;
  private static final int ROUNDS = 3;
  private static final double TOKENS_A_WORD = 1.3; // about T5's, where its tokenizer is not at hand

  private final Session session;
  private final Device device;
  private final Peers peers;
  private final Path tokenizer; // null: estimate
  private final int memorySteps;
  private final Consumer<String> out;
  private final Map<String, Object> results = new LinkedHashMap<>();

  /**
   * Prepares the measurement.
   *
   * @param session names folders and the seed
   * @param tokenizer a {@code tokenizer.json} of T5's, or null
   * @param memorySteps steps of the kit's own training
   * @param out takes lines
   */
  TextBenchPart(Session session, Path tokenizer, int memorySteps, Consumer<String> out) {
    this.session = session;
    this.device = session.chooseDevice();
    this.peers = new Peers(session.home());
    this.tokenizer = tokenizer;
    this.memorySteps = memorySteps;
    this.out = out;
  }

  /**
   * Measures everything.
   *
   * @param prepared whose train rows give the lengths of reviews
   * @param bars shows progress
   * @return for {@code bench.json}
   */
  Map<String, Object> run(Prepared prepared, Bars bars) {
    Path work = session.home().resolve("data").resolve("bench").resolve("t5");
    try {
      measure(prepared, bars, work);
    } finally {
      delete(work); // half a gigabyte of random weights
    }
    return results;
  }

  /**
   * Watches memory over many steps of prompt tuning, and measures nothing else: whatever else runs
   * on the machine meanwhile does not matter to it.
   *
   * @param prepared whose train rows give the lengths of reviews
   * @param bars shows progress
   * @return for {@code bench.json}
   */
  Map<String, Object> memory(Prepared prepared, Bars bars) {
    Path work = session.home().resolve("data").resolve("bench").resolve("t5-memory");
    try {
      peers.run("bench_t5.py", "prepare", work.toString());
      TextBench bench = new TextBench(work, lengths(prepared), device, session.seed());
      tuning(bench, bench.batches(WARM_UP + memorySteps, BATCH), bars);
    } finally {
      delete(work);
    }
    return results;
  }

  private void measure(Prepared prepared, Bars bars, Path work) {
    if (tokenizer != null) {
      tokenizer();
    }
    parity(work);
    int[] lengths = lengths(prepared);
    Path model = work.resolve("speed");
    say("  a T5 of random weights at T5-small's size: %s", model.getFileName());
    peers.run("bench_t5.py", "prepare", model.toString());
    TextBench bench = new TextBench(model, lengths, device, session.seed());
    training(bench, model, bars);
    writing(bench, model);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      // Nothing was written, or it lies where nobody minds.
    }
  }

  private void tokenizer() {
    JsonNode hard = peers.run("bench_t5.py", "tokenizer", tokenizer.toString());
    int same = 0;
    try (T5Tokenizer ours = T5Tokenizer.open(tokenizer)) {
      for (int n = 0; n < hard.get("texts").size(); n++) {
        JsonNode ids = hard.get("ids").get(n);
        int[] wanted = new int[ids.size()];
        Arrays.setAll(wanted, k -> ids.get(k).intValue());
        same += Arrays.equals(wanted, ours.encode(hard.get("texts").get(n).textValue())) ? 1 : 0;
      }
    }
    int texts = hard.get("texts").size();
    results.put("tokenizer", Map.of("texts", texts, "same", same));
    say("  tokenizer: the same ids as the Python one's on %d of %d hard texts", same, texts);
  }

  private void parity(Path work) {
    peers.run("make_t5_fixture.py", "--shape", "t5-small", "--out", work.toString());
    Map<String, Object> parities = new LinkedHashMap<>();
    for (String version : new String[] {"v10", "v11"}) {
      TextParity parity = TextParity.of(work.resolve("t5-small-" + version), device);
      parities.put(version, parity);
      say(
          "  %s as transformers has it: logits within %.1e, loss %.1e, gradient %.1e; %d of %d texts"
              + " the same",
          version,
          parity.logits(),
          Math.max(parity.lossTokens(), parity.lossReviews()),
          Math.max(parity.gradientTokens(), parity.gradientReviews()),
          parity.textsSame(),
          parity.texts());
    }
    results.put("parity", parities);
  }

  private int[] lengths(Prepared prepared) {
    List<String> texts =
        Arrays.stream(prepared.split().train()).mapToObj(prepared.split().data()::text).toList();
    int[] lengths;
    if (tokenizer == null) {
      lengths =
          texts.stream()
              .mapToInt(text -> (int) (TOKENS_A_WORD * text.split("\\s+").length) + 1)
              .toArray();
    } else {
      try (T5Tokenizer t5 = T5Tokenizer.open(tokenizer)) {
        lengths = t5.encode(texts).stream().mapToInt(ids -> ids.length).toArray();
      }
    }
    lengths = Arrays.stream(lengths).map(n -> Math.max(2, Math.min(LONGEST, n))).toArray();
    results.put(
        "reviewTokens",
        Map.of(
            "from",
            tokenizer == null ? "words x " + TOKENS_A_WORD : "tokenizer",
            "mean",
            Arrays.stream(lengths).average().orElseThrow(),
            "longest",
            LONGEST));
    return lengths;
  }

  private TextBench.Training tuning(TextBench bench, int[][] batches, Bars bars) {
    TextBench.Training ours =
        bench.train(
            batches,
            WARM_UP,
            TextBench.light(BATCH),
            step -> bars.update("tuning a prompt, steps", step, batches.length));
    results.put("training", ours);
    say(
        "  tuning a light prompt, batch %d: %.1f reviews a second; memory grew by %.0f MiB, then"
            + " %.1f KiB a step over %d steps (%.1f in the second half), to %.0f MiB",
        BATCH,
        ours.reviewsPerSecond(),
        ours.growthMiB(),
        ours.memory().slopeKiB(),
        ours.steps(),
        ours.memory().lateSlopeKiB(),
        ours.memory().residentMiB());
    return ours;
  }

  private void training(TextBench bench, Path model, Bars bars) {
    int[][] batches = bench.batches(WARM_UP + memorySteps, BATCH);
    int[][] equal = Arrays.copyOf(batches, Math.min(batches.length, WARM_UP + EQUAL_STEPS));
    TextBench.Training ours = tuning(bench, batches, bars);
    TextBench.Training same = bench.train(equal, WARM_UP, TextBench.light(BATCH), step -> {});
    JsonNode theirs = peers.run("bench_t5.py", "equal", job(model, equal));
    results.put("equalTraining", Map.of("kit", same, "peer", theirs));
    double equalRatio = same.tokensPerSecond() / theirs.get("tokens_per_second").asDouble();
    results.put("equalTrainingRatio", equalRatio);
    say(
        "  at equal psi, batches and padding: kit %.0f, transformers %.0f tokens a second: %.2f"
            + " times as fast",
        same.tokensPerSecond(), theirs.get("tokens_per_second").asDouble(), equalRatio);
    int[][] small = bench.batches(1 + AUTHORS_STEPS, AUTHORS_BATCH);
    JsonNode authors = peers.run("bench_t5.py", "authors", job(model, small, 1));
    results.put("authorsTraining", authors);
    double ratio = ours.reviewsPerSecond() / authors.get("reviews_per_second").asDouble();
    results.put("authorsTrainingRatio", ratio);
    say(
        "  the authors' way (psi of %,d numbers, batch %d, padded to %d): %.2f reviews a second; the"
            + " kit's is %.1f times as fast",
        authors.get("trained_parameters").asLong(),
        AUTHORS_BATCH,
        LONGEST,
        authors.get("reviews_per_second").asDouble(),
        ratio);
  }

  private void writing(TextBench bench, Path model) {
    int[] real = bench.realLengths();
    int[] full = new int[real.length];
    Arrays.fill(full, LONGEST);
    Map<String, Object> job = job(model, new int[0][]);
    job.put("lengths", real);
    job.put("tokens", LONGEST);
    job.put("rounds", ROUNDS);
    JsonNode theirs = peers.run("bench_t5.py", "generate", job);
    Map<String, Object> writing = new LinkedHashMap<>();
    Map<String, int[]> kinds = new LinkedHashMap<>();
    kinds.put("full", full);
    kinds.put("real", real);
    kinds.forEach(
        (name, longest) -> {
          TextBench.Writing ours = bench.write(longest, ROUNDS);
          double seconds = theirs.get(name).get("seconds").asDouble();
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("kitSeconds", ours.byRound());
          one.put("peerSeconds", theirs.get(name).get("by_round"));
          one.put("ratio", seconds / ours.seconds());
          one.put("textsSame", same(theirs.get(name).get("ids"), ours.ids()));
          one.put("meanTokens", Arrays.stream(longest).average().orElseThrow());
          writing.put(name, one);
          say(
              "  writing 32 texts greedily, %.0f tokens each on average: kit %.2f s, transformers"
                  + " %.2f s: %.2f times as fast; %s of 32 texts the same",
              one.get("meanTokens"),
              ours.seconds(),
              seconds,
              one.get("ratio"),
              one.get("textsSame"));
        });
    results.put("writing", writing);
  }

  private static int same(JsonNode theirs, int[][] ours) {
    int same = 0;
    for (int n = 0; n < ours.length; n++) {
      JsonNode ids = theirs.get(n);
      int[] wanted = new int[ours[n].length];
      Arrays.setAll(wanted, k -> ids.get(k).intValue());
      same += Arrays.equals(wanted, ours[n]) ? 1 : 0;
    }
    return same;
  }

  private static Map<String, Object> job(Path model, int[][] batches) {
    return job(model, batches, WARM_UP);
  }

  private static Map<String, Object> job(Path model, int[][] batches, int warmUp) {
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("model", model.toString());
    job.put("threads", Peers.threads());
    job.put("warm_up", warmUp);
    job.put("batches", batches);
    return job;
  }

  private void say(String format, Object... values) {
    out.accept(String.format(Locale.ROOT, format, values));
  }
}
