package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import explainrec.data.InputException;
import explainrec.data.Interactions;
import explainrec.data.Progress;
import explainrec.data.Split;
import explainrec.nn.Checkpoint;
import explainrec.nn.FileCheckpoint;
import explainrec.nn.RatingLearner;
import explainrec.nn.RatingStage;
import explainrec.nn.SmallSplit;
import explainrec.nn.Trainable;
import explainrec.nn.Trainer;
import explainrec.nn.TrainingListener;
import explainrec.nn.TrainingState;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all rating baselines that are trained by gradient have to do. */
final class RatingBaselinesTest {
  private static final Split SPLIT = SmallSplit.grid(6, 10, 1);
  private static final int ALL = 1000; // a batch that holds every row

  @TempDir private Path folder;

  /** Which baseline. */
  enum Model {
    MF,
    MLP,
    NEUMF,
    ALFM,
    ANR
  }

  /** Stands for a process that dies. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static RatingLearner untrained(Model model, Split split, int batch, long seed) {
    RatingBaselines baselines =
        new RatingBaselines(split, Device.cpu(), seed, predicted -> validation(split, predicted));
    return switch (model) {
      case MF -> baselines.mf(new MfSettings(4, 0, "adam", 0.02, batch, 3, 0));
      case MLP -> baselines.mlp(ncf(batch));
      case NEUMF -> baselines.neumf(ncf(batch));
      case ALFM ->
          baselines.alfm(
              new AlfmSettings(
                  2, 3, 0.5, 0.1, 0.01, 1, 4, 100, 4, 0, 0, 0.5, "adam", 0.02, batch, 3, 0));
      case ANR ->
          baselines.anr(
              new AnrSettings(
                  2,
                  4,
                  5,
                  3,
                  30,
                  100,
                  "trained",
                  6,
                  0,
                  0,
                  "mean",
                  "simplified",
                  2,
                  0.5,
                  0.02,
                  batch,
                  3,
                  0));
    };
  }

  private static NcfSettings ncf(int batch) {
    return new NcfSettings(8, 2, "xavier", 0.02, batch, 3, 0, "gmf-mlp", 0.5, 0.05);
  }

  private static Trainable.Validation validation(Split split, float[][] predicted) {
    double sum = 0;
    for (int n = 0; n < predicted[0].length; n++) {
      double miss = predicted[0][n] - split.data().overall(split.validation()[n]);
      sum += miss * miss / predicted[0].length;
    }
    return new Trainable.Validation(Math.sqrt(sum), Map.of());
  }

  private static Trainer.Outcome train(
      RatingLearner learner, int epochs, Checkpoint checkpoint, TrainingListener... listeners) {
    return new Trainer(0.02, epochs, 5, List.of(listeners)).train(learner, checkpoint);
  }

  private static void beforehand(RatingLearner learner) {
    learner.prepare(Progress.SILENT);
    for (RatingStage stage : learner.stages()) {
      try (RatingLearner part = stage.learner()) {
        train(part, 2, Checkpoint.NONE);
        stage.adopt().run();
      }
    }
  }

  private static float[] test(RatingLearner learner) {
    int[] users = Arrays.stream(SPLIT.test()).map(SPLIT.data()::user).toArray();
    int[] items = Arrays.stream(SPLIT.test()).map(SPLIT.data()::item).toArray();
    float[][] predicted = learner.predict(users, items);
    assertEquals(1, predicted.length, "the overall rating alone");
    return predicted[0];
  }

  private static Map<String, float[]> byName(RatingLearner learner) {
    Map<String, float[]> all = new LinkedHashMap<>();
    learner.parameters().names().forEach(name -> all.put(name, learner.parameters().values(name)));
    return all;
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void oneBatchIsLearntByHeart(Model model) {
    Split few = few();
    try (RatingLearner learner = untrained(model, few, ALL, 1)) {
      learner.prepare(Progress.SILENT);
      Trainer.Outcome outcome =
          new Trainer(0.01, 400, 5, List.of()).train(learner, Checkpoint.NONE);
      double last = outcome.epochs().get(399).losses().get("overall");
      assertTrue(last < 0.01, model + " is left with " + last);
    }
  }

  /** Four rows that biases alone do not explain: what is learnt by heart has to come from more. */
  private static Split few() {
    return SmallSplit.of(
        new int[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}, {0, 2}, {2, 0}},
        new float[][] {{5}, {1}, {2}, {4.5f}, {3}, {3}},
        new int[] {0, 1, 2, 3},
        new int[] {4},
        new int[] {5});
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void aStepMovesWhatLearnsAndNothingElse(Model model) {
    try (RatingLearner learner = untrained(model, SPLIT, 16, 1)) {
      beforehand(learner);
      Map<String, float[]> before = byName(learner);
      train(learner, 1, Checkpoint.NONE);
      byName(learner)
          .forEach(
              (name, after) ->
                  assertEquals(
                      List.of(
                              "user.topics",
                              "item.topics",
                              "user.aspects",
                              "item.aspects",
                              "user.sides")
                          .contains(name),
                      Arrays.equals(before.get(name), after),
                      name));
      boolean topics = model == Model.ALFM;
      assertEquals(topics, learner.parameters().trained() < learner.parameters().count());
    }
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void savedAndLoadedItPredictsTheSame(Model model) {
    Path file = folder.resolve("model.safetensors");
    float[] expected;
    try (RatingLearner learner = untrained(model, SPLIT, 16, 1)) {
      beforehand(learner);
      train(learner, 2, Checkpoint.NONE);
      learner.save(file);
      expected = test(learner);
    }
    try (RatingLearner learner = untrained(model, SPLIT, 16, 2)) {
      assertFalse(Arrays.equals(expected, test(learner)));
      learner.load(file);
      assertArrayEquals(expected, test(learner));
    }
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void theSameSeedGivesTheSameNumbers(Model model) {
    assertArrayEquals(trained(model, SPLIT, 1), trained(model, SPLIT, 1));
    assertFalse(Arrays.equals(trained(model, SPLIT, 1), trained(model, SPLIT, 2)));
  }

  private static float[] trained(Model model, Split split, long seed) {
    try (RatingLearner learner = untrained(model, split, 16, seed)) {
      beforehand(learner);
      train(learner, 2, Checkpoint.NONE);
      return test(learner);
    }
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void killedAndResumedItEndsAsTheWholeRun(Model model) {
    float[] whole;
    try (RatingLearner learner = untrained(model, SPLIT, 16, 1)) {
      beforehand(learner);
      train(learner, 3, Checkpoint.NONE);
      whole = test(learner);
    }
    FileCheckpoint checkpoint = new FileCheckpoint(folder.resolve("state"), "key");
    try (RatingLearner learner = untrained(model, SPLIT, 16, 1)) {
      beforehand(learner);
      assertThrows(
          Killed.class,
          () ->
              train(
                  learner,
                  3,
                  checkpoint,
                  new TrainingListener() {
                    @Override
                    public void onEpoch(TrainingState state) {
                      throw new Killed();
                    }
                  }));
    }
    try (RatingLearner learner = untrained(model, SPLIT, 16, 1)) {
      assertEquals(3, train(learner, 3, checkpoint).epochs().size());
      assertArrayEquals(whole, test(learner));
    }
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void whatATestReviewSaysChangesNothing(Model model) {
    assertArrayEquals(
        trained(model, SPLIT, 1), trained(model, retold(SPLIT.test()), 1), "test reviews");
    assertArrayEquals(
        trained(model, SPLIT, 1), trained(model, retold(SPLIT.validation()), 1), "validation");
    boolean reads = model == Model.ALFM || model == Model.ANR;
    assertEquals(
        !reads,
        Arrays.equals(trained(model, SPLIT, 1), trained(model, retold(SPLIT.train()), 1)),
        "train reviews");
  }

  /** The split with other texts in some rows. */
  private static Split retold(int[] rows) {
    Interactions data = SPLIT.data();
    return new Split(
        data.withTexts(
            row ->
                Arrays.binarySearch(rows, row) >= 0
                    ? "service dreadful service good. rooms bad " + row
                    : data.text(row)),
        SPLIT.train(),
        SPLIT.validation(),
        SPLIT.test(),
        SPLIT.method(),
        SPLIT.seed(),
        SPLIT.hash());
  }

  @Test
  void wordVectorsThatAreNotThereAreRefusedInOneLine() {
    RatingBaselines baselines =
        new RatingBaselines(SPLIT, Device.cpu(), 1, predicted -> validation(SPLIT, predicted));
    InputException e =
        assertThrows(InputException.class, () -> baselines.anr(AnrSettings.paper()).close());
    assertEquals(1, e.getMessage().lines().count());
    assertTrue(e.getMessage().startsWith("setting anrWordVectors = google-news"), e.getMessage());
  }

  @Test
  void neumfStartsFromItsTrainedParts() {
    try (RatingLearner neumf = untrained(Model.NEUMF, SPLIT, 16, 1)) {
      List<RatingStage> stages = neumf.stages();
      assertEquals(List.of("gmf", "mlp"), stages.stream().map(RatingStage::name).toList());
      RatingLearner gmf = stages.get(0).learner();
      RatingLearner mlp = stages.get(1).learner();
      train(gmf, 1, Checkpoint.NONE);
      train(mlp, 1, Checkpoint.NONE);
      stages.forEach(stage -> stage.adopt().run());
      float[] ofGmf = test(gmf);
      float[] ofMlp = test(mlp);
      float[] both = test(neumf);
      for (int n = 0; n < both.length; n++) {
        assertEquals(0.5 * ofGmf[n] + 0.5 * ofMlp[n], both[n], 1e-5, "alpha is a half");
      }
      assertNotEquals(ofGmf[0], ofMlp[0]);
      gmf.close();
      mlp.close();
    }
  }

  @Test
  void anrReadsAsTheSimplerModelLearnt() {
    try (RatingLearner anr = untrained(Model.ANR, SPLIT, 16, 1)) {
      RatingStage stage = anr.stages().get(0);
      try (RatingLearner simple = stage.learner()) {
        train(simple, 1, Checkpoint.NONE);
        stage.adopt().run();
        for (String name : AnrReader.NAMES) {
          assertArrayEquals(simple.parameters().values(name), anr.parameters().values(name), name);
        }
      }
    }
  }
}
