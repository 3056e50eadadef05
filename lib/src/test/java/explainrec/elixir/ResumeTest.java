package explainrec.elixir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import explainrec.data.Split;
import explainrec.nn.Checkpoint;
import explainrec.nn.EpochLog;
import explainrec.nn.FileCheckpoint;
import explainrec.nn.SmallSplit;
import explainrec.nn.Trainer;
import explainrec.nn.TrainingListener;
import explainrec.nn.TrainingState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ELIXIR killed and started again ends with the numbers of a run that was never stopped. */
final class ResumeTest {
  private static final Split SPLIT = SmallSplit.grid(6, 10, 2);
  private static final int EPOCHS = 4;

  @TempDir private Path folder;

  /** Stands for a process that dies. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @CsvSource({"full, 1", "full, 3", "full, 4", "no-attention, 2", "no-global, 2"})
  void everyNumberIsTheSame(String variant, int lastEpoch) {
    RatingSettings settings = SmallElixir.settings(variant, 6, 0.4);
    Trainer.Outcome whole;
    float[] parameters;
    float[][] predicted;
    try (ElixirRatings elixir = SmallElixir.untrained(SPLIT, settings, 3)) {
      whole = SmallElixir.train(elixir, EPOCHS, 3);
      parameters = elixir.parameters().values();
      predicted = SmallElixir.test(elixir, SPLIT);
    }
    Checkpoint kept = new FileCheckpoint(folder.resolve("state"), "key");
    TrainingListener kill =
        new TrainingListener() {
          @Override
          public void onStep(TrainingState state) {
            // In the middle of the next epoch, or, after the last, not at all.
            if (state.epochs().size() == lastEpoch && state.step() == 2) {
              throw new Killed();
            }
          }

          @Override
          public void onEpoch(TrainingState state) {
            if (state.epochs().size() == EPOCHS) {
              throw new Killed();
            }
          }
        };
    try (ElixirRatings elixir = SmallElixir.untrained(SPLIT, settings, 3)) {
      assertThrows(Killed.class, () -> SmallElixir.train(elixir, EPOCHS, 3, kept, List.of(kill)));
    }
    try (ElixirRatings elixir = SmallElixir.untrained(SPLIT, settings, 3)) {
      Trainer.Outcome resumed = SmallElixir.train(elixir, EPOCHS, 3, kept, List.of());
      assertEquals(whole.bestEpoch(), resumed.bestEpoch());
      assertEquals(EPOCHS, resumed.epochs().size());
      for (int n = 0; n < EPOCHS; n++) {
        EpochLog expected = whole.epochs().get(n);
        assertEquals(expected.losses(), resumed.epochs().get(n).losses());
        assertEquals(expected.score(), resumed.epochs().get(n).score());
      }
      assertArrayEquals(parameters, elixir.parameters().values());
      float[][] again = SmallElixir.test(elixir, SPLIT);
      for (int head = 0; head < again.length; head++) {
        assertArrayEquals(predicted[head], again[head]);
      }
    }
  }
}
