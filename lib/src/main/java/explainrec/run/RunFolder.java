package explainrec.run;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import explainrec.data.AtomicFiles;
import explainrec.data.FolderLock;
import explainrec.data.InputException;
import explainrec.nn.FileCheckpoint;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The files of one run: {@code run.json}, and in {@code checkpoint/} the model, what a killed run
 * resumes from, a note of what all of it was made from, and that note's hash, the key.
 *
 * @param folder the run's folder
 * @param made what the result depends on
 */
record RunFolder(Path folder, RunKey made) {
  /** The file of a result. */
  static final String RESULT = "run.json";

  private static final String KEY = "key";
  private static final String NOTE = "made.json";
  private static final String STATE = "state";
  private static final JsonMapper NOTES =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /**
   * What a finished run leaves beside its files.
   *
   * @param key what it was made from
   * @param result SHA-256 of its run.json
   * @param files size of each other file, by name
   */
  private record Note(RunKey key, String result, Map<String, Long> files) {}

  /** Where the trained parameters are. */
  Path model() {
    return checkpoint().resolve("model.safetensors");
  }

  /** The folder that is not kept with the results. */
  Path checkpoint() {
    return folder.resolve("checkpoint");
  }

  /** What training resumes from. */
  FileCheckpoint training() {
    return new FileCheckpoint(state(), made.digest());
  }

  /**
   * What a part that is trained before the model resumes from.
   *
   * @param part its short word
   */
  FileCheckpoint training(String part) {
    return new FileCheckpoint(checkpoint().resolve(STATE + "-" + part), made.digest());
  }

  /**
   * What a stage of training resumes from.
   *
   * @param stage from 0
   */
  FileCheckpoint training(int stage) {
    return stage == 0 ? training() : training("stage" + stage);
  }

  /** Whether a part of this very run has been trained. */
  private boolean begun() {
    return states().stream().anyMatch(file -> new FileCheckpoint(file, made.digest()).begun());
  }

  /** The states of all parts. */
  private List<Path> states() {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(checkpoint())) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(checkpoint(), STATE + "{,-*}")) {
        found.forEach(files::add);
      } catch (IOException e) {
        throw new InputException(checkpoint() + ": cannot be listed; change its rights", e);
      }
    }
    return files;
  }

  /** The result's file. */
  Path result() {
    return folder.resolve(RESULT);
  }

  private Path state() {
    return checkpoint().resolve(STATE);
  }

  private Path keyFile() {
    return checkpoint().resolve(KEY);
  }

  private Path note() {
    return checkpoint().resolve(NOTE);
  }

  /**
   * What an earlier run with the same key left.
   *
   * @param type of the result
   * @param files that it must have left, too
   * @return null when there is none, a part is missing, or the result was changed by hand
   */
  <T> T finished(Class<T> type, Path... files) {
    try {
      for (Path file : files) {
        if (!Files.exists(file)) {
          return null;
        }
      }
      if (look().kind() == RunState.Kind.FINISHED) {
        return RunJson.mapper().readValue(result().toFile(), type);
      }
    } catch (IOException e) {
      // Not there, half there or not readable: the run is made anew.
    }
    return null;
  }

  /**
   * What an earlier run with the same key left, or what making it now gives. One process at a time
   * makes it; others wait, and find it made.
   *
   * @param type of the result
   * @param found hears of a result that was there
   * @param make makes it
   * @param lines hear when there is somebody to wait for
   * @param files as for {@link #finished}
   * @return the result
   */
  <T> T once(
      Class<T> type, Consumer<T> found, Supplier<T> make, Consumer<String> lines, Path... files) {
    T earlier = finished(type, files);
    if (earlier == null) {
      return FolderLock.holding(
          folder,
          lines,
          () -> {
            T meanwhile = finished(type, files);
            return meanwhile == null ? make.get() : told(meanwhile, found);
          });
    }
    return told(earlier, found);
  }

  private static <T> T told(T earlier, Consumer<T> found) {
    found.accept(earlier);
    return earlier;
  }

  /**
   * What stands in the folder.
   *
   * @return its state; a result without {@code checkpoint/} is {@link RunState.Kind#ELSEWHERE},
   *     with nothing compared
   */
  RunState look() {
    if (!Files.exists(result())) {
      return RunState.of(begun() ? RunState.Kind.STARTED : RunState.Kind.MISSING, "");
    }
    if (!Files.isDirectory(checkpoint())) {
      return RunState.of(RunState.Kind.ELSEWHERE, "made elsewhere, it has no checkpoint/");
    }
    RunState found;
    try {
      found = Files.exists(note()) ? look(NOTES.readValue(note().toFile(), Note.class)) : noNote();
    } catch (IOException e) {
      found = broken("checkpoint/" + NOTE + " cannot be read");
    }
    // The planned run was on its way to replace what stands here.
    return found.inTheWay() && begun() ? RunState.of(RunState.Kind.STARTED, "") : found;
  }

  private RunState noNote() {
    return Files.exists(keyFile())
        ? different(Set.of(RunState.Part.CODE), "made by an earlier version of the kit")
        : broken("half-written, the run that was to replace it did not end");
  }

  private RunState look(Note note) throws IOException {
    // A run that was stopped before its last act has no key, and its note tells what is whole.
    boolean keyed = Files.exists(keyFile());
    if (keyed && !Files.readString(keyFile()).equals(note.key().digest())) {
      return different(Set.of(RunState.Part.CODE), "its checkpoint/key is of another run");
    }
    Set<RunState.Part> parts = made.differs(note.key());
    if (keyed && !parts.isEmpty()) {
      return different(parts, "made from " + made.against(note.key(), parts));
    }
    if (!hash(Files.readAllBytes(result())).equals(note.result())) {
      return keyed
          ? RunState.of(RunState.Kind.EDITED, RESULT + " was changed after the run")
          : broken("half-written, the run that was to replace it did not end");
    }
    for (Map.Entry<String, Long> file : note.files().entrySet()) {
      Path path = checkpoint().resolve(file.getKey());
      if (!Files.isRegularFile(path) || Files.size(path) != file.getValue()) {
        return broken("checkpoint/" + file.getKey() + " is missing or cut short");
      }
    }
    return parts.isEmpty()
        ? RunState.of(RunState.Kind.FINISHED, "")
        : broken("half-written, the run that was to replace it did not end");
  }

  private static RunState different(Set<RunState.Part> parts, String words) {
    return new RunState(RunState.Kind.DIFFERENT, parts, words);
  }

  private static RunState broken(String words) {
    return RunState.of(RunState.Kind.BROKEN, words);
  }

  /**
   * Takes an earlier run's key away before its files are replaced; the new one comes after them, so
   * that a key never stands beside files of another run.
   */
  void unfinish() {
    discard(keyFile());
  }

  /** Writes what the result is made from, the result, and the key. */
  void finish(Record result) {
    byte[] json = RunJson.bytes(result);
    RunJson.write(note(), new Note(made, hash(json), sizes()));
    AtomicFiles.write(result(), out -> out.write(json));
    AtomicFiles.write(keyFile(), made.digest());
    // Nothing resumes from a finished run, and its optimizer's state is three times the model.
    states().forEach(RunFolder::discard);
  }

  private Map<String, Long> sizes() {
    Map<String, Long> sizes = new TreeMap<>();
    if (!Files.isDirectory(checkpoint())) {
      return sizes;
    }
    try (Stream<Path> files = Files.list(checkpoint())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".safetensors") || name.endsWith(".jsonl")) {
          sizes.put(name, Files.size(file));
        }
      }
    } catch (IOException e) {
      throw new InputException(checkpoint() + ": cannot be listed; change its rights", e);
    }
    return sizes;
  }

  private static String hash(byte[] file) {
    return DigestUtils.sha256Hex(file);
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
