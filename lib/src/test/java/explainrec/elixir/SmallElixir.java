package explainrec.elixir;

import ai.djl.Device;
import explainrec.data.Split;
import explainrec.nn.Checkpoint;
import explainrec.nn.Trainable;
import explainrec.nn.Trainer;
import explainrec.nn.TrainingListener;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Small ELIXIR models, and what tests ask of them. */
final class SmallElixir {
  private SmallElixir() {}

  /** Settings of a narrow module; 0.01 as learning rate, 16 rows a batch. */
  static RatingSettings settings(String variant, int width, double dropout) {
    return new RatingSettings(variant, width, dropout, "none", "auto", 0.01, 16, 50, 0);
  }

  /** An untrained module on the CPU. */
  static ElixirRatings untrained(Split split, RatingSettings settings, long seed) {
    return new ElixirRatings(
        split, settings, Device.cpu(), seed, predicted -> validation(split, predicted));
  }

  /** Trains some epochs with nothing kept. */
  static Trainer.Outcome train(ElixirRatings elixir, int epochs, long seed) {
    return train(elixir, epochs, seed, Checkpoint.NONE, List.of());
  }

  /** Trains. */
  static Trainer.Outcome train(
      ElixirRatings elixir,
      int epochs,
      long seed,
      Checkpoint checkpoint,
      List<? extends TrainingListener> listeners) {
    return new Trainer(0.01, epochs, seed, listeners).train(elixir, checkpoint);
  }

  /** Predictions of the test rows, (A + 1, N). */
  static float[][] test(ElixirRatings elixir, Split split) {
    int[] users = Arrays.stream(split.test()).map(split.data()::user).toArray();
    int[] items = Arrays.stream(split.test()).map(split.data()::item).toArray();
    return elixir.predict(users, items);
  }

  private static Trainable.Validation validation(Split split, float[][] predicted) {
    double sum = 0;
    int[] rows = split.validation();
    for (int n = 0; n < rows.length; n++) {
      double miss = predicted[0][n] - split.data().overall(rows[n]);
      sum += miss * miss / rows.length;
    }
    return new Trainable.Validation(Math.sqrt(sum), Map.of("aspects", 0.0));
  }
}
