package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import explainrec.data.InputException;
import explainrec.run.ExplanationResult;
import explainrec.run.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of explanation runs, beside those of other runs. */
class ExplanationFilesTest {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();
  @TempDir Path folder;

  private Path write(Result run) throws IOException {
    Path file = folder.resolve("runs/" + run.run() + "/run.json");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, MAPPER.writeValueAsString(run));
  }

  private String complaint(Consumer<ObjectNode> edit) throws IOException {
    ExplanationResult run = SampleExplanations.four("peter", "PETER", "mmi-rating", 42, 3, 0.6);
    ObjectNode tree = MAPPER.valueToTree(run);
    edit.accept(tree);
    Path file = Files.writeString(write(run), tree.toString());
    InputException e = assertThrows(InputException.class, () -> RunFiles.readExplanations(file));
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
    assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    return e.getMessage();
  }

  @Test
  void runsOfThreeKindsInOneFolderAreToldApart() throws IOException {
    write(SampleRuns.study(7).get(0));
    write(SampleReviews.four("elixir", "ELIXIR", 7, 0));
    write(SampleExplanations.four("peter", "PETER", "mmi-rating", 10, 3, 0.6));
    write(SampleExplanations.four("peter", "PETER", "mmi-rating", 9, 3, 0.6));
    write(SampleExplanations.four("peter", "PETER", "backbone", 10, 3, 0.6));
    assertEquals(1, RunFiles.read(folder).size());
    assertEquals(1, RunFiles.reviews(folder).size());
    assertEquals(
        List.of("peter-backbone-seed10", "peter-mmi-rating-seed9", "peter-mmi-rating-seed10"),
        RunFiles.explanations(folder).stream().map(Result::run).toList());
  }

  @Test
  void aRunComesBackAsItWasWritten() throws IOException {
    ExplanationResult run = SampleExplanations.four("att2seq", "Att2Seq", "mmi-rating", 42, 3, 0.6);
    ExplanationResult read = RunFiles.readExplanations(write(run));
    assertArrayEquals(run.test().judgeRating().joint(), read.test().judgeRating().joint());
    assertArrayEquals(run.test().named(), read.test().named());
    assertNull(read.test().rewardFeature());
    assertTrue(Double.isNaN(read.steps().get("rewardFeature")[0]));
    assertEquals(run.metrics(), read.metrics());
    assertEquals(
        ExplanationTables.alignment(List.of(run)).csv(),
        ExplanationTables.alignment(List.of(read)).csv());
  }

  @Test
  void partsThatDoNotFitAreRefusedWithTheirPlace() throws IOException {
    assertTrue(
        complaint(tree -> tree.put("variant", "mmi-weather")).contains("variant mmi-weather"));
    assertTrue(
        complaint(tree -> ((ObjectNode) tree.get("test")).putNull("sentence"))
            .contains("nothing at test.sentence"));
    assertTrue(
        complaint(tree -> ((ArrayNode) tree.get("test").get("words")).remove(0))
            .contains("differ in length, expected 4"));
    assertTrue(
        complaint(
                tree -> ((ArrayNode) tree.get("test").get("rating")).set(0, MAPPER.valueToTree(5)))
            .contains("class 5 of a rating"));
    assertTrue(
        complaint(tree -> ((ArrayNode) tree.get("steps").get("kl")).remove(0))
            .contains("columns of steps"));
    assertTrue(complaint(tree -> tree.put("bestEpoch", 9)).contains("bestEpoch 9 of 3"));
    assertTrue(complaint(tree -> tree.put("format", 2)).contains("format 2"));
  }
}
