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
import explainrec.run.ReviewResult;
import explainrec.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of review runs, beside those of rating runs. */
class ReviewFilesTest {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();
  @TempDir Path folder;

  private Path write(Object run, String model, String dash, long seed) throws IOException {
    Path file = folder.resolve("runs/" + model + dash + "seed" + seed + "/run.json");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, MAPPER.writeValueAsString(run));
  }

  private Path write(ReviewResult run) throws IOException {
    return write(run, run.model(), "-reviews-", run.seed());
  }

  private Path edited(Consumer<ObjectNode> edit) throws IOException {
    ReviewResult run = SampleReviews.four("elixir", "ELIXIR", 42, 0);
    ObjectNode tree = MAPPER.valueToTree(run);
    edit.accept(tree);
    return Files.writeString(write(run), tree.toString());
  }

  private static String complaint(Path file) {
    InputException e = assertThrows(InputException.class, () -> RunFiles.readReviews(file));
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
    assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    assertTrue(e.getMessage().contains("run the model again"), e.getMessage());
    return e.getMessage();
  }

  @Test
  void ratingAndReviewRunsOfOneFolderAreToldApart() throws IOException {
    for (RunResult run : SampleRuns.study(7)) {
      write(run, run.model(), "-", run.seed());
    }
    for (ReviewResult run : SampleReviews.study(100, 7)) {
      write(run);
    }
    assertEquals(5, RunFiles.read(folder).size());
    assertEquals(
        List.of("elixir7", "elixir100", "elixir-no-aspects7", "elixir-no-aspects100"),
        RunFiles.reviews(folder).stream().map(r -> r.model() + r.seed()).toList());
  }

  @Test
  void aFolderWithOneKindOnlyHasNoneOfTheOther() throws IOException {
    write(SampleReviews.four("elixir", "ELIXIR", 1, 0));
    assertEquals(List.of(), RunFiles.read(folder));
    assertEquals(1, RunFiles.reviews(folder).size());
  }

  @Test
  void whatWasWrittenIsReadBackAlsoWhereThereIsNothing() throws IOException {
    ReviewResult run = SampleReviews.plain(SampleReviews.four("elixir", "ELIXIR", 1, 0));
    ReviewResult read = RunFiles.readReviews(write(run));
    assertArrayEquals(run.test().bleuCounts()[3], read.test().bleuCounts()[3]);
    assertEquals(run.epochs(), read.epochs());
    assertEquals(run.cost(), read.cost());
    assertEquals(run.lm(), read.lm());
    assertNull(read.test().bertF1());
    assertNull(read.test().content());
  }

  @Test
  void aFileCutShortIsNamedByBothReaders() throws IOException {
    Path file = write(SampleReviews.four("elixir", "ELIXIR", 42, 0));
    String whole = Files.readString(file);
    for (int length : new int[] {0, 1, 100, whole.length() / 2, whole.length() - 1}) {
      Files.writeString(file, whole.substring(0, length));
      complaint(file);
      assertThrows(InputException.class, () -> RunFiles.reviews(folder), () -> "at " + length);
    }
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    assertTrue(complaint(edited(tree -> tree.remove("profile"))).contains("profile"));
    assertTrue(complaint(edited(tree -> tree.putNull("leaked"))).contains("leaked"));
    assertTrue(
        complaint(edited(tree -> ((ObjectNode) tree.get("test")).putNull("meteor")))
            .contains("test.meteor"));
    assertTrue(complaint(edited(tree -> tree.put("mood", "good"))).contains("mood"));
  }

  @Test
  void columnsThatDoNotFitAreRefused() throws IOException {
    assertTrue(
        complaint(edited(tree -> ((ArrayNode) tree.get("test").get("rouge2")).remove(0)))
            .contains("4 values"));
    assertTrue(
        complaint(edited(tree -> ((ArrayNode) tree.get("test").get("content")).remove(0)))
            .contains("4 values"));
    assertTrue(
        complaint(edited(tree -> ((ArrayNode) tree.get("test").get("bleuCounts").get(1)).remove(0)))
            .contains("10 counts"));
    assertTrue(complaint(edited(tree -> tree.put("bestEpoch", 9))).contains("9 of 5 epochs"));
    assertTrue(complaint(edited(tree -> tree.put("format", 2))).contains("format 2, expected 1"));
    assertTrue(
        complaint(edited(tree -> ((ObjectNode) tree.get("test")).putNull("bertEncoder")))
            .contains("encoder"));
  }
}
