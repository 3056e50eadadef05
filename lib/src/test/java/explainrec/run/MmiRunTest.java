package explainrec.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import explainrec.data.Prepared;
import explainrec.data.Progress;
import explainrec.mmi.StepLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of generators on a tiny world. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MmiRunTest {
  @TempDir static Path home;
  private Session session;
  private Prepared prepared;

  @BeforeAll
  void prepareTheWorld() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("EXPLAINREC_HOME", home.toString());
    environment.put("EXPLAINREC_PROFILE", "smoke");
    environment.put("EXPLAINREC_DEVICE", "cpu");
    session =
        Session.open(
            Map.of("worldReviews", "1500", "mmiRows", "48", "mmiBatchSize", "16"), environment);
    prepared = session.prepare(Progress.SILENT);
  }

  private MmiRun run(GeneratorModel model, String tag, Map<String, String> changes) {
    return new MmiRun(session, prepared, model, 42, tag, changes);
  }

  @Test
  void aFineTunedRunStandsOnItsBackboneAndLogsEveryStep() {
    List<StepLog> steps = new ArrayList<>();
    MmiRun fineTuned =
        run(GeneratorModel.ATT2SEQ, "", Map.of("align", "rating")).onStep(steps::add);
    ExplanationResult result = fineTuned.run();
    ExplanationResult backbone = run(GeneratorModel.ATT2SEQ, "", Map.of("align", "none")).run();
    assertEquals("mmi-rating", result.variant());
    assertEquals("backbone", backbone.variant());
    assertTrue(backbone.steps().isEmpty());
    assertFalse(steps.isEmpty());
    StepLog.MEANINGS
        .keySet()
        .forEach(name -> assertEquals(steps.size(), result.steps().get(name).length, name));
    assertNull(result.test().rewardFeature());
    assertNull(result.test().featureEstimated());
    assertEquals(result.test().real().length, fineTuned.written().size());
    assertArrayEquals(
        backbone.test().predicted(), result.test().predicted(), "both explain the same ratings");
    assertEquals(backbone.estimator().judgeEncoder(), result.estimator().judgeEncoder());
    assertNotEquals(result.estimator().judgeEncoder(), result.estimator().rewardEncoder());
    assertTrue(Double.isFinite(result.metrics().get("miRatingShare")));
    assertTrue(result.metrics().containsKey("truePolarity"));
  }

  @Test
  void aFinishedRunIsHandedBackAndTheSameSeedGivesTheSameNumbers() throws Exception {
    Map<String, String> changes = Map.of("align", "feature", "mmiEpochs", "1");
    ExplanationResult first = run(GeneratorModel.PETER_PLUS, "once", changes).run();
    MmiRun again = run(GeneratorModel.PETER_PLUS, "once", changes);
    long written = Files.getLastModifiedTime(again.folder().resolve("run.json")).toMillis();
    assertEquals(first.metrics(), again.run().metrics());
    assertEquals(written, Files.getLastModifiedTime(again.folder().resolve("run.json")).toMillis());
    Files.delete(again.folder().resolve("run.json"));
    ExplanationResult anew = run(GeneratorModel.PETER_PLUS, "once", changes).run();
    assertEquals(first.metrics(), anew.metrics());
    assertArrayEquals(first.steps().get("reward"), anew.steps().get("reward"));
    assertEquals(first.test().real().length, first.test().featureEstimated().length);
  }

  @Test
  void aRunStoppedBetweenEpochsGoesOnWithTheSameNumbers() {
    Map<String, String> changes = Map.of("align", "rating", "mmiEpochs", "3");
    ExplanationResult whole = run(GeneratorModel.ATT2SEQ, "whole", changes).run();
    int[] epochs = {0};
    RuntimeException killed = new IllegalStateException("killed");
    assertEquals(
        killed,
        assertThrows(
            IllegalStateException.class,
            () ->
                run(GeneratorModel.ATT2SEQ, "whole2", changes)
                    .onEpoch(
                        epoch -> {
                          if (++epochs[0] == 2) {
                            throw killed;
                          }
                        })
                    .run()));
    ExplanationResult resumed = run(GeneratorModel.ATT2SEQ, "whole2", changes).run();
    assertArrayEquals(whole.steps().get("reward"), resumed.steps().get("reward"));
    assertArrayEquals(whole.steps().get("weightMi"), resumed.steps().get("weightMi"));
    assertEquals(whole.metrics(), resumed.metrics());
  }

  @Test
  void studiesTrainTheJudgeOnceForAll() {
    List<String> lines = new ArrayList<>();
    List<ExplanationResult> results =
        new MmiStudy(session, prepared)
            .add(GeneratorModel.ATT2SEQ, "", Map.of("align", "none"))
            .add(GeneratorModel.APREF2SEQ, "", Map.of("align", "none"))
            .report(lines::add)
            .run();
    assertEquals(List.of("att2seq", "apref2seq"), results.stream().map(r -> r.model()).toList());
    assertEquals(
        results.get(0).estimator().judgeEncoder(), results.get(1).estimator().judgeEncoder());
  }

  @Test
  void elixirOnExplanationsRunsAsAPolicyForItsOwnNumberOfEpochs() {
    Map<String, String> changes =
        Map.of("align", "rating", "mmiEpochs", "2", "mmiElixirEpochs", "1");
    ExplanationResult result = run(GeneratorModel.ELIXIR, "", changes).run();
    assertEquals(1, result.epochs().size());
    assertEquals("ELIXIR", result.title());
    assertTrue(result.settings().containsKey("psi"));
  }

  @Test
  void peplerTrainsInStagesGoesOnAfterAKillAndIsBetterThanUntrained() {
    Map<String, String> changes = Map.of("align", "none", "peplerEpochs", "2");
    ExplanationResult whole = run(GeneratorModel.PEPLER, "whole", changes).run();
    assertEquals("PEPLER (gpt2-mini)", whole.title());
    assertEquals(List.of(1, 2, 3, 4), whole.epochs().stream().map(epoch -> epoch.epoch()).toList());
    assertTrue(whole.bestEpoch() > 2, "the second stage's best is kept");
    assertTrue(
        whole.deviations().stream().anyMatch(line -> line.startsWith("gpt = gpt2-mini, trained")),
        whole.deviations().toString());
    assertTrue(whole.settings().containsKey("gptWidth"));
    RuntimeException killed = new IllegalStateException("killed");
    assertThrows(
        IllegalStateException.class,
        () ->
            run(GeneratorModel.PEPLER, "whole2", changes)
                .onEpoch(
                    epoch -> {
                      if (epoch.epoch() == 3) {
                        throw killed;
                      }
                    })
                .run());
    ExplanationResult resumed = run(GeneratorModel.PEPLER, "whole2", changes).run();
    assertEquals(whole.metrics(), resumed.metrics());
    assertEquals(4, resumed.epochs().size());
    ExplanationResult untrained =
        run(
                GeneratorModel.PEPLER,
                "untrained",
                Map.of("align", "none", "peplerEpochs", "1", "peplerLearningRate", "1e-9"))
            .run();
    assertTrue(last(whole).get("text") < last(untrained).get("text") - 0.5);
    assertTrue(whole.metrics().get("rmse") < untrained.metrics().get("rmse"));
  }

  private static Map<String, Double> last(ExplanationResult result) {
    return result.epochs().get(result.epochs().size() - 1).validation();
  }

  @Test
  void peplerIsFineTunedByMmi() {
    ExplanationResult result =
        run(GeneratorModel.PEPLER, "", Map.of("align", "rating", "mmiEpochs", "1")).run();
    assertEquals("mmi-rating", result.variant());
    assertTrue(Double.isFinite(result.metrics().get("miRatingShare")));
  }

  @Test
  void aGpt2ThatIsNotThereIsRefusedWithWhatToDo() {
    for (String gpt : List.of("gpt2", "nowhere")) {
      InputException refused =
          assertThrows(
              InputException.class,
              () -> run(GeneratorModel.PEPLER, "", Map.of("align", "none", "gpt", gpt)).run());
      assertTrue(refused.getMessage().startsWith("gpt=" + gpt + ": there is no folder "));
      assertTrue(refused.getMessage().contains("openai-community/gpt2"), refused.getMessage());
      assertEquals(1, refused.getMessage().lines().count());
    }
  }

  @Test
  void unknownSettingsAreRefusedBeforeAnythingRuns() {
    assertThrows(
        InputException.class, () -> run(GeneratorModel.PETER, "", Map.of("aline", "rating")));
    assertThrows(
        InputException.class, () -> run(GeneratorModel.PETER, "", Map.of("align", "price")));
  }
}
