package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import explainrec.data.InputException;
import explainrec.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading run.json: whole ones, and each way of being broken. */
class RunFilesTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

  @TempDir private Path folder;

  private Path write(RunResult run, Consumer<ObjectNode> change) throws IOException {
    ObjectNode tree = JSON.valueToTree(run);
    change.accept(tree);
    Path file =
        folder.resolve("runs").resolve(run.model() + "-seed" + run.seed()).resolve("run.json");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, JSON.writeValueAsString(tree));
  }

  private static RunResult elixir() {
    return SampleRuns.run("elixir", "ELIXIR", 42, SampleRuns.noisy(6, 0.5, 1));
  }

  private static void refused(Path file, String... words) {
    String message = assertThrows(InputException.class, () -> RunFiles.read(file)).getMessage();
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.startsWith(file.toString()), message);
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
  }

  private void brokenBy(Consumer<ObjectNode> change, String... words) throws IOException {
    Path file = write(elixir(), change);
    String message = assertThrows(InputException.class, () -> RunFiles.read(folder)).getMessage();
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.startsWith(file.toString()), message);
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
  }

  @Test
  void runsComeBackByModelThenSeed() throws IOException {
    for (RunResult run : SampleRuns.study(43, 42)) {
      write(run, tree -> {});
    }
    List<RunResult> runs = RunFiles.read(folder);
    assertEquals(10, runs.size());
    assertEquals("average", runs.get(0).model());
    assertEquals(42, runs.get(0).seed());
    assertEquals(43, runs.get(1).seed());
    assertEquals("elixir-no-global", runs.get(9).model());
  }

  @Test
  void aRunKeepsItsNumbers() throws IOException {
    RunResult run = elixir();
    RunResult read = RunFiles.readFile(write(run, tree -> {}));
    assertEquals(run.metrics(), read.metrics());
    assertEquals(run.epochs(), read.epochs());
    assertEquals(run.data(), read.data());
  }

  @Test
  void anEmptyFolderSaysHowToMakeRuns() {
    refused(folder, "no run.json", "./kit");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    refused(folder.resolve("nowhere"), "cannot be listed");
  }

  @Test
  void aHalfWrittenFileIsNamed() throws IOException {
    Path file = write(elixir(), tree -> {});
    String whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.length() / 2));
    String message = assertThrows(InputException.class, () -> RunFiles.read(folder)).getMessage();
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.startsWith(file + ": "), message);
    assertTrue(message.contains("run the model again"), message);
  }

  @Test
  void aMissingFieldIsNamed() throws IOException {
    brokenBy(tree -> tree.remove("leaked"), "leaked");
  }

  @Test
  void anUnknownFieldIsNamed() throws IOException {
    brokenBy(tree -> tree.put("extra", 1), "extra");
  }

  @Test
  void anotherFormatIsRefused() throws IOException {
    brokenBy(tree -> tree.put("format", 2), "format 2", "expected 1");
  }

  @Test
  void columnsOfDifferentLengthAreRefused() throws IOException {
    brokenBy(
        tree -> ((ObjectNode) tree.get("test")).putArray("overall").add(1.0), "differ in length");
  }

  @Test
  void aBestEpochThatIsNotThereIsRefused() throws IOException {
    brokenBy(tree -> tree.put("bestEpoch", 9), "bestEpoch 9 of 5");
  }
}
