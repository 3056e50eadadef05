package explainrec.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import explainrec.data.Prepared;
import explainrec.data.Progress;
import explainrec.elixir.ElixirModel;
import explainrec.elixir.Explanation;
import explainrec.elixir.ReviewSettings;
import explainrec.t5.SmallLanguageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that write, on a world of 300 reviews with a tiny language model of random weights. */
final class ReviewRunTest {
  @TempDir private static Path home;
  private static Path lm;

  @TempDir private Path results;

  /** Stands for a process that dies. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @BeforeAll
  static void writeModel() throws IOException {
    lm = SmallLanguageModel.write(home.resolve("lm"), 0.1);
  }

  @Test
  void aRunLeavesNumbersOnlyAndKeepsItsTextsOnThisMachine() throws IOException {
    ReviewRun run = run(session());
    List<String> samples = new ArrayList<>();
    ReviewResult result = run.onSample(review -> samples.add(review.written())).run();
    assertEquals(results.resolve("world/runs/elixir-reviews-seed3"), run.folder());
    int rows = result.data().test();
    assertEquals(rows, result.test().meteor().length);
    assertEquals(rows, result.test().bleuCounts().length);
    assertEquals(rows, result.leaked().length);
    assertEquals(2, result.epochs().size());
    assertEquals(2, samples.size());
    assertTrue(result.metrics().containsKey("bleuWithoutLeaked"));
    assertEquals(
        mean(result.test().meteor()), result.metrics().get("meteor"), 1e-12, "mean over rows");
    List<WrittenReview> written = run.written();
    assertEquals(rows, written.size());
    String json = Files.readString(run.folder().resolve("run.json"));
    for (WrittenReview review : written) {
      assertFalse(json.contains(review.real()), "a real review is in run.json");
    }
    assertTrue(result.deviations().stream().anyMatch(d -> d.startsWith("psi = light")));
    assertTrue(result.deviations().stream().anyMatch(d -> d.contains("(paper: t5-small)")));
  }

  @Test
  void aFinishedRunIsHandedBackAndExplains() {
    ReviewResult first = run(session()).run();
    List<Integer> heard = new ArrayList<>();
    ReviewRun again = run(session()).onEpoch(epoch -> heard.add(epoch.epoch()));
    ReviewResult second = again.run();
    assertEquals(List.of(1, 2), heard);
    assertEquals(first.cost(), second.cost());
    WrittenReview one = again.written().get(0);
    try (ElixirModel elixir = again.open()) {
      Explanation explained = elixir.explain(one.user(), one.item());
      assertEquals(one.written(), explained.review());
      assertNotNull(explained.userAttention());
    }
  }

  @Test
  void aKilledRunGoesOnToTheSameNumbers() {
    ReviewResult whole = run(session()).run();
    Path other = results.resolve("other");
    ReviewRun dying =
        run(session(other))
            .onEpoch(
                epoch -> {
                  throw new Killed();
                });
    assertThrows(Killed.class, dying::run);
    ReviewResult resumed = run(session(other)).run();
    assertArrayEquals(whole.test().meteor(), resumed.test().meteor());
    assertEquals(whole.epochs().get(1).loss(), resumed.epochs().get(1).loss());
  }

  @Test
  void aTagKeepsAVariantApart() {
    Session session = session();
    ReviewRun tagged =
        new ReviewRun(session, prepare(session), ReviewModel.ELIXIR, 3, "few-tokens");
    assertEquals(results.resolve("world/runs/elixir-few-tokens-reviews-seed3"), tagged.folder());
    assertThrows(
        InputException.class,
        () -> new ReviewRun(session, prepare(session), ReviewModel.ELIXIR, 3, "../x"));
  }

  @Test
  void aJointRunPredictsWithItsOwnRatingModule() {
    ReviewResult joint = run(session("training", "joint")).run();
    assertTrue(joint.cost().parameters().containsKey("rating"));
    assertTrue(joint.metrics().get("rmse") > 0);
    try (ElixirModel elixir = run(session("training", "joint")).open()) {
      assertNotNull(elixir);
    }
  }

  @Test
  void withoutAspectsThePromptIsOfThePairAlone() {
    Session session = session();
    ReviewModel model = ReviewModel.ELIXIR_NO_ASPECTS;
    ReviewResult result = new ReviewRun(session, prepare(session), model, 3).run();
    assertEquals("-Aspects", result.title());
    assertTrue(result.metrics().containsKey("rmse"));
    assertFalse(result.metrics().containsKey("aspect.rmse.mean"));
    long whole = run(session()).run().cost().parameters().get("psi");
    assertTrue(result.cost().parameters().get("psi") < whole, "u and i where there were aspects");
    try (ElixirModel elixir = new ReviewRun(session, prepare(session), model, 3).open()) {
      WrittenReview one = new ReviewRun(session, prepare(session), model, 3).written().get(0);
      Explanation explained = elixir.explain(one.user(), one.item());
      assertEquals(one.written(), explained.review());
      assertEquals(0, explained.aspects().length);
    }
    Session joint = session("training", "joint");
    assertTrue(new ReviewRun(joint, prepare(joint), model, 3).run().metrics().get("rmse") > 0);
  }

  @Test
  void aMissingLanguageModelIsNamedBeforeAnythingIsTrained() {
    for (String name : List.of("t5-small", "no/such/folder")) {
      InputException e = assertThrows(InputException.class, () -> run(session("lm", name)).run());
      assertTrue(e.getMessage().startsWith("lm=" + name), e.getMessage());
      assertEquals(1, e.getMessage().lines().count());
    }
    assertFalse(Files.exists(results.resolve("world/runs")));
  }

  @Test
  void aPromptGeneratorThatDoesNotFitIsRefusedWithAnEstimate() {
    ReviewSettings paper = ReviewSettings.paper();
    InputException e =
        assertThrows(
            InputException.class,
            () -> ReviewMemory.require(paper, 747_161_600L, 60_500_000L, 8, 4));
    assertTrue(e.getMessage().contains("747,161,600 numbers"), e.getMessage());
    assertTrue(e.getMessage().contains("about 14.1 GiB"), e.getMessage());
    ReviewMemory.require(paper, 747_161_600L, 60_500_000L, 20, 10);
  }

  private Session session(String... changes) {
    return session(results, changes);
  }

  private static Session session(Path results, String... changes) {
    Map<String, String> overrides = new LinkedHashMap<>();
    overrides.put("worldUsers", "40");
    overrides.put("worldItems", "20");
    overrides.put("worldReviews", "300");
    overrides.put("width", "6");
    overrides.put("lm", lm.toString());
    overrides.put("reviewEpochs", "2");
    overrides.put("maxTokens", "12");
    overrides.put("bertEncoder", "none");
    for (int n = 0; n < changes.length; n += 2) {
      overrides.put(changes[n], changes[n + 1]);
    }
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("EXPLAINREC_HOME", home.toString());
    environment.put("EXPLAINREC_PROFILE", "smoke");
    environment.put("EXPLAINREC_RESULTS", results.toString());
    environment.put("EXPLAINREC_SEED", "3");
    environment.put("EXPLAINREC_DEVICE", "cpu");
    return Session.open(overrides, environment);
  }

  private static Prepared prepare(Session session) {
    return session.prepare(Progress.SILENT);
  }

  private static ReviewRun run(Session session) {
    return new ReviewRun(session, prepare(session), ReviewModel.ELIXIR, session.seed());
  }

  private static double mean(double[] values) {
    return java.util.Arrays.stream(values).average().orElseThrow();
  }
}
