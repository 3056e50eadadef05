package explainrec.run;

import ai.djl.Device;
import ai.djl.ndarray.NDScope;
import com.sun.management.OperatingSystemMXBean;
import explainrec.backbones.Att2SeqSettings;
import explainrec.backbones.ExplanationGenerator;
import explainrec.backbones.GeneratorTraining;
import explainrec.backbones.Peter;
import explainrec.backbones.PeterSettings;
import explainrec.backbones.Requests;
import explainrec.data.Interactions;
import explainrec.data.Split;
import explainrec.mmi.MmiSettings;
import explainrec.mmi.Targets;
import explainrec.nn.Checkpoint;
import explainrec.nn.Optimization;
import explainrec.nn.Trainer;
import explainrec.nn.TrainingListener;
import explainrec.nn.TrainingState;
import explainrec.text.ExplainedSplit;
import explainrec.text.Explanation;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * How fast generators train by their own loss, and write. Texts are made by a formula and weights
 * are random: speed does not depend on them. But where a text ends does matter to a writer that
 * stops there, so Att2Seq writes with weights learnt from real explanations.
 */
public final class GeneratorBench {
  private static final int WORDS = 15; // of an explanation
  private static final int VOCABULARY = 20_000;
  private static final int ENTITIES = 1000; // users, and as many items
  private static final int BATCH = MmiSettings.paper().mmiBatchSize();
  private static final int HELD = 4; // rows to validate on, and as many to test on

  private final MmiBench bench;
  private final Device device;
  private final long seed;

  /**
   * Describes the measurement.
   *
   * @param device where it computes
   * @param seed of everything random
   */
  public GeneratorBench(Device device, long seed) {
    this.bench = new MmiBench(device, seed);
    this.device = device;
    this.seed = seed;
  }

  /**
   * How fast something is done.
   *
   * @param perSecond examples
   * @param perProcessorSecond examples by the time that processors spent on this program: whatever
   *     else runs on the machine changes it little
   */
  public record Speed(double perSecond, double perProcessorSecond) {}

  /**
   * A generator of its own.
   *
   * @param training by its own loss
   * @param writing greedily, median over rounds
   * @param words of what it wrote, mean
   */
  public record Speeds(Speed training, Speed writing, double words) {}

  /**
   * What the peers need to know to do the same.
   *
   * @param steps timed
   * @param warmUp steps that are not
   * @param rounds of writing
   * @return to be written as JSON
   */
  public Map<String, Object> job(int steps, int warmUp, int rounds) {
    Map<String, Object> job = bench.job(steps, warmUp);
    job.put("rounds", rounds);
    return job;
  }

  /**
   * What the peers need to write as Att2Seq does here, beside {@link #job}.
   *
   * @param real explained data
   * @param backbone folder of a trained Att2Seq, see {@link MmiBench#backbone}
   * @return to be written as JSON
   */
  public Map<String, Object> writingJob(ExplainedSplit real, Path backbone) {
    Map<String, Object> job = bench.policyJob(real, backbone, 1, 0);
    job.keySet().retainAll(List.of("model", "user", "item", "rating"));
    return job;
  }

  /**
   * Att2Seq's own training, and a trained one's writing, batches of MMI's size.
   *
   * @param real explained data
   * @param backbone folder of a trained Att2Seq, see {@link MmiBench#backbone}
   * @param steps timed
   * @param warmUp steps before them
   * @param rounds of writing
   * @return its speeds
   */
  public Speeds att2seq(ExplainedSplit real, Path backbone, int steps, int warmUp, int rounds) {
    ExplainedSplit data = data((steps + warmUp) * BATCH);
    Speed training;
    try (ExplanationGenerator generator = bench.att2seq(data)) {
      training = training(generator, data, Att2SeqSettings.paper().optimization(), warmUp);
    }
    try (ExplanationGenerator writer = bench.att2seq(real)) {
      writer.load(backbone);
      return writing(training, writer, bench.withRows(real, BATCH), rounds);
    }
  }

  /**
   * PETER's own training and writing; its learning rate is small, for texts without sense.
   *
   * @param steps timed
   * @param warmUp steps before them; it knows all 20,000 words from 11 steps on
   * @param rounds of writing
   * @return its speeds
   */
  public Speeds peter(int steps, int warmUp, int rounds) {
    ExplainedSplit data = data((steps + warmUp) * BATCH);
    PeterSettings paper = PeterSettings.paper();
    try (ExplanationGenerator generator = new Peter(data, paper, false, device, seed)) {
      Optimization sgd = new Optimization("sgd", 0.01, paper.peterClip(), 1);
      return writing(training(generator, data, sgd, warmUp), generator, data, rounds);
    }
  }

  private Speed training(
      ExplanationGenerator generator, ExplainedSplit data, Optimization optimization, int warmUp) {
    GeneratorTraining training = new GeneratorTraining(generator, data, BATCH);
    List<Clock> steps = new ArrayList<>(List.of(Clock.now()));
    TrainingListener watch =
        new TrainingListener() {
          @Override
          public void onStep(TrainingState state) {
            steps.add(Clock.now());
          }
        };
    new Trainer(optimization, 1, seed, List.of(watch)).train(training, Checkpoint.NONE);
    Clock first = steps.get(warmUp);
    Clock last = steps.get(steps.size() - 1);
    int examples = BATCH * (steps.size() - 1 - warmUp);
    return last.since(first, examples);
  }

  private static Speeds writing(
      Speed training, ExplanationGenerator generator, ExplainedSplit data, int rounds) {
    Requests requests = Requests.of(data, Arrays.copyOf(data.split().train(), BATCH));
    List<Speed> speeds = new ArrayList<>();
    double words = 0;
    for (int n = -1; n < rounds; n++) {
      Clock start = Clock.now();
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        int[][] written = generator.write(generator.parameters().frozen(), requests);
        words = Arrays.stream(written).mapToInt(text -> text.length).average().orElseThrow();
      }
      if (n >= 0) {
        speeds.add(Clock.now().since(start, BATCH));
      }
    }
    Speed writing =
        new Speed(
            RunJson.median(speeds.stream().mapToDouble(Speed::perSecond)),
            RunJson.median(speeds.stream().mapToDouble(Speed::perProcessorSecond)));
    return new Speeds(training, writing, words);
  }

  /**
   * A point in time.
   *
   * @param wall nanoseconds
   * @param processor nanoseconds that processors have spent on this program, all threads
   */
  private record Clock(long wall, long processor) {
    static Clock now() {
      OperatingSystemMXBean system =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
      return new Clock(System.nanoTime(), system.getProcessCpuTime());
    }

    Speed since(Clock before, int examples) {
      return new Speed(
          examples * 1e9 / (wall - before.wall), examples * 1e9 / (processor - before.processor));
    }
  }

  /** Explanations of 15 words each, which take the vocabulary's words in turn. */
  static ExplainedSplit data(int train) {
    int size = train + 2 * HELD;
    IntUnaryOperator user = row -> row % ENTITIES;
    IntUnaryOperator item = row -> (row / ENTITIES + 7 * row) % ENTITIES;
    float[] ratings = new float[size];
    List<Explanation> explanations = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      ratings[row] = 1 + row % Targets.ratings().size();
      int first = row * WORDS;
      List<String> words =
          IntStream.range(first, first + WORDS).mapToObj(n -> "w" + n % VOCABULARY).toList();
      explanations.add(new Explanation(words.get(0), "", words, 0));
    }
    Interactions data =
        new Interactions(
            "bench",
            List.of(),
            IntStream.range(0, ENTITIES).mapToObj(n -> "user" + n).toList(),
            IntStream.range(0, ENTITIES).mapToObj(n -> "item" + n).toList(),
            IntStream.range(0, size).map(user).toArray(),
            IntStream.range(0, size).map(item).toArray(),
            ratings,
            new float[0],
            new long[size],
            row -> explanations.get(row).text());
    int[] rows = IntStream.range(0, size).toArray();
    Split split =
        new Split(
            data,
            Arrays.copyOf(rows, train),
            Arrays.copyOfRange(rows, size - 2 * HELD, size - HELD),
            Arrays.copyOfRange(rows, size - HELD, size),
            "random",
            1,
            "bench");
    return new ExplainedSplit(split, data, List.of("w0"), new int[size], explanations, "bench");
  }
}
