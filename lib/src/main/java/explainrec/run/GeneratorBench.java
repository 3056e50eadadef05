package explainrec.run;

import ai.djl.Device;
import ai.djl.ndarray.NDScope;
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
import explainrec.nn.Optimization;
import explainrec.text.ExplainedSplit;
import explainrec.text.Explanation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * How fast generators train by their own loss, and write. Texts are made by a formula and weights
 * are random: speed does not depend on them.
 */
public final class GeneratorBench {
  private static final int WORDS = 15; // of an explanation
  private static final int VOCABULARY = 20_000;
  private static final int ENTITIES = 1000; // users, and as many items
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
   * A generator of its own.
   *
   * @param training by its own loss, examples a second
   * @param writing greedily, examples a second, median over rounds
   */
  public record Speeds(MmiBench.Steps training, double writing) {}

  /**
   * Att2Seq's own training and writing, batches of MMI's size.
   *
   * @param steps timed
   * @param warmUp steps before them
   * @param rounds of writing
   * @return its speeds
   */
  public Speeds att2seq(int steps, int warmUp, int rounds) {
    ExplainedSplit data = data((steps + warmUp) * MmiSettings.paper().mmiBatchSize());
    try (ExplanationGenerator generator = bench.att2seq(data)) {
      return speeds(generator, data, Att2SeqSettings.paper().optimization(), warmUp, rounds);
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
    ExplainedSplit data = data((steps + warmUp) * MmiSettings.paper().mmiBatchSize());
    PeterSettings paper = PeterSettings.paper();
    try (ExplanationGenerator generator = new Peter(data, paper, false, device, seed)) {
      Optimization sgd = new Optimization("sgd", 0.01, paper.peterClip(), 1);
      return speeds(generator, data, sgd, warmUp, rounds);
    }
  }

  private Speeds speeds(
      ExplanationGenerator generator,
      ExplainedSplit data,
      Optimization optimization,
      int warmUp,
      int rounds) {
    int size = MmiSettings.paper().mmiBatchSize();
    GeneratorTraining training = new GeneratorTraining(generator, data, size);
    MmiBench.Steps steps = bench.train(training, optimization, warmUp, size, step -> {});
    Requests requests = Requests.of(data, Arrays.copyOf(data.split().train(), size));
    double[] seconds = new double[rounds];
    for (int n = -1; n < rounds; n++) {
      long start = System.nanoTime();
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        generator.write(generator.parameters().frozen(), requests);
      }
      if (n >= 0) {
        seconds[n] = (System.nanoTime() - start) / 1e9;
      }
    }
    return new Speeds(steps, size / RunJson.median(Arrays.stream(seconds)));
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
