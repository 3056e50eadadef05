package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import explainrec.data.InputException;
import explainrec.nn.Checkpoint;
import explainrec.nn.FileCheckpoint;
import explainrec.nn.Optimization;
import explainrec.nn.Parameters;
import explainrec.nn.Trainer;
import explainrec.nn.TrainingListener;
import explainrec.nn.TrainingState;
import explainrec.nn.Weights;
import explainrec.t5.PretrainingData;
import explainrec.text.ExplainedSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PeplerTest {
  private static final ExplainedSplit DATA =
      SmallExplained.toLearnByHeart(SmallExplained.grid(4, 6));

  @TempDir private static Path home;
  private static Gpt2Model model; // without dropout, so that few texts are soon known by heart

  @BeforeAll
  static void makeAGpt2() throws IOException {
    List<String> texts =
        Arrays.stream(DATA.split().train()).mapToObj(row -> text(DATA, row)).toList();
    Path folder =
        new Gpt2Pretraining(
                new PretrainingData("small", "hash", texts, texts),
                new Gpt2MiniSettings(256, 16, 2, 1, 16, "keywords", 3, 4, 3e-3),
                Device.cpu(),
                1,
                "code")
            .run(home.resolve("gpt"), List.of());
    Path config = folder.resolve("config.json");
    Files.writeString(config, Files.readString(config).replace("pdrop\" : 0.1", "pdrop\" : 0"));
    model = Gpt2Model.open(folder);
    assertEquals(0, model.gpt2().config().dropout());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static String text(ExplainedSplit data, int row) {
    return String.join(" ", data.explanations().get(row).words());
  }

  private static PeplerSettings settings(String tuning, String rating) {
    return new PeplerSettings("mini", tuning, rating, 5, 1, 0.1, 0.01, 8, 3, 0, 12);
  }

  private static Pepler make(String tuning, String rating, long seed) {
    return new Pepler(DATA, settings(tuning, rating), model, Device.cpu(), seed);
  }

  private static Requests train() {
    return Requests.of(DATA, DATA.split().train());
  }

  private static int[][] real(Pepler generator) {
    return Arrays.stream(DATA.split().train())
        .mapToObj(row -> generator.sequence(DATA.explanations().get(row).words()))
        .toArray(int[][]::new);
  }

  private static Trainer.Outcome learn(Pepler generator, int epochs) {
    return new StagedTraining(generator, DATA, 8, Optimization.adam(0.01), epochs, 1)
        .train((stage, before) -> List.of(), stage -> Checkpoint.NONE);
  }

  /** (N L) */
  private static float[] logs(Pepler generator, Requests requests, int[][] sequences) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return generator
          .logProbabilities(generator.parameters().frozen(), requests, sequences)
          .toFloatArray();
    }
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  private static Map<String, float[]> values(Pepler generator) {
    Map<String, float[]> values = new LinkedHashMap<>();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      generator
          .parameters()
          .frozen()
          .all()
          .forEach((name, array) -> values.put(name, array.toFloatArray()));
    }
    return values;
  }

  @Test
  void aBatchLearntByHeartIsWrittenAsItStandsAndItsRatingsCloser() {
    try (Pepler generator = make("both", "mlp", 3)) {
      double before = rootMeanSquare(generator);
      learn(generator, 150);
      int[][] written = generator.write(generator.parameters().frozen(), train());
      for (int n = 0; n < written.length; n++) {
        int row = DATA.split().train()[n];
        assertEquals(DATA.explanations().get(row).words(), generator.words(written[n]));
      }
      assertTrue(rootMeanSquare(generator) < 0.5 * before);
    }
  }

  /** Of the ratings' errors. */
  private static double rootMeanSquare(Pepler generator) {
    float[] ratings = generator.ratings(generator.parameters().frozen(), train());
    double square = 0;
    for (int n = 0; n < ratings.length; n++) {
      square += Math.pow(ratings[n] - train().ratings()[n], 2) / ratings.length;
    }
    return Math.sqrt(square);
  }

  @Test
  void gpt2StaysAsItWasInTheFirstStageAndMovesInTheSecond() {
    try (Pepler generator = make("sequential", "mlp", 3)) {
      Map<String, float[]> start = values(generator);
      List<Parameters> stages = generator.stages();
      for (int stage = 0; stage < 2; stage++) {
        new Trainer(Optimization.adam(0.01), 1, 1, List.of())
            .train(new GeneratorTraining(generator, DATA, 8, stages.get(stage)), Checkpoint.NONE);
        Map<String, float[]> now = values(generator);
        for (String name : start.keySet()) {
          boolean moved = !Arrays.equals(start.get(name), now.get(name));
          assertEquals(stage == 1 || !name.startsWith("transformer."), moved, name);
        }
      }
      assertArrayEquals(
          new String[] {"user.weight", "item.weight", "rating.first.weight", "rating.first.bias"},
          start.keySet().stream().limit(4).toArray());
    }
  }

  @Test
  void stagesAreCountedThroughAndTheSecondGoesOnFromTheFirst() {
    try (Pepler generator = make("sequential", "mf", 3);
        Pepler alone = make("prompt", "mf", 3)) {
      Trainer.Outcome both = learn(generator, 3);
      Trainer.Outcome first = learn(alone, 3);
      assertEquals(
          List.of(1, 2, 3, 4, 5, 6), both.epochs().stream().map(log -> log.epoch()).toList());
      assertTrue(both.bestEpoch() > 3);
      for (int n = 0; n < 3; n++) { // frozen by its settings or by its stage: the same
        assertEquals(
            first.epochs().get(n).losses().get("text"),
            both.epochs().get(n).losses().get("text"),
            1e-4);
      }
      assertTrue(
          both.epochs().get(5).losses().get("text") < first.epochs().get(2).losses().get("text"));
      assertTrue(
          values(alone).keySet().stream().noneMatch(name -> name.startsWith("transformer.")));
    }
  }

  @Test
  void killedInEitherStageItEndsWithTheSameNumbers(@TempDir Path folder) {
    float[] whole;
    try (Pepler generator = make("sequential", "mlp", 3)) {
      learn(generator, 2);
      whole = generator.parameters().values();
    }
    for (int kill = 0; kill < 2; kill++) {
      int stageKilled = kill;
      RuntimeException killed = new IllegalStateException("killed");
      TrainingListener death =
          new TrainingListener() {
            @Override
            public void onEpoch(TrainingState state) {
              throw killed;
            }
          };
      String name = "state-" + kill + "-";
      try (Pepler generator = make("sequential", "mlp", 3)) {
        assertThrows(
            IllegalStateException.class,
            () ->
                new StagedTraining(generator, DATA, 8, Optimization.adam(0.01), 2, 1)
                    .train(
                        (stage, before) -> stage == stageKilled ? List.of(death) : List.of(),
                        stage -> new FileCheckpoint(folder.resolve(name + stage), "key")));
      }
      try (Pepler generator = make("sequential", "mlp", 3)) {
        new StagedTraining(generator, DATA, 8, Optimization.adam(0.01), 2, 1)
            .train(
                (stage, before) -> List.of(),
                stage -> new FileCheckpoint(folder.resolve(name + stage), "key"));
        assertArrayEquals(whole, generator.parameters().values());
      }
    }
  }

  @Test
  void aRatingIsTheDotProductOfThePrompts() {
    try (Pepler generator = make("prompt", "mf", 3)) {
      Map<String, float[]> values = values(generator);
      float[] found =
          generator.ratings(generator.parameters().frozen(), train().select(new int[] {5}));
      int user = train().users()[5] * 16;
      int item = train().items()[5] * 16;
      double expected = 0;
      for (int k = 0; k < 16; k++) {
        expected += values.get("user.weight")[user + k] * values.get("item.weight")[item + k];
      }
      assertEquals(expected, found[0], 1e-5);
    }
  }

  @Test
  void aRatingIsTheMlpsWorkedOutByHand() {
    PeplerSettings two = new PeplerSettings("mini", "both", "mlp", 2, 1, 1, 0.1, 8, 1, 0, 12);
    PeplerRating rating = new PeplerRating(two, 1);
    Parameters.Builder builder = Parameters.builder();
    assertEquals(6, rating.describe(builder));
    try (NDManager manager = NDManager.newBaseManager();
        Parameters parameters = builder.build(manager, Device.cpu(), 1)) {
      // first: (2, 2) and 2; hidden: (2, 2) and 2; output: (1, 2) and 1
      parameters.set(new float[] {1, -1, 0.5f, 2, 0.1f, -0.2f, 1, 2, -1, 1, 0, 0.3f, 2, -3, 0.5f});
      double user = 0.4;
      double item = -0.6;
      double one = sigmoid(user - item + 0.1);
      double two2 = sigmoid(0.5 * user + 2 * item - 0.2);
      double three = sigmoid(one + 2 * two2);
      double four = sigmoid(-one + two2 + 0.3);
      NDArray users = manager.create(new float[][] {{(float) user}});
      NDArray items = manager.create(new float[][] {{(float) item}});
      float found = rating.predict(parameters.frozen(), users, items).getFloat();
      assertEquals(2 * three - 3 * four + 0.5, found, 1e-5);
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void theLossIsTheTextsPlusLambdaTimesTheRatings() {
    try (Pepler generator = make("prompt", "mlp", 3);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Weights weights = generator.parameters().frozen();
      var loss = generator.loss(weights, train(), real(generator));
      int tokens = Arrays.stream(real(generator)).mapToInt(ids -> ids.length).sum();
      double text = -sum(logs(generator, train(), real(generator))) / tokens;
      double square = Math.pow(rootMeanSquare(generator), 2);
      assertEquals(text, loss.parts().get("text").getFloat(), 1e-4);
      assertEquals(square, loss.parts().get("rating").getFloat(), 1e-3);
      assertEquals(text + 0.1 * square, loss.total().getFloat(), 1e-3);
    }
  }

  @Test
  void nextTokensHaveProbabilitiesThatSumToOneAndSamplesFollowThem() {
    try (Pepler generator = make("both", "mf", 3)) {
      learn(generator, 4);
      Requests two = train().select(new int[] {2, 9});
      int vocabulary = model.gpt2().config().vocabulary();
      int[][] every = new int[vocabulary][];
      Arrays.setAll(every, id -> new int[] {id});
      int samples = 4000;
      int[][] drawn = generator.sample(generator.parameters().frozen(), two, samples, 6);
      for (int n = 0; n < 2; n++) {
        float[] logs = logs(generator, two.select(new int[] {n}).repeat(vocabulary), every);
        int[] counts = new int[vocabulary];
        for (int s = n * samples; s < (n + 1) * samples; s++) {
          counts[drawn[s][0]]++;
        }
        double all = 0;
        for (int id = 0; id < vocabulary; id++) {
          double p = Math.exp(logs[id]);
          all += p;
          double deviation = Math.sqrt(p * (1 - p) / samples);
          assertEquals(p, counts[id] / (double) samples, 5 * deviation + 5e-4);
        }
        assertEquals(1, all, 1e-4);
      }
    }
  }

  @Test
  void whatIsWrittenStepByStepIsTheLikeliestOfWhatIsReadAtOnce() {
    try (Pepler generator = make("both", "mf", 3)) {
      learn(generator, 8);
      Requests one = train().select(new int[] {2});
      int[] written = generator.write(generator.parameters().frozen(), train())[2];
      int vocabulary = model.gpt2().config().vocabulary();
      for (int t = 0; t < written.length; t++) {
        int[][] others = new int[vocabulary][];
        for (int id = 0; id < vocabulary; id++) {
          others[id] = Arrays.copyOf(written, t + 1);
          others[id][t] = id;
        }
        float[] logs = logs(generator, one.repeat(vocabulary), others);
        float best = logs[written[t] * (t + 1) + t];
        for (int id = 0; id < vocabulary; id++) {
          assertTrue(logs[id * (t + 1) + t] <= best + 1e-5);
        }
      }
    }
  }

  @Test
  void samplesHaveASeedWhoeverElseIsInTheBatchAndEndAtTheirEnd() {
    try (Pepler generator = make("prompt", "mf", 3)) {
      Weights weights = generator.parameters().frozen();
      int[][] drawn = generator.sample(weights, train(), 3, 8);
      assertArrayEquals(drawn, generator.sample(weights, train(), 3, 8));
      assertFalse(Arrays.deepEquals(drawn, generator.sample(weights, train(), 3, 9)));
      Requests first = train().select(new int[] {0, 1});
      assertArrayEquals(Arrays.copyOf(drawn, 6), generator.sample(weights, first, 3, 8));
      int longest = Arrays.stream(real(generator)).mapToInt(ids -> ids.length).max().orElse(0);
      int end = model.gpt2().config().end();
      for (int[] text : drawn) {
        assertTrue(text.length == longest || text[text.length - 1] == end);
        assertTrue(Arrays.stream(text, 0, text.length - 1).noneMatch(id -> id == end));
      }
    }
  }

  @Test
  void gradientsReachThePromptsAndAreThoseOfFiniteDifferences() {
    for (String tuning : List.of("prompt", "both")) {
      try (Pepler generator = make(tuning, "mf", 3);
          NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        int[][] texts = Arrays.copyOf(real(generator), 4);
        Requests two = train().select(new int[] {0, 1}).repeat(2);
        Weights leaves = generator.parameters().leaves();
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          collector.backward(generator.logProbabilities(leaves, two, texts).sum());
        }
        float[] gradient = leaves.get("user.weight").getGradient().toFloatArray();
        float[] start = generator.parameters().values();
        for (int at : new int[] {0, 7, 15}) { // of the first user, whose texts these are
          double[] sums = new double[2];
          for (int side = 0; side < 2; side++) {
            float[] moved = start.clone();
            moved[at] += side == 0 ? -0.01f : 0.01f;
            generator.parameters().set(moved);
            sums[side] = sum(logs(generator, two, texts));
          }
          generator.parameters().set(start);
          double slope = (sums[1] - sums[0]) / 0.02;
          assertEquals(slope, gradient[at], 0.03 * Math.max(0.1, Math.abs(slope)), tuning);
        }
      }
    }
  }

  @Test
  void savedAndLoadedItSaysTheSame(@TempDir Path folder) {
    for (String tuning : List.of("prompt", "sequential")) {
      try (Pepler generator = make(tuning, "mlp", 3);
          Pepler other = make(tuning, "mlp", 4)) {
        learn(generator, 1);
        int[][] texts = real(generator);
        float[] before = logs(generator, train(), texts);
        assertNotEquals(sum(before), sum(logs(other, train(), texts)));
        generator.save(folder.resolve(tuning));
        other.load(folder.resolve(tuning));
        assertArrayEquals(before, logs(other, train(), texts));
      }
    }
  }

  @Test
  void wordsComeBackAndLongTextsKeepTheirEnd() {
    try (Pepler generator = make("prompt", "mf", 3)) {
      List<String> words = List.of("the", "room", "is");
      int[] ids = generator.sequence(words);
      assertEquals(model.gpt2().config().end(), ids[ids.length - 1]);
      assertEquals(words, generator.words(ids));
      int[] all =
          generator.sequence("the pool is great and so is the staff".repeat(3).lines().toList());
      int longest = Arrays.stream(real(generator)).mapToInt(row -> row.length).max().orElse(0);
      assertEquals(longest, all.length);
      assertEquals(model.gpt2().config().end(), all[longest - 1]);
      assertThrows(InputException.class, () -> generator.sequence(List.of()));
    }
  }

  @Test
  void marksStayWhereTheDataHaveThem() {
    ExplainedSplit reviews =
        SmallExplained.of(
            1, 1, new int[][] {{0, 0}}, List.of(List.of("the", "room", "is", "good", ",", "we.")));
    try (Pepler whole = new Pepler(reviews, settings("prompt", "mf"), model, Device.cpu(), 1);
        Pepler brief = make("prompt", "mf", 1)) {
      List<String> marked = List.of("good,", "room.");
      assertEquals(marked, whole.words(whole.sequence(marked)));
      assertEquals(List.of("good", "room"), brief.words(brief.sequence(marked)));
    }
  }

  @Test
  void whatItCannotReadIsRefusedInOneLine() {
    try (Pepler generator = make("prompt", "mf", 3)) {
      Requests wrong =
          new Requests(
              new int[] {-1}, new int[] {0}, new int[] {6}, new float[] {3}, new int[] {-1});
      InputException refused =
          assertThrows(
              InputException.class, () -> generator.write(generator.parameters().frozen(), wrong));
      assertTrue(refused.getMessage().startsWith("request 1: item number 6, expected 0 to 5"));
    }
    ExplainedSplit longer =
        SmallExplained.of(1, 1, new int[][] {{0, 0}}, List.of(List.of("pool ".repeat(60))));
    PeplerSettings far = new PeplerSettings("mini", "both", "mf", 5, 1, 0.1, 0.01, 8, 3, 0, 50);
    InputException refused =
        assertThrows(InputException.class, () -> new Pepler(longer, far, model, Device.cpu(), 1));
    assertTrue(refused.getMessage().contains("peplerTokens = 50"), refused.getMessage());
  }
}
