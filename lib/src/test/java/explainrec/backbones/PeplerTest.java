package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import explainrec.nn.Checkpoint;
import explainrec.nn.FileCheckpoint;
import explainrec.nn.Optimization;
import explainrec.nn.Parameters;
import explainrec.nn.Trainer;
import explainrec.nn.TrainingListener;
import explainrec.nn.TrainingState;
import explainrec.nn.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How PEPLER is trained, and the ratings it predicts. */
final class PeplerTest extends PeplerCase {
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

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
