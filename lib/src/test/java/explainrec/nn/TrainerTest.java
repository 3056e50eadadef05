package explainrec.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one training loop: what it tells, when it stops, what it keeps. */
final class TrainerTest {
  @TempDir private Path folder;

  /** Writes down what it hears, and the parameters after each epoch. */
  private static final class Heard implements TrainingListener {
    final List<String> steps = new ArrayList<>();
    final List<Integer> epochs = new ArrayList<>();
    final List<float[]> parameters = new ArrayList<>();

    @Override
    public void onStep(TrainingState state) {
      steps.add(state.epoch() + "." + state.step() + "/" + state.steps());
    }

    @Override
    public void onEpoch(TrainingState state) {
      assertEquals(state.epoch(), state.epochs().size());
      epochs.add(state.epoch());
      parameters.add(state.parameters().values());
    }
  }

  @Test
  void listenersHearEveryStepAndEveryEpochOnce() {
    Heard heard = new Heard();
    try (ScriptedModel model = new ScriptedModel(3, 2, 1)) {
      train(model, 3, Checkpoint.NONE, heard);
    }
    assertEquals(List.of(1, 2, 3), heard.epochs);
    assertEquals(
        List.of(
            "1.1/4", "1.2/4", "1.3/4", "1.4/4", "2.1/4", "2.2/4", "2.3/4", "2.4/4", "3.1/4",
            "3.2/4", "3.3/4", "3.4/4"),
        heard.steps);
  }

  @Test
  void anEpochsLogHoldsMeansOverExamplesAndTheValidation() {
    try (ScriptedModel model = new ScriptedModel(3, 2)) {
      List<EpochLog> epochs = train(model, 2, Checkpoint.NONE).epochs();
      EpochLog second = epochs.get(1);
      assertEquals(2, second.epoch());
      assertEquals(2, second.score());
      assertEquals(20, second.validation().get("other"));
      assertEquals(1 + 2 + 3 + 4, second.examples());
      assertEquals(2 * second.losses().get("loss"), second.losses().get("part"), 1e-5);
      assertTrue(second.losses().get("loss") < epochs.get(0).losses().get("loss"));
      assertTrue(second.seconds() >= second.trainSeconds());
    }
  }

  @Test
  void aLossIsWeighedByItsBatch() {
    Heard heard = new Heard();
    try (ScriptedModel model = new ScriptedModel(1)) {
      float[] w = model.parameters().values();
      EpochLog log = train(model, 1, Checkpoint.NONE, heard).epochs().get(0);
      // Adam's first steps move each number by the learning rate, all losses are sums of squares
      double mean = 0;
      for (int step = 0; step < ScriptedModel.STEPS; step++) {
        double loss = 0;
        for (float number : w) {
          loss += Math.pow(number + 0.01 * step - 1, 2);
        }
        mean += loss * (step + 1) / 10;
      }
      assertEquals(mean, log.losses().get("loss"), 1e-3);
    }
  }

  @Test
  void theModelEndsWithTheParametersOfItsBestEpoch() {
    Heard heard = new Heard();
    try (ScriptedModel model = new ScriptedModel(3, 1, 2, 1, 5)) {
      Trainer.Outcome outcome = train(model, 5, Checkpoint.NONE, heard);
      assertEquals(2, outcome.bestEpoch(), "the first of equally good ones");
      assertEquals(5, outcome.epochs().size());
      assertArrayEquals(heard.parameters.get(1), model.parameters().values());
      assertFalse(Arrays.equals(heard.parameters.get(4), model.parameters().values()));
    }
  }

  @Test
  void trainingStopsWhenPatienceIsOver() {
    try (ScriptedModel model = new ScriptedModel(5, 4, 3, 3.5, 3.1, 1, 1, 1)) {
      Trainer.Outcome outcome = train(model, 8, Checkpoint.NONE, new EarlyStop(2));
      assertEquals(5, outcome.epochs().size());
      assertEquals(3, outcome.bestEpoch());
    }
    try (ScriptedModel model = new ScriptedModel(5, 4, 3, 3.5, 3.1, 1, 1, 1)) {
      assertEquals(8, train(model, 8, Checkpoint.NONE, new EarlyStop(0)).epochs().size());
    }
  }

  @Test
  void aRunThatStoppedEarlyStopsAtTheSameEpochWhenStartedAgain() {
    Checkpoint kept = new FileCheckpoint(folder.resolve("state"), "key");
    float[] end;
    try (ScriptedModel model = new ScriptedModel(1, 2, 3, 4)) {
      train(model, 4, kept, new EarlyStop(2));
      end = model.parameters().values();
    }
    try (ScriptedModel again = new ScriptedModel(1, 2, 3, 4).from(3)) {
      Trainer.Outcome outcome = train(again, 4, kept, new EarlyStop(2));
      assertEquals(3, outcome.epochs().size());
      assertEquals(List.of(), again.seeds, "no epoch was trained");
      assertArrayEquals(end, again.parameters().values());
    }
  }

  @Test
  void aRunKilledAfterAnEpochGoesOnAsIfItHadNotBeen() {
    List<EpochLog> whole;
    float[] end;
    List<Long> seeds;
    try (ScriptedModel model = new ScriptedModel(5, 3, 4, 2)) {
      whole = train(model, 4, Checkpoint.NONE).epochs();
      end = model.parameters().values();
      seeds = model.seeds;
      assertEquals(4, new HashSet<>(seeds).size(), "each epoch has its own order");
    }
    for (int kill = 1; kill <= 4; kill++) {
      Checkpoint kept = new FileCheckpoint(folder.resolve("state" + kill), "key");
      int last = kill;
      try (ScriptedModel model = new ScriptedModel(5, 3, 4, 2)) {
        assertThrows(Killed.class, () -> train(model, 4, kept, killAfter(last)));
      }
      Heard heard = new Heard();
      try (ScriptedModel model = new ScriptedModel(5, 3, 4, 2).from(kill)) {
        Trainer.Outcome outcome = train(model, 4, kept, heard);
        assertSame(whole, outcome.epochs());
        assertEquals(4, outcome.bestEpoch());
        assertArrayEquals(end, model.parameters().values());
        assertEquals(seeds.subList(kill, 4), model.seeds);
        assertEquals(
            Stream.iterate(kill, n -> n <= 4, n -> n + 1).toList(),
            heard.epochs,
            "the last kept epoch, then each new one");
      }
    }
  }

  @Test
  void aLossThatIsNoNumberStopsTrainingAndKeepsTheLastEpoch() {
    Checkpoint kept = new FileCheckpoint(folder.resolve("state"), "key");
    float[] afterFirst;
    try (ScriptedModel model = new ScriptedModel(1, 1).poisoned(2, 3)) {
      Heard heard = new Heard();
      InputException e = assertThrows(InputException.class, () -> train(model, 2, kept, heard));
      assertEquals(1, e.getMessage().lines().count());
      assertTrue(e.getMessage().contains("epoch 2, step 3"), e.getMessage());
      assertTrue(e.getMessage().contains("learningRate"), e.getMessage());
      assertEquals(List.of(1), heard.epochs);
      afterFirst = heard.parameters.get(0);
    }
    try (ScriptedModel model = new ScriptedModel(1, 1).from(1)) {
      Heard heard = new Heard();
      train(model, 2, kept, heard);
      assertEquals(List.of(1, 2), heard.epochs);
      assertArrayEquals(afterFirst, heard.parameters.get(0));
    }
  }

  @Test
  void aValidationThatIsNoNumberStopsTrainingToo() {
    try (ScriptedModel model = new ScriptedModel(1, Double.NaN)) {
      InputException e = assertThrows(InputException.class, () -> train(model, 2, Checkpoint.NONE));
      assertTrue(e.getMessage().contains("epoch 2"), e.getMessage());
      assertTrue(e.getMessage().contains("learningRate"), e.getMessage());
    }
  }

  @Test
  void aCheckpointOfAnotherKeyIsIgnored() {
    Path file = folder.resolve("state");
    try (ScriptedModel model = new ScriptedModel(1, 1)) {
      train(model, 2, new FileCheckpoint(file, "width=8"));
    }
    assertStartsAnew(new FileCheckpoint(file, "width=9"));
  }

  @Test
  void aBrokenCheckpointIsIgnored() throws IOException {
    Path file = folder.resolve("state");
    FileCheckpoint kept = new FileCheckpoint(file, "key");
    try (ScriptedModel model = new ScriptedModel(1, 1)) {
      train(model, 2, kept);
    }
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 3, 4, 8, 11, 40, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertIgnored(kept);
    }
    // The lengths of the key and of the epochs' text, gone wrong.
    for (int place : new int[] {4, 4 + 4 + "key".length()}) {
      for (int wrong : new int[] {-1, Integer.MIN_VALUE, 0, 1 << 20}) {
        byte[] bytes = whole.clone();
        ByteBuffer.wrap(bytes).putInt(place, wrong);
        Files.write(file, bytes);
        assertIgnored(kept);
      }
    }
    assertStartsAnew(kept);
  }

  @Test
  void aCheckpointOfAnotherModelIsIgnoredUnderTheSameKey() {
    Path file = folder.resolve("state");
    FileCheckpoint kept = new FileCheckpoint(file, "key");
    try (ai.djl.ndarray.NDManager manager = ai.djl.ndarray.NDManager.newBaseManager();
        Parameters larger =
            Parameters.builder()
                .add("numbers", Initial.zeros(), 5)
                .build(manager, ai.djl.Device.cpu(), 1);
        Optimizer adam = Adam.of(larger, 0.01)) {
      TrainingState state = new TrainingState(larger, adam, 1, 2);
      state.epochDone(new EpochLog(1, java.util.Map.of(), 1, java.util.Map.of(), 1, 1, 1));
      kept.save(state);
    }
    assertStartsAnew(kept);
  }

  private static void assertIgnored(FileCheckpoint kept) {
    try (ScriptedModel model = new ScriptedModel(1, 1);
        Optimizer adam = Adam.of(model.parameters(), 0.01)) {
      float[] start = model.parameters().values();
      TrainingState state = new TrainingState(model.parameters(), adam, 1, 2);
      kept.resume(state);
      assertEquals(0, state.epochs().size());
      assertEquals(0, state.bestEpoch());
      assertArrayEquals(start, model.parameters().values());
      assertEquals(0, adam.steps());
    }
  }

  private static void assertStartsAnew(FileCheckpoint kept) {
    Heard heard = new Heard();
    try (ScriptedModel model = new ScriptedModel(1, 1)) {
      assertEquals(2, train(model, 2, kept, heard).epochs().size());
      assertEquals(List.of(1, 2), heard.epochs);
      assertEquals(2, model.seeds.size());
    }
  }

  /** Everything but the times. */
  private static void assertSame(List<EpochLog> expected, List<EpochLog> actual) {
    assertEquals(expected.size(), actual.size());
    for (int n = 0; n < expected.size(); n++) {
      assertEquals(expected.get(n).epoch(), actual.get(n).epoch());
      assertEquals(expected.get(n).losses(), actual.get(n).losses());
      assertEquals(expected.get(n).score(), actual.get(n).score());
      assertEquals(expected.get(n).validation(), actual.get(n).validation());
      assertEquals(expected.get(n).examples(), actual.get(n).examples());
    }
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static TrainingListener killAfter(int epochs) {
    return new TrainingListener() {
      @Override
      public void onEpoch(TrainingState state) {
        if (state.epochs().size() == epochs) {
          throw new Killed();
        }
      }
    };
  }

  private static Trainer.Outcome train(
      ScriptedModel model, int epochs, Checkpoint checkpoint, TrainingListener... listeners) {
    return new Trainer(0.01, epochs, 7, List.of(listeners)).train(model, checkpoint);
  }
}
