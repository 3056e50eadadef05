package explainrec.run;

import explainrec.data.AtomicFiles;
import explainrec.data.InputException;
import explainrec.nn.Checkpoint;
import explainrec.nn.FileCheckpoint;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of one run: {@code run.json}, and in {@code checkpoint/} the model, what a killed run
 * resumes from, and a key that says what all of it was made from.
 *
 * @param folder the run's folder
 * @param key changes with anything the result depends on
 */
record RunFolder(Path folder, String key) {
  private static final String RESULT = "run.json";
  private static final String STATE = "state";

  /** Where the trained parameters are. */
  Path model() {
    return checkpoint().resolve("model.safetensors");
  }

  /** The folder that is not kept with the results. */
  Path checkpoint() {
    return folder.resolve("checkpoint");
  }

  /** What training resumes from. */
  Checkpoint training() {
    return new FileCheckpoint(state(), key);
  }

  /**
   * What a part that is trained before the model resumes from.
   *
   * @param part its short word
   */
  Checkpoint training(String part) {
    return new FileCheckpoint(checkpoint().resolve(STATE + "-" + part), key);
  }

  /**
   * What a stage of training resumes from.
   *
   * @param stage from 0
   */
  Checkpoint training(int stage) {
    return stage == 0 ? training() : training("stage" + stage);
  }

  private Path state() {
    return checkpoint().resolve(STATE);
  }

  private Path keyFile() {
    return checkpoint().resolve("key");
  }

  /**
   * What an earlier run with the same key left.
   *
   * @param type of the result
   * @param files that it must have left, too
   * @return null when there is none, or a part is missing
   */
  <T> T finished(Class<T> type, Path... files) {
    try {
      for (Path file : files) {
        if (!Files.exists(file)) {
          return null;
        }
      }
      if (Files.exists(folder.resolve(RESULT)) && Files.readString(keyFile()).equals(key)) {
        return RunJson.mapper().readValue(folder.resolve(RESULT).toFile(), type);
      }
    } catch (IOException e) {
      // Not there, half there or not readable: the run is made anew.
    }
    return null;
  }

  /**
   * Takes an earlier run's key away before its files are replaced; the new one comes after them, so
   * that a key never stands beside files of another run.
   */
  void unfinish() {
    discard(keyFile());
  }

  /** Writes the result, then the key. */
  void finish(Record result) {
    RunJson.write(folder.resolve(RESULT), result);
    AtomicFiles.write(keyFile(), key);
    // Nothing resumes from a finished run, and its optimizer's state is three times the model.
    discard(state());
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(checkpoint(), STATE + "-*")) {
      parts.forEach(RunFolder::discard);
    } catch (IOException e) {
      // Nothing was trained, or a file stays that nobody reads.
    }
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new InputException(
          file + ": cannot be replaced; choose another folder or change its rights", e);
    }
  }
}
