package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();
  @TempDir Path folder;

  private Path write(RunResult run) throws IOException {
    Path file = folder.resolve("runs/" + run.model() + "-seed" + run.seed() + "/run.json");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, MAPPER.writeValueAsString(run));
  }

  private Path edited(java.util.function.Consumer<ObjectNode> edit) throws IOException {
    Path file = write(SampleRuns.study(42).get(2));
    ObjectNode tree = MAPPER.valueToTree(SampleRuns.study(42).get(2));
    edit.accept(tree);
    return Files.writeString(file, tree.toString());
  }

  private static String complaint(Path file) {
    InputException e = assertThrows(InputException.class, () -> RunFiles.readFile(file));
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
    assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    assertTrue(e.getMessage().contains("run the model again"), e.getMessage());
    return e.getMessage();
  }

  @Test
  void whatWasWrittenIsReadBack() throws IOException {
    RunResult run = SampleRuns.study(42).get(2);
    RunResult read = RunFiles.readFile(write(run));
    assertEquals(run.metrics(), read.metrics());
    assertEquals(run.epochs(), read.epochs());
    assertEquals(run.settings(), read.settings());
    assertArrayEquals(run.test().aspects()[1], read.test().aspects()[1]);
    assertArrayEquals(run.leaked(), read.leaked());
  }

  @Test
  void numbersThatAreNoneAreReadBack() throws IOException {
    RunResult run = SampleRuns.study(42).get(2);
    run.test().overall()[0] = Float.NaN;
    assertTrue(Float.isNaN(RunFiles.readFile(write(run)).test().overall()[0]));
  }

  @Test
  void runsComeByModelThenSeedAsANumber() throws IOException {
    for (RunResult run : SampleRuns.study(100, 7)) {
      write(run);
    }
    assertEquals(
        List.of(
            "average7",
            "average100",
            "bias7",
            "bias100",
            "elixir7",
            "elixir100",
            "elixir-no-attention7",
            "elixir-no-attention100",
            "elixir-no-global7",
            "elixir-no-global100"),
        RunFiles.read(folder).stream().map(r -> r.model() + r.seed()).toList());
  }

  @Test
  void aFileCutShortIsNamed() throws IOException {
    Path file = write(SampleRuns.study(42).get(2));
    String whole = Files.readString(file);
    for (int length : new int[] {0, 1, 100, whole.length() / 2, whole.length() - 1}) {
      Files.writeString(file, whole.substring(0, length));
      complaint(file);
    }
  }

  @Test
  void aMissingFieldIsNamed() throws IOException {
    assertTrue(complaint(edited(tree -> tree.remove("profile"))).contains("profile"));
    assertTrue(
        complaint(edited(tree -> ((ObjectNode) tree.get("data")).remove("splitHash")))
            .contains("splitHash"));
    assertTrue(complaint(edited(tree -> tree.putNull("leaked"))).contains("leaked"));
  }

  @Test
  void aWordInPlaceOfANumberIsLocated() throws IOException {
    assertTrue(complaint(edited(tree -> tree.put("bestEpoch", "three"))).contains("bestEpoch"));
  }

  @Test
  void anUnknownFieldIsNamed() throws IOException {
    assertTrue(complaint(edited(tree -> tree.put("mood", "good"))).contains("mood"));
  }

  @Test
  void columnsOfDifferentLengthsAreRefused() throws IOException {
    assertTrue(complaint(edited(tree -> tree.putArray("leaked").add(true))).contains("200 values"));
  }

  @Test
  void anotherFormatIsRefused() throws IOException {
    assertTrue(complaint(edited(tree -> tree.put("format", 2))).contains("format 2, expected 1"));
  }

  @Test
  void aBestEpochBeyondTheLastIsRefused() throws IOException {
    assertTrue(complaint(edited(tree -> tree.put("bestEpoch", 9))).contains("9 of 5 epochs"));
  }

  @Test
  void aFolderWithoutRunsSaysWhatMakesSome() {
    InputException e = assertThrows(InputException.class, () -> RunFiles.read(folder));
    assertTrue(e.getMessage().contains("./kit"), e.getMessage());
    assertThrows(InputException.class, () -> RunFiles.read(folder.resolve("nowhere")));
  }
}
