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
import explainrec.data.Progress;
import explainrec.data.Split;
import explainrec.elixir.ElixirRatings;
import explainrec.elixir.ElixirReviews;
import explainrec.elixir.RatingSettings;
import explainrec.elixir.ReviewSettings;
import explainrec.nn.Checkpoint;
import explainrec.nn.Trainable;
import explainrec.nn.Trainer;
import explainrec.nn.Weights;
import explainrec.t5.LanguageModel;
import explainrec.t5.SmallLanguageModel;
import explainrec.text.ExplainedSplit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ElixirGeneratorTest {
  private static final ExplainedSplit DATA =
      SmallExplained.toLearnByHeart(SmallExplained.grid(4, 6));
  private static final Split SPLIT = DATA.split();
  private static final RatingSettings RATING =
      new RatingSettings("no-global", 8, 0.1, "none", "auto", 0.01, 16, 50, 0);

  @TempDir private Path folder;
  private LanguageModel lm;
  private ElixirRatings ratings;

  @BeforeEach
  void open() throws IOException {
    lm = LanguageModel.open(SmallLanguageModel.write(folder.resolve("lm"), 0));
    ratings =
        new ElixirRatings(
            SPLIT, RATING, Device.cpu(), 3, found -> new Trainable.Validation(0, Map.of()));
  }

  @AfterEach
  void close() {
    ratings.close();
    lm.close();
  }

  private static ReviewSettings settings(String lmTraining, String training, double penalty) {
    return new ReviewSettings(
        "folder",
        lmTraining,
        "light",
        4,
        0.1,
        12,
        5,
        training,
        "reviews",
        0.01,
        8,
        10,
        0,
        64,
        "loss",
        5,
        penalty,
        1);
  }

  private ElixirGenerator make(String lmTraining) {
    return new ElixirGenerator(
        DATA, ratings, RATING, settings(lmTraining, "sequential", 1.2), lm, Device.cpu(), 11);
  }

  private static Requests train() {
    return Requests.of(DATA, SPLIT.train());
  }

  private static int[][] real(ElixirGenerator generator) {
    return Arrays.stream(SPLIT.train())
        .mapToObj(row -> generator.sequence(DATA.explanations().get(row).words()))
        .toArray(int[][]::new);
  }

  private static void learn(ElixirGenerator generator, int epochs) {
    new Trainer(0.01, epochs, 1, List.of())
        .train(new GeneratorTraining(generator, DATA, 8), Checkpoint.NONE);
  }

  /** (N L) */
  private static float[] logs(ElixirGenerator generator, Requests requests, int[][] sequences) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return generator
          .logProbabilities(generator.parameters().frozen(), requests, sequences)
          .toFloatArray();
    }
  }

  @Test
  void probabilitiesOfDrawnTextsAreThoseOfOneStepAfterTheOther() {
    try (ElixirGenerator generator = make("frozen")) {
      learn(generator, 2);
      Requests few = train().select(new int[] {0, 3, 7});
      int k = 4;
      int[][] drawn = generator.sample(generator.parameters().frozen(), few, k, 5);
      assertEquals(3 * k, drawn.length);
      float[] together = logs(generator, few.repeat(k), drawn);
      int length = together.length / drawn.length;
      for (int n = 0; n < drawn.length; n++) {
        Requests one = few.select(new int[] {n / k});
        double before = 0;
        for (int t = 0; t < drawn[n].length; t++) {
          // The last of the texts' first tokens alone: the sum grows by one token's at a time.
          float[] alone = logs(generator, one, new int[][] {Arrays.copyOf(drawn[n], t + 1)});
          double sum = 0;
          for (float value : alone) {
            sum += value;
          }
          assertEquals(sum - before, together[n * length + t], 1e-4);
          before = sum;
        }
        for (int t = drawn[n].length; t < length; t++) {
          assertEquals(0, together[n * length + t]);
        }
      }
    }
  }

  @Test
  void nextTokensOfAPrefixHaveProbabilitiesThatSumToOneAndSamplesFollowThem() {
    try (ElixirGenerator generator = make("frozen")) {
      learn(generator, 4);
      Requests two = train().select(new int[] {2, 9});
      int vocabulary = lm.t5().config().vocabulary();
      int[][] every = new int[vocabulary][];
      Arrays.setAll(every, id -> new int[] {id});
      int samples = 4000;
      int[][] drawn = generator.sample(generator.parameters().frozen(), two, samples, 6);
      for (int n = 0; n < 2; n++) {
        float[] logs = logs(generator, two.select(new int[] {n}).repeat(vocabulary), every);
        double all = 0;
        for (float log : logs) {
          all += Math.exp(log);
        }
        assertEquals(1, all, 1e-4);
        int[] counts = new int[vocabulary];
        for (int s = n * samples; s < (n + 1) * samples; s++) {
          counts[drawn[s][0]]++;
        }
        for (int id = 0; id < vocabulary; id++) {
          double p = Math.exp(logs[id]);
          double deviation = Math.sqrt(p * (1 - p) / samples);
          assertEquals(p, counts[id] / (double) samples, 5 * deviation + 5e-4);
        }
      }
    }
  }

  @Test
  void gradientsOfGivenTextsReachPsiAndAreThoseOfFiniteDifferences() {
    try (ElixirGenerator generator = make("frozen")) {
      int[][] texts = Arrays.copyOf(real(generator), 4);
      Requests two = train().select(new int[] {0, 1}).repeat(2);
      Weights leaves = generator.parameters().leaves();
      float[] gradient = gradient(generator, leaves, two, texts, "prompt.words");
      assertTrue(leaves.all().keySet().stream().allMatch(name -> name.startsWith("prompt.")));
      leaves
          .all()
          .forEach((name, leaf) -> assertNotEquals(0, leaf.getGradient().norm().getFloat(), name));
      float[] start = generator.parameters().values();
      int first = start.length - gradient.length; // the last of the parameters
      for (int at : new int[] {0, 7, 20, gradient.length - 1}) {
        double step = 0.01;
        double[] sums = new double[2];
        for (int side = 0; side < 2; side++) {
          float[] moved = start.clone();
          moved[first + at] += (float) (side == 0 ? -step : step);
          generator.parameters().set(moved);
          for (float value : logs(generator, two, texts)) {
            sums[side] += value;
          }
        }
        double slope = (sums[1] - sums[0]) / (2 * step);
        assertEquals(slope, gradient[at], 0.02 * Math.max(0.1, Math.abs(slope)));
      }
    }
  }

  @Test
  void theGradientIsTheSameWhetherTheLanguageModelIsTrainedOrNot() {
    float[][] gradients = new float[2][];
    for (int n = 0; n < 2; n++) {
      try (ElixirGenerator generator = make(n == 0 ? "frozen" : "trained")) {
        int[][] texts = Arrays.copyOf(real(generator), 2);
        Weights leaves = generator.parameters().leaves();
        Requests two = train().select(new int[] {0, 1});
        gradients[n] = gradient(generator, leaves, two, texts, "prompt.words");
        assertEquals(n == 1, leaves.all().containsKey("shared.weight"));
      }
    }
    assertArrayEquals(gradients[0], gradients[1], 1e-5f);
  }

  /** Of the sum of all log-probabilities. */
  private static float[] gradient(
      ElixirGenerator generator, Weights leaves, Requests requests, int[][] texts, String name) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray sum = generator.logProbabilities(leaves, requests, texts).sum();
      collector.backward(sum);
    }
    return leaves.get(name).getGradient().toFloatArray();
  }

  @Test
  void trainingMovesPsiOnlyAndLearnsExplanations() {
    float[] ofRatings = ratings.parameters().values();
    try (ElixirGenerator generator = make("frozen");
        NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      float[] ofLm = lm.frozen(manager).get("shared.weight").toFloatArray();
      Trainer.Outcome outcome =
          new Trainer(0.01, 8, 1, List.of())
              .train(new GeneratorTraining(generator, DATA, 8), Checkpoint.NONE);
      double first = outcome.epochs().get(0).losses().get("text");
      assertTrue(outcome.epochs().get(7).losses().get("text") < 0.95 * first);
      assertArrayEquals(ofRatings, ratings.parameters().values());
      assertArrayEquals(ofLm, lm.frozen(manager).get("shared.weight").toFloatArray());
    }
  }

  @Test
  void samplesHaveASeedWhoeverElseIsInTheBatch() {
    try (ElixirGenerator generator = make("frozen")) {
      Weights weights = generator.parameters().frozen();
      int[][] drawn = generator.sample(weights, train(), 3, 8);
      assertArrayEquals(drawn, generator.sample(weights, train(), 3, 8));
      assertFalse(Arrays.deepEquals(drawn, generator.sample(weights, train(), 3, 9)));
      Requests first = train().select(new int[] {0, 1});
      assertArrayEquals(Arrays.copyOf(drawn, 6), generator.sample(weights, first, 3, 8));
      int longest = Arrays.stream(real(generator)).mapToInt(ids -> ids.length).max().orElse(0);
      int end = lm.t5().config().end();
      for (int[] text : drawn) {
        assertTrue(text.length == longest || text[text.length - 1] == end);
        assertTrue(Arrays.stream(text, 0, text.length - 1).noneMatch(id -> id == end));
      }
    }
  }

  @Test
  void itWritesWhatElixirWrites() {
    try (ElixirGenerator generator = make("frozen")) {
      learn(generator, 4);
      int[][] written = generator.write(generator.parameters().frozen(), train());
      ReviewSettings same =
          settings("frozen", "sequential", 1.2)
              .withMaxTokens(
                  Arrays.stream(real(generator)).mapToInt(ids -> ids.length).max().orElse(0));
      try (ElixirReviews reviews =
          new ElixirReviews(
              SPLIT,
              ratings,
              RATING,
              same,
              lm,
              Device.cpu(),
              11,
              (rows, texts, loss) -> new Trainable.Validation(loss, Map.of()))) {
        reviews.parameters().set(generator.parameters().values());
        List<String> expected = reviews.write(train().users(), train().items(), Progress.SILENT);
        for (int n = 0; n < written.length; n++) {
          assertEquals(expected.get(n), lm.tokenizer().decode(written[n]).strip());
        }
      }
    }
  }

  @Test
  void ratingsAreTheRatingModules() {
    try (ElixirGenerator generator = make("frozen")) {
      assertTrue(generator.predictsRating());
      assertArrayEquals(
          ratings.predict(train().users(), train().items())[0],
          generator.ratings(generator.parameters().frozen(), train()));
    }
  }

  @Test
  void wordsAreLowerCaseWithoutMarksAtTheirEdges() {
    try (ElixirGenerator generator = make("frozen")) {
      List<String> words = List.of("the", "room", "is");
      assertEquals(words, generator.words(generator.sequence(words)));
      assertEquals(
          List.of("the", "room", ".", "and", "wait"),
          generator.words(lm.tokenizer().encode("The room! . and :wait,")));
      assertEquals(List.of(), generator.words(new int[] {lm.t5().config().end()}));
    }
  }

  @Test
  void whatItCannotReadIsRefusedInOneLine() {
    try (ElixirGenerator generator = make("frozen")) {
      assertThrows(InputException.class, () -> generator.sequence(List.of()));
      Requests wrong =
          new Requests(
              new int[] {-1}, new int[] {0}, new int[] {6}, new float[] {3}, new int[] {-1});
      InputException refused =
          assertThrows(
              InputException.class, () -> generator.write(generator.parameters().frozen(), wrong));
      assertTrue(refused.getMessage().startsWith("request 1: item number 6, expected 0 to 5"));
    }
    InputException joint =
        assertThrows(
            InputException.class,
            () ->
                new ElixirGenerator(
                    DATA, ratings, RATING, settings("frozen", "joint", 1), lm, Device.cpu(), 1));
    assertTrue(joint.getMessage().contains("sequential"), joint.getMessage());
  }
}
