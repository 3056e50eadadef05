package explainrec.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import explainrec.data.InputException;
import explainrec.data.Prepared;
import explainrec.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings searched on validation. */
final class StudySearchTest {
  private static final String SEARCH =
      """
      kind: ratings
      seeds: [3, 4]
      models: [average, bias, elixir]
      search:
        trials: 2
        seed: 5
        space:
          bias: {biasShrinkage: [0, 10, 1000]}
          elixir: {learningRate: [0.000001, 0.05]}
      """;

  @TempDir private static Path home;

  @TempDir private Path results;

  private final Session[] session = new Session[1];

  private StudyRun study(String yaml) throws IOException {
    session[0] = TinyStudy.session(home, results);
    StudyFile file = StudyFile.read(TinyStudy.write(results, yaml), session[0]);
    return new StudyRun(session[0], TinyStudy.prepare(session[0]), file);
  }

  private JsonNode kept() throws IOException {
    return RunJson.mapper().readTree(results.resolve("world/search/mine.json").toFile());
  }

  @Test
  void theWinnerOfTheTrialsRunsWithEverySeed() throws IOException {
    StudyResult found = study(SEARCH).run();
    assertEquals(
        List.of("average", "bias-tuned", "elixir-tuned"),
        found.rows().stream().map(row -> row.model().label()).toList());
    assertEquals(6, found.ratings().size());
    assertEquals("0.05", found.rows().get(2).model().settings().get("learningRate"));
    assertEquals("0.05", found.ratings().get(4).settings().get("learningRate").toString());
    assertEquals("not tuned", found.rows().get(0).tuning());
    for (int row = 1; row < 3; row++) {
      assertTrue(found.rows().get(row).tuning().matches("2 trials, \\d+ s"), "budget");
    }
    JsonNode trials = kept().get("trials");
    assertEquals(4, trials.size(), "the same number for both");
    double[] scores = new double[2];
    for (int n = 0; n < 2; n++) {
      scores[n] = trials.get(2 + n).get("score").asDouble();
      assertEquals("validation RMSE", trials.get(n).get("judgedBy").asText());
    }
    double best = Arrays.stream(scores).min().orElseThrow();
    for (int n = 0; n < 2; n++) {
      boolean won = trials.get(2 + n).get("settings").get("learningRate").asText().equals("0.05");
      assertEquals(won, scores[n] == best);
    }
    assertFalse(Files.exists(results.resolve("checkpoint/search/world-mine")), "nothing is left");
  }

  @Test
  void aTrialNeverSeesTheTestRows() {
    Session session = TinyStudy.session(home, results);
    Prepared prepared = TinyStudy.prepare(session);
    Split real = prepared.split();
    Split hidden = StudyTuner.withoutTest(prepared).split();
    assertTrue(real.test().length > 0);
    int[] seen =
        IntStream.concat(
                Arrays.stream(hidden.train()),
                IntStream.concat(Arrays.stream(hidden.validation()), Arrays.stream(hidden.test())))
            .sorted()
            .distinct()
            .toArray();
    for (int row : real.test()) {
      assertTrue(Arrays.binarySearch(seen, row) < 0, "test row " + row);
    }
    assertArrayEquals(real.train(), hidden.train());
    assertArrayEquals(real.validation(), hidden.validation());
    assertNotEquals(real.hash(), hidden.hash(), "nothing made for the one is taken for the other");
  }

  @Test
  void aTrialsScoreIsThatOfItsBestEpochOnValidation() throws IOException {
    study(SEARCH).run();
    for (JsonNode trial : kept().get("trials")) {
      if (trial.get("model").asText().equals("elixir")) {
        // The same training on the real split: its best validation RMSE, which is not its test's.
        RunResult real =
            (RunResult)
                new PlannedRun(
                        PlannedRun.Kind.RATINGS,
                        "elixir",
                        "check-" + trial.get("number").asInt(),
                        Map.of("learningRate", trial.get("settings").get("learningRate").asText()),
                        5)
                    .make(session[0], TinyStudy.prepare(session[0]), line -> {});
        double validation = real.epochs().get(real.bestEpoch() - 1).validationRmse();
        assertEquals(validation, trial.get("score").asDouble(), 1e-6);
        assertTrue(Math.abs(real.metrics().get("rmse") - validation) > 1e-4);
      }
    }
  }

  @Test
  void aSearchThatWasStoppedGoesOn() throws IOException {
    List<String> news = new ArrayList<>();
    StudyRun dying =
        study(SEARCH)
            .news(
                line -> {
                  news.add(line);
                  if (news.size() == 3) {
                    throw new IllegalStateException("stopped");
                  }
                });
    assertThrows(IllegalStateException.class, dying::run);
    assertEquals(2, kept().get("trials").size());
    String first = kept().get("trials").get(0).toString();
    news.clear();
    study(SEARCH).news(news::add).run();
    assertEquals(2, news.stream().filter(line -> line.startsWith("trial ")).count());
    assertEquals(first, kept().get("trials").get(0).toString());
    news.clear();
    study(SEARCH).news(news::add).run();
    assertEquals(List.of(), news);
  }

  @Test
  void trialsOfOtherSettingsAreNotTakenSilently() throws IOException {
    study(SEARCH).run();
    String other = SEARCH.replace("0.05]", "0.01]");
    InputException e = assertThrows(InputException.class, study(other)::run);
    assertTrue(e.getMessage().contains("search/mine.json: trial "), e.getMessage());
    assertTrue(e.getMessage().contains("learningRate = 0.05 (here 0.01)"), e.getMessage());
    study(other).again().run();
    Files.writeString(results.resolve("world/search/mine.json"), "{");
    InputException cut = assertThrows(InputException.class, study(other)::run);
    assertTrue(cut.getMessage().contains("cannot be read"), cut.getMessage());
  }
}
