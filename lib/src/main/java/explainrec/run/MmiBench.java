package explainrec.run;

import ai.djl.Device;
import explainrec.backbones.Att2Seq;
import explainrec.backbones.Att2SeqSettings;
import explainrec.backbones.ExplanationGenerator;
import explainrec.backbones.GeneratorTraining;
import explainrec.backbones.Requests;
import explainrec.data.AtomicFiles;
import explainrec.data.Split;
import explainrec.mmi.Alignment;
import explainrec.mmi.MineSettings;
import explainrec.mmi.MmiSettings;
import explainrec.mmi.PolicyGradient;
import explainrec.mmi.RatingClasses;
import explainrec.nn.Checkpoint;
import explainrec.nn.Optimization;
import explainrec.nn.Shuffle;
import explainrec.nn.Trainable;
import explainrec.nn.Trainer;
import explainrec.nn.TrainingListener;
import explainrec.nn.TrainingState;
import explainrec.text.ExplainedSplit;
import explainrec.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * How fast MMI's parts are at the papers' sizes: a step of the policy gradient, and MINE. But for
 * the policy, whose samples should be like real ones, texts are made by a formula and weights are
 * random: speed does not depend on them.
 */
public final class MmiBench {
  private static final String[] ROOMS = {"data", "text", "nn", "backbones"};
  private static final String KEY = "key"; // of the backbone: what it was made from
  private static final int WORDS = 15; // of an explanation
  private static final int VOCABULARY = 20_000;
  private static final int MARKS = 4; // numbers of the vocabulary that are no words
  private static final int ENTITIES = 1000; // users, and as many items
  private static final int HELD = 4; // rows to validate on, and as many to test on
  private static final int LEARNT = 2000; // rows that the estimators start from

  private final Device device;
  private final long seed;

  /**
   * Describes the measurement.
   *
   * @param device where it computes
   * @param seed of everything random
   */
  public MmiBench(Device device, long seed) {
    this.device = device;
    this.seed = seed;
  }

  /**
   * Steps of training.
   *
   * @param perSecond samples or examples, over all steps after the warm-up
   * @param secondsPerStep median
   * @param steps timed
   * @param memory over all steps
   */
  public record Steps(double perSecond, double secondsPerStep, int steps, MemoryWatch.Use memory) {}

  /**
   * Steps of the policy gradient.
   *
   * @param steps speed in samples a second, and memory
   * @param words of a sample, mean
   * @param wordsOfSteps the same of each step, warm-up included: memory depends on it
   * @param distinct share of a step's samples that differ from all others
   */
  public record Policy(Steps steps, double words, double[] wordsOfSteps, double distinct) {}

  /**
   * What the peers need to know to do the same.
   *
   * @param steps timed
   * @param warmUp steps that are not
   * @return to be written as JSON
   */
  public Map<String, Object> job(int steps, int warmUp) {
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("threads", Peers.threads());
    job.put("seed", seed);
    job.put("batch", MmiSettings.paper().mmiBatchSize());
    job.put("samples", MmiSettings.paper().samples());
    job.put("words", WORDS);
    job.put("users", ENTITIES);
    job.put("items", ENTITIES);
    job.put("vocabulary", VOCABULARY + MARKS);
    job.put("encoder_width", MineSettings.paper().encoderWidth());
    job.put("steps", steps);
    job.put("warm_up", warmUp);
    return job;
  }

  /**
   * The backbone that a policy starts from: how much it repeats itself decides how much work its
   * samples are, so this one is trained on real explanations for a while, unless an earlier call
   * did the same.
   *
   * @param real explained data; the vocabulary is filled up to 20,000 words
   * @param rows to learn from at most
   * @param epochs over them
   * @param folder takes its weights
   * @return {@code folder}
   */
  public Path backbone(ExplainedSplit real, int rows, int epochs, Path folder) {
    ExplainedSplit data = withRows(real, Math.min(rows, real.split().train().length));
    String key =
        RunJson.digest(
            List.of(
                real.hash(), rows, epochs, seed, Att2SeqSettings.paper(), Versions.code(ROOMS)));
    Path made = folder.resolve(KEY);
    if (key.equals(read(made))) {
      return folder;
    }
    try (ExplanationGenerator generator = att2seq(real)) {
      int size = MmiSettings.paper().mmiBatchSize();
      new Trainer(Att2SeqSettings.paper().optimization(), epochs, seed, List.of())
          .train(new GeneratorTraining(generator, data, size), Checkpoint.NONE);
      generator.save(folder);
    }
    AtomicFiles.write(made, key);
    return folder;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return ""; // not there: it is trained
    }
  }

  /**
   * Steps of the policy gradient: Att2Seq at the paper's size, batches of 128, 5 samples each.
   *
   * @param real explained data
   * @param folder of the backbone
   * @param learningRate Adam's step size
   * @param steps timed
   * @param warmUp steps before them
   * @param done hears how many steps are done
   * @return speed in samples, memory, and what the samples were like
   */
  public Policy policy(
      ExplainedSplit real,
      Path folder,
      double learningRate,
      int steps,
      int warmUp,
      IntConsumer done) {
    MmiSettings settings = MmiSettings.paper();
    ExplainedSplit data = withRows(real, (steps + warmUp) * settings.mmiBatchSize());
    MineSettings mine =
        RecordSettings.with(MineSettings.paper(), Map.of("mineEpochs", "1", "encoderEpochs", "1"));
    int[] learnt = Arrays.stream(data.split().train()).distinct().limit(LEARNT).toArray();
    try (ExplanationGenerator policy = att2seq(real);
        ExplanationGenerator reference = att2seq(real);
        Alignment model =
            Alignment.train(
                data, learnt, mine, "rating", device, seed, name -> new TrainingListener() {})) {
      policy.load(folder);
      reference.load(folder);
      PolicyGradient gradient =
          new PolicyGradient(policy, reference.parameters().frozen(), model, data, settings);
      Steps all =
          train(
              gradient,
              new Optimization("adam", learningRate, settings.mmiClip(), 1),
              warmUp,
              settings.mmiBatchSize() * settings.samples(),
              done);
      Map<String, double[]> log = gradient.log().values();
      return new Policy(all, mean(log.get("words")), log.get("words"), mean(log.get("distinct")));
    }
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /**
   * The backbone and requests for the peer.
   *
   * @param real explained data
   * @param folder of the backbone
   * @param steps timed
   * @param warmUp steps before them
   * @return to be written as JSON
   */
  public Map<String, Object> policyJob(ExplainedSplit real, Path folder, int steps, int warmUp) {
    Map<String, Object> job = job(steps, warmUp);
    Requests requests =
        Requests.of(
            real,
            withRows(real, (steps + warmUp) * MmiSettings.paper().mmiBatchSize()).split().train());
    job.put("model", folder.resolve("generator.safetensors").toString());
    job.put("user", requests.users());
    job.put("item", requests.items());
    job.put("rating", RatingClasses.of(requests.ratings()));
    return job;
  }

  /**
   * MINE on pairs of random vectors and ratings.
   *
   * @param epochs how many
   * @return seconds of them all
   */
  public double mine(int epochs) {
    return new MineBench(device, seed).train(epochs, MineBench.PAIRS, line -> {}).seconds();
  }

  /**
   * MINE's pairs as the peers make them.
   *
   * @param epochs how many
   * @return to be written as JSON
   */
  public Map<String, Object> mineJob(int epochs) {
    Map<String, Object> job = job(0, 0);
    job.put("batch", MineSettings.paper().mineBatchSize());
    job.put("pairs", MineBench.PAIRS);
    job.put("width", MineBench.WIDTH);
    job.put("epochs", epochs);
    return job;
  }

  ExplanationGenerator att2seq(ExplainedSplit data) {
    List<List<String>> texts = new ArrayList<>();
    for (int row : data.split().train()) {
      texts.add(data.explanations().get(row).words());
    }
    texts.add(IntStream.range(0, VOCABULARY).mapToObj(n -> "filler" + n).toList());
    Vocabulary words = new Vocabulary(texts, VOCABULARY);
    return new Att2Seq(data, words, WORDS, Att2SeqSettings.paper(), device, seed);
  }

  Steps train(
      Trainable model, Optimization optimization, int warmUp, int perStep, IntConsumer done) {
    Watch watch = new Watch(done);
    new Trainer(optimization, 1, seed, List.of(watch)).train(model, Checkpoint.NONE);
    double[] seconds = watch.seconds.stream().skip(warmUp).mapToDouble(s -> s).toArray();
    return new Steps(
        perStep * seconds.length / Arrays.stream(seconds).sum(),
        RunJson.median(Arrays.stream(seconds)),
        seconds.length,
        watch.memory.use());
  }

  /** Times the steps of one epoch, and looks at the memory. */
  private static final class Watch implements TrainingListener {
    private final IntConsumer done;
    private final List<Double> seconds = new ArrayList<>();
    private MemoryWatch memory;
    private long start = System.nanoTime();

    Watch(IntConsumer done) {
      this.done = done;
    }

    @Override
    public void onStep(TrainingState state) {
      seconds.add((System.nanoTime() - start) / 1e9);
      memory = memory == null ? new MemoryWatch(state.steps()) : memory;
      memory.step(state.step());
      done.accept(state.step());
      start = System.nanoTime();
    }
  }

  /** As many train rows, in the order of the seed and repeated where need be, and few others. */
  ExplainedSplit withRows(ExplainedSplit data, int train) {
    Split split = data.split();
    int[] order = Shuffle.of(split.train(), seed);
    int[] rows = new int[train];
    Arrays.setAll(rows, n -> order[n % order.length]);
    int[] held = Arrays.copyOf(split.validation(), Math.min(HELD, split.validation().length));
    return new ExplainedSplit(
        new Split(
            split.data(), rows, held, split.test(), split.method(), split.seed(), split.hash()),
        data.reviews(),
        data.features(),
        data.featureOf(),
        data.explanations(),
        data.hash());
  }
}
