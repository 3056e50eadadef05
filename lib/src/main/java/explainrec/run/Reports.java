package explainrec.run;

import explainrec.data.Progress;
import explainrec.nn.EpochLog;
import explainrec.nn.TrainingListener;
import explainrec.nn.TrainingState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Short lines on how far a run is, for whoever waits: the notebook runner reads them from a file.
 */
public final class Reports {
  private static final String FILE = "EXPLAINREC_PROGRESS_FILE";
  private static final long PAUSE_NANOS = 1_000_000_000L;

  private Reports() {}

  /**
   * Hands lines to the file that the notebook runner named, if it did.
   *
   * @return takes a line
   */
  public static Consumer<String> toRunner() {
    String file = System.getenv(FILE);
    return file == null || file.isEmpty() ? line -> {} : line -> append(Path.of(file), line);
  }

  private static void append(Path file, String line) {
    try {
      Files.writeString(
          file,
          line + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      // Nobody can read the reports; the work itself goes on.
    }
  }

  /** Data preparation's progress as lines for the notebook runner, one a second at most. */
  static Progress progress() {
    return progress(toRunner());
  }

  /**
   * Progress as lines, one a second at most.
   *
   * @param lines takes each line
   * @return the progress
   */
  static Progress progress(Consumer<String> lines) {
    long[] last = {System.nanoTime() - PAUSE_NANOS};
    return (stage, done, total) -> {
      if (System.nanoTime() - last[0] >= PAUSE_NANOS) {
        last[0] = System.nanoTime();
        lines.accept(
            stage + (total > 0 ? ": " + done + " of " + total : done > 0 ? ": " + done : ""));
      }
    };
  }

  /**
   * Hands every finished epoch on, resumed ones first.
   *
   * @param form what an epoch is told as
   * @param listener takes each
   * @return the listener
   */
  static <E> TrainingListener epochs(Function<EpochLog, E> form, Consumer<E> listener) {
    return new TrainingListener() {
      private int told;

      @Override
      public void onEpoch(TrainingState state) {
        while (told < state.epochs().size()) {
          listener.accept(form.apply(state.epochs().get(told++)));
        }
      }
    };
  }

  /**
   * Training's progress as lines, one a second at most.
   *
   * @param run what is trained, a few words
   * @param lines takes each line
   * @return the listener
   */
  static TrainingListener training(String run, Consumer<String> lines) {
    return training(run, lines, log -> String.format(Locale.ROOT, "validation %.4f", log.score()));
  }

  /**
   * Training's progress as lines, one a second at most.
   *
   * @param run what is trained, a few words
   * @param lines takes each line
   * @param last says how the last epoch was
   * @return the listener
   */
  static TrainingListener training(
      String run, Consumer<String> lines, Function<EpochLog, String> last) {
    return new TrainingListener() {
      private long told = System.nanoTime() - PAUSE_NANOS;

      @Override
      public void onStep(TrainingState state) {
        if (System.nanoTime() - told >= PAUSE_NANOS) {
          told = System.nanoTime();
          lines.accept(run + ": " + where(state, last));
        }
      }
    };
  }

  private static String where(TrainingState state, Function<EpochLog, String> last) {
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "epoch %d/%d", state.epoch(), state.maxEpochs()));
    line.append(String.format(Locale.ROOT, ", step %d/%d", state.step(), state.steps()));
    double perStep = state.secondsThisEpoch() / state.step();
    double left = (double) (state.maxEpochs() - state.epoch() + 1) * state.steps() - state.step();
    if (!state.epochs().isEmpty()) {
      EpochLog log = state.epochs().get(state.epochs().size() - 1);
      line.append(", ").append(last.apply(log));
    }
    long seconds = Math.round(perStep * left);
    line.append(String.format(Locale.ROOT, ", at most %02d:%02d left", seconds / 60, seconds % 60));
    return line.toString();
  }
}
