package explainrec.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./kit study}, called in this process. */
final class StudyCommandTest {
  @TempDir private Path results;

  @Test
  void withoutANameItListsTheStudiesOfTheKit() {
    KitTest.Ended ended = KitTest.kit("study");
    assertEquals(0, ended.code(), ended.err());
    assertTrue(ended.out().contains("elixir-table-2"), ended.out());
    assertTrue(ended.out().contains("Number of prompt tokens"), ended.out());
  }

  @Test
  void aDryRunShowsWhatWouldRunAndWritesNothing() throws IOException {
    KitTest.Ended ended = small("study", "ablation-attention", "--dry-run");
    assertEquals(0, ended.code(), ended.err());
    assertTrue(ended.out().contains("world/runs/elixir-scaled-seed5: to be made"), ended.out());
    assertTrue(ended.out().contains("3 runs, 3 of them to be made"), ended.out());
    assertFalse(Files.exists(results.resolve("world")));
  }

  @Test
  void aStudyEndsWithItsTable() throws IOException {
    Path file =
        write("kind: ratings\ntitle: Mine\nseeds: 2\nmodels: [average, bias]\ncompare: bias\n");
    KitTest.Ended ended = small("study", file.toString());
    assertEquals(0, ended.code(), ended.err());
    assertTrue(ended.out().contains("run 4 of 4, bias seed 6: RMSE "), ended.out());
    assertTrue(ended.out().contains("**Mine: world**"), ended.out());
    for (String form : List.of(".csv", ".md", ".tex")) {
      assertTrue(Files.exists(results.resolve("world/tables/study-heads" + form)), form);
    }
    String tests = Files.readString(results.resolve("world/tables/study-heads-tests.md"));
    assertTrue(tests.contains("| RMSE | Average | 0."), tests);
    assertTrue(tests.contains("| 2 of 2 |"), tests);
    String csv = Files.readString(results.resolve("world/tables/study-heads.csv"));
    assertTrue(csv.startsWith("Model,seeds,RMSE,\"RMSE (sd over seeds)\",\"RMSE 95% low\","), csv);
    KitTest.Ended dry = small("study", file.toString(), "--dry-run");
    assertTrue(dry.out().contains("4 runs, 0 of them to be made"), dry.out());
  }

  @Test
  void aRunThatFailsIsAGapWithItsReasonAndTheCodeIs1() throws IOException {
    Path file =
        write(
            """
            kind: ratings
            models:
              - {model: elixir, kind: reviews, tag: lost, settings: {lm: no/such/folder}}
              - average
            """);
    KitTest.Ended ended = small("study", file.toString(), "--set", "width=4");
    assertEquals(1, ended.code(), ended.out() + ended.err());
    assertTrue(
        ended.out().contains("elixir-lost seed 5: failed: lm=no/such/folder: no such folder"),
        ended.out());
    assertTrue(ended.out().contains("| elixir-lost | folder | 0 of 1 | – |"), ended.out());
    assertTrue(ended.out().contains("Missing: elixir-lost, seed 5: lm=no/such"), ended.out());
    assertTrue(ended.out().contains("| Average | – | 1 | **0."), ended.out());
    assertFalse(ended.err().contains("\tat "), ended.err());
  }

  @Test
  void aStudyThatCannotBeIsRefusedInOneLine() throws IOException {
    refused(
        "heads.yaml:3: model biass",
        small("study", write("kind: ratings\nmodels:\n - biass\n").toString()));
    refused("study 'table-2' is not known", small("study", "table-2"));
    Path fine = write("kind: ratings\nmodels: [average]\n");
    refused("give one", small("study", fine.toString(), "--again", "--keep"));
    Files.createDirectories(results.resolve("world/runs/average-seed5"));
    Files.writeString(results.resolve("world/runs/average-seed5/run.json"), "{");
    refused("average-seed5: run.json cannot be read", small("study", fine.toString()));
    assertEquals(0, small("study", fine.toString(), "--again").code());
  }

  private static void refused(String words, KitTest.Ended ended) {
    assertEquals(2, ended.code(), ended.out() + ended.err());
    List<String> lines = ended.err().lines().filter(line -> line.startsWith("kit: ")).toList();
    assertEquals(1, lines.size(), ended.err());
    assertTrue(lines.get(0).contains(words), ended.err());
    assertFalse(ended.err().contains("\tat "), ended.err());
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(results.resolve("heads.yaml"), yaml);
  }

  /** A command on a world of 300 reviews, with seed 5. */
  private KitTest.Ended small(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--profile", "smoke", "--data", "world", "--seed", "5"));
    all.addAll(List.of("--device", "cpu", "--set", "worldUsers=40", "--set", "worldItems=20"));
    all.addAll(List.of("--set", "worldReviews=300", "--results", results.toString()));
    return KitTest.kit(all.toArray(String[]::new));
  }
}
