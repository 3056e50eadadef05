package explainrec.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.report.RunFiles;
import explainrec.report.SampleReviews;
import explainrec.run.ReviewResult;
import explainrec.run.RunResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line, called in this process: what it prints, and how it ends. */
final class KitTest {
  @TempDir private Path results;

  /** How a command ended, and what it said. */
  record Ended(int code, String out, String err) {
    /** Asks for exit code 2 and one line that holds all the words, and no more. */
    void assertRefused(String... words) {
      assertEquals(2, code, () -> out + err);
      assertEquals(1, err.lines().count(), err);
      assertTrue(err.startsWith("kit: "), err);
      for (String word : words) {
        assertTrue(err.contains(word), () -> word + " is not in: " + err);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "study",
        "explain",
        "data",
        "fetch",
        "tables",
        "bench",
        "completion",
        "help"
      })
  void everyCommandHasHelp(String command) {
    Ended ended = kit(command, "--help");
    assertEquals(0, ended.code(), ended.err());
    assertTrue(ended.out().contains("Usage: kit " + command), ended.out());
    assertEquals("", ended.err());
  }

  @Test
  void theKitItselfHasHelpAndAVersion() {
    Ended help = kit("--help");
    assertEquals(0, help.code());
    for (String command :
        List.of("run", "explain", "data", "fetch", "tables", "bench", "completion")) {
      assertTrue(help.out().contains("  " + command), help.out());
    }
    Ended version = kit("--version");
    assertEquals(0, version.code());
    assertTrue(version.out().startsWith("explainrec-kit "), version.out());
  }

  @Test
  void noCommandIsRefused() {
    kit().assertRefused("--help");
  }

  @ParameterizedTest
  @CsvSource({
    "runn, runn",
    "run elixirr, elixir-no-attention",
    "run, which model",
    "run bias bias, bias",
    "run bias --reviews, bias writes no reviews",
    "run nrt --reviews --align rating, --reviews",
    "explain u i --model att2seq, att2seq writes reviews only",
    "run bias --profil smoke, --profil",
    "run bias --profile fast, smoke | quick | paper",
    "run bias --data nowhere, nowhere",
    "run bias --data no/where.csv, no/where.csv",
    "run bias --seed many, many",
    "run bias --device tpu, auto | cpu | gpu",
    "run bias --set widht=3, widht",
    "run bias --set width=wide, width",
    "run bias --set width=0, from 1 to 4096",
    "run bias --set width, width",
    "run bias --set variant=full, variant",
    "run bias --set, --set",
    "explain someone something --spark local, --pairs",
    "explain someone something --spark-set spark.task.cpus=2, --spark MASTER",
    "study nothing.yaml --spark local, nothing.yaml",
    "data --data nowhere, nowhere",
    "data extra, extra",
    "tables, DIR",
    "fetch, NAME",
    "fetch everything, everything",
    "bench --reviews many, many"
  })
  void whatTheUserGotWrongIsToldInOneLine(String line, String word) {
    kit(line.split(" ")).assertRefused(word);
  }

  @Test
  void aGpuThatIsNotThereIsToldBeforeAnythingIsRead() {
    assumeTrue(Engine.getInstance().getGpuCount() == 0, "this machine has a GPU");
    kit("run", "bias", "--profile", "smoke", "--device", "gpu", "--results", results.toString())
        .assertRefused("device gpu", "./kit doctor --gpu");
  }

  @Test
  void aRunWritesItsResultAndPrintsATable() {
    Ended ended = small("run", "bias");
    assertEquals(0, ended.code(), ended.err());
    Path file = results.resolve("world/runs/bias-seed5/run.json");
    RunResult result = RunFiles.readFile(file);
    assertEquals("bias", result.model());
    assertEquals(5, result.seed());
    assertEquals("smoke", result.profile());
    assertTrue(ended.out().contains("Written: " + file), ended.out());
    assertTrue(ended.out().contains("RMSE"), ended.out());
  }

  @Test
  void aTrainedRunTellsEveryEpochAndTablesCanBeMadeOfIt() {
    Ended run = small("run", "elixir-no-attention", "--ratings-only", "--set", "width=4");
    assertEquals(0, run.code(), run.err());
    assertEquals(
        List.of("epoch  1", "epoch  2"),
        run.out().lines().filter(l -> l.startsWith("epoch")).map(l -> l.substring(0, 8)).toList());
    assertTrue(run.out().contains("width = 4 (paper: 256)"), run.out());
    Ended tables = kit("tables", results.resolve("world").toString());
    assertEquals(0, tables.code(), tables.err());
    assertTrue(Files.exists(results.resolve("world/tables/ratings-overall.csv")));
    assertTrue(tables.out().contains("-Attention"), tables.out());
  }

  @Test
  void aRunOfElixirWritesReviewsAndThenExplains() throws IOException {
    Ended run = small("run", "elixir", "--set", "width=4", "--set", "bertEncoder=none");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("METEOR"), run.out());
    assertTrue(run.out().contains("t5-mini, pre-trained by the kit"), run.out());
    assertTrue(Files.exists(results.resolve("world/runs/elixir-reviews-seed5/run.json")));
    Ended tables = kit("tables", results.resolve("world").toString());
    assertEquals(0, tables.code(), tables.err());
    assertTrue(Files.exists(results.resolve("world/tables/reviews.csv")), tables.out());

    String[] pair = firstPair(results.resolve("world/runs/elixir-reviews-seed5/checkpoint"));
    Ended one = small("explain", pair[0], pair[1], "--set", "width=4", "--set", "bertEncoder=none");
    assertEquals(0, one.code(), one.err());
    assertTrue(one.out().startsWith(pair[0] + " on " + pair[1]), one.out());
    assertTrue(one.out().contains("cleanliness"), one.out());

    Path pairs = results.resolve("pairs.csv");
    Path out = results.resolve("answers.jsonl");
    Files.writeString(pairs, "user,item\n%s,%s\n".formatted(pair[0], pair[1]));
    Ended many =
        small(
            "explain",
            "--pairs",
            pairs.toString(),
            "--out",
            out.toString(),
            "--set",
            "width=4",
            "--set",
            "bertEncoder=none");
    assertEquals(0, many.code(), many.err());
    List<String> answers = Files.readAllLines(out);
    assertEquals(1, answers.size());
    assertTrue(answers.get(0).contains("\"user\":\"" + pair[0] + "\""), answers.get(0));
  }

  private static String[] firstPair(Path checkpoint) throws IOException {
    String line = Files.readAllLines(checkpoint.resolve("reviews.jsonl")).get(0);
    var json = new com.fasterxml.jackson.databind.ObjectMapper().readTree(line);
    return new String[] {json.get("user").asText(), json.get("item").asText()};
  }

  @Test
  void explainRefusesWhomTheDataDoNotKnowBeforeItTrains() throws IOException {
    small("explain", "nobody", "nothing").assertRefused("user nobody", "40 users");
    small("explain").assertRefused("USER", "--pairs");
    Path pairs = results.resolve("pairs.csv");
    Files.writeString(pairs, "user,item\nsomebody,\n");
    small("explain", "--pairs", pairs.toString()).assertRefused(pairs + ":2", "no item");
    Files.writeString(pairs, "user,item\n");
    small("explain", "--pairs", pairs.toString()).assertRefused("no pairs");
    small("run", "bias", "--tag", "x").assertRefused("--tag");
    small("run", "elixir", "--tag", "A B").assertRefused("tag");
  }

  @Test
  void aRunsSettingsCanBeListed() {
    Ended ended = kit("run", "--settings", "--profile", "smoke", "--set", "width=4");
    assertEquals(0, ended.code(), ended.err());
    List<String> lines = ended.out().lines().toList();
    assertTrue(lines.contains("width=4"), ended.out());
    assertTrue(lines.contains("batchSize=64"), ended.out());
  }

  @Test
  void dataShowsExplanationsAndWritesNone() throws IOException {
    Ended ended = small("data", "--explanations", "3", "--set", "minFeatureCount=3");
    assertEquals(0, ended.code(), ended.err());
    List<String> lines = ended.out().lines().toList();
    assertTrue(
        lines.get(0).matches("world: .* of 300 reviews have an explanation .*"), lines.get(0));
    assertTrue(lines.get(2).startsWith("Most frequent features: "), lines.get(2));
    assertEquals(3 + 2 + 3, lines.size(), ended.out());
    try (Stream<Path> files = Files.walk(results)) {
      assertEquals(0, files.filter(Files::isRegularFile).count());
    }
    small("data", "--explanations", "-1").assertRefused("explanations", "-1");
  }

  @Test
  void dataWritesItsTables() throws IOException {
    Ended ended = small("data");
    assertEquals(0, ended.code(), ended.err());
    for (String name : List.of("data-steps", "data-table1", "data-split", "data-leaks")) {
      for (String form : List.of(".csv", ".md", ".tex")) {
        Path file = results.resolve("world/tables").resolve(name + form);
        assertTrue(Files.size(file) > 0, file.toString());
      }
    }
    assertTrue(ended.out().contains("5-core"), ended.out());
  }

  @Test
  void tablesOfReviewRunsAreMadeFromTheirFilesAlone() throws IOException {
    Path folder = results.resolve("world");
    for (ReviewResult run : SampleReviews.study(1, 2)) {
      Path file = folder.resolve("runs/" + run.model() + "-reviews-seed" + run.seed());
      Files.createDirectories(file);
      new ObjectMapper().writeValue(file.resolve("run.json").toFile(), run);
    }
    Ended tables = kit("tables", folder.toString());
    assertEquals(0, tables.code(), tables.err());
    for (String name : List.of("reviews", "reviews-variants", "reviews-content")) {
      assertTrue(Files.exists(folder.resolve("tables").resolve(name + ".md")), name);
    }
    assertTrue(tables.out().contains("-Aspects, t5-mini"), tables.out());
    assertFalse(Files.exists(folder.resolve("tables/ratings-overall.csv")));
    Files.writeString(folder.resolve("runs/elixir-reviews-seed1/run.json"), "{\"kind\": \"revi");
    kit("tables", folder.toString()).assertRefused("elixir-reviews-seed1", "run the model again");
  }

  @Test
  void tablesOfAFolderWithoutRunsAreRefused() throws IOException {
    kit("tables", results.toString()).assertRefused("run.json");
    kit("tables", results.resolve("nowhere").toString()).assertRefused("nowhere");
    try (Stream<Path> files = Files.list(results)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void aResultsFolderThatIsAFileIsRefused() throws IOException {
    Path file = Files.writeString(results.resolve("taken"), "a file");
    Ended ended = small("run", "average", "--results", file.toString());
    assertEquals(2, ended.code());
    assertTrue(ended.err().contains("kit: " + file), ended.err());
    assertFalse(ended.err().contains("\tat "), ended.err());
    assertEquals("a file", Files.readString(file));
  }

  @Test
  void completionKnowsTheCommands() {
    Ended ended = kit("completion");
    assertEquals(0, ended.code());
    assertTrue(ended.out().startsWith("#!"), ended.out());
    for (String word : List.of("run", "data", "fetch", "tables", "bench", "--profile", "--set")) {
      assertTrue(ended.out().contains(word), word);
    }
  }

  /** A command on a world of 300 reviews, with seed 5; later options win. */
  private Ended small(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--profile", "smoke", "--data", "world", "--seed", "5"));
    all.addAll(List.of("--device", "cpu", "--set", "worldUsers=40", "--set", "worldItems=20"));
    all.addAll(List.of("--set", "worldReviews=300"));
    if (!all.contains("--results")) {
      all.addAll(List.of("--results", results.toString()));
    }
    return kit(all.toArray(String[]::new));
  }

  /** Runs a command as the command line would, and hands back what it said. */
  static Ended kit(String... words) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    try (PrintStream newOut = new PrintStream(said, true, StandardCharsets.UTF_8);
        PrintStream newErr = new PrintStream(complained, true, StandardCharsets.UTF_8)) {
      System.setOut(newOut);
      System.setErr(newErr);
      int code = Kit.execute(words);
      return new Ended(
          code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
