package explainrec.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.data.InputException;
import explainrec.data.Prepared;
import explainrec.data.Progress;
import explainrec.elixir.ElixirRatings;
import explainrec.nn.RatingLearner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs on a world of 300 reviews: what they leave, when they are made again. */
final class RatingRunTest {
  @TempDir private static Path home;

  private static final String[] THREE_EPOCHS = {
    "maxEpochs", "3", "mfEpochs", "3", "ncfEpochs", "3", "alfmEpochs", "3", "anrEpochs", "3"
  };

  @TempDir private Path results;

  /** Stands for a process that dies. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @EnumSource(RatingModel.class)
  void aRunLeavesAResultThatReadsBackTheSame(RatingModel model) throws IOException {
    RatingRun run = run(session(), model);
    List<Integer> heard = new ArrayList<>();
    RunResult result = run.onEpoch(epoch -> heard.add(epoch.epoch())).run();
    assertEquals(results.resolve("world/runs/" + model.id() + "-seed3"), run.folder());
    ObjectMapper json = RunJson.mapper(); // numbers that are none stand in the file, too
    assertEquals(
        json.readTree(json.writeValueAsString(result)),
        json.readTree(run.folder().resolve("run.json").toFile()));
    RunResult read =
        RunJson.mapper().readValue(run.folder().resolve("run.json").toFile(), RunResult.class);
    assertSameNumbers(result, read);
    assertEquals(model.trained() ? List.of(1, 2) : List.of(), heard);
    assertEquals(heard.size(), result.epochs().size());
    assertEquals(model.trained(), result.bestEpoch() > 0);
    assertEquals(result.data().test(), result.test().rows().length);
    assertTrue(result.metrics().values().stream().noneMatch(v -> v.isInfinite()));
    assertEquals(model != RatingModel.TRUTH, result.cost().parameters() > 0);
    assertFalse(files(run.folder()).stream().anyMatch(name -> name.endsWith(".part")));
  }

  @Test
  void aFinishedRunIsHandedBackWithoutTraining() throws IOException {
    RatingRun run = run(session(), RatingModel.ELIXIR);
    RunResult first = run.run();
    Map<String, FileTime> before = ages(run.folder());
    List<Integer> heard = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    RunResult second =
        run(session(), RatingModel.ELIXIR)
            .onEpoch(epoch -> heard.add(epoch.epoch()))
            .report(lines::add)
            .run();
    assertEquals(List.of(1, 2), heard, "the epochs of then");
    assertEquals(List.of(), lines, "no step was made");
    assertEquals(before, ages(run.folder()));
    assertSameNumbers(first, second);
    assertEquals(first.cost(), second.cost());
  }

  @Test
  void aChangedSettingOrSeedTrainsAgain() {
    RunResult first = run(session(), RatingModel.ELIXIR).run();
    RunResult narrow = run(session("width", "4"), RatingModel.ELIXIR).run();
    assertNotEquals(first.cost().parameters(), narrow.cost().parameters());
    assertEquals("4", narrow.settings().get("width").toString());
    RunResult back = run(session(), RatingModel.ELIXIR).run();
    assertSameNumbers(first, back);
    Session session = session();
    RunResult other = new RatingRun(session, prepare(session), RatingModel.ELIXIR, 4).run();
    assertNotEquals(first.epochs().get(0).loss(), other.epochs().get(0).loss());
  }

  @Test
  void anotherKeyTrainsAgain() throws IOException {
    RatingRun run = run(session(), RatingModel.ELIXIR);
    RunResult first = run.run();
    Files.writeString(run.folder().resolve("checkpoint/key"), "that of other code");
    RunResult second = run.run();
    assertSameNumbers(first, second);
    assertNotEquals("that of other code", Files.readString(run.folder().resolve("checkpoint/key")));
  }

  @Test
  void aDamagedResultIsMadeAgain() throws IOException {
    for (RatingModel model : List.of(RatingModel.BIAS, RatingModel.ELIXIR)) {
      RatingRun run = run(session(), model);
      RunResult first = run.run();
      Path file = run.folder().resolve("run.json");
      Files.writeString(file, Files.readString(file).substring(0, 200));
      assertSameNumbers(first, run.run());
      RunJson.mapper().readValue(file.toFile(), RunResult.class);
    }
  }

  @Test
  void aRunThatFailsToWriteIsNotTakenForFinished() throws IOException {
    RatingRun first = run(session(), RatingModel.ELIXIR);
    first.run();
    Path model = first.folder().resolve("checkpoint/model.safetensors");
    byte[] kept = Files.readAllBytes(model);
    Files.delete(model);
    Files.createDirectories(model.resolve("in the way"));
    RatingRun second = run(session("learningRate", "0.02"), RatingModel.ELIXIR);
    assertThrows(InputException.class, second::run);
    Files.delete(model.resolve("in the way"));
    Files.delete(model);
    Files.write(model, kept); // the old model, beside the old result
    RunResult made = second.run();
    assertEquals("0.02", made.settings().get("learningRate").toString());
  }

  @ParameterizedTest
  @EnumSource(
      value = RatingModel.class,
      names = {"ELIXIR", "MF", "NEUMF", "ALFM", "ANR"})
  void aKilledRunEndsWithTheSameNumbers(RatingModel model) {
    RunResult whole = run(session(THREE_EPOCHS), model).run();
    Path elsewhere = results.resolve("elsewhere");
    Session session = session(elsewhere, "cpu", THREE_EPOCHS);
    RatingRun killed =
        run(session, model)
            .onEpoch(
                epoch -> {
                  if (epoch.epoch() == 2) {
                    throw new Killed();
                  }
                });
    assertThrows(Killed.class, killed::run);
    assertFalse(Files.exists(killed.folder().resolve("run.json")));
    List<Integer> heard = new ArrayList<>();
    RunResult resumed = run(session, model).onEpoch(epoch -> heard.add(epoch.epoch())).run();
    assertEquals(List.of(1, 2, 3), heard, "each epoch once");
    assertSameNumbers(whole, resumed);
  }

  @Test
  void aRunKilledBeforeItsOwnEpochsEndsWithTheSameNumbers() throws IOException {
    RunResult whole = run(session(), RatingModel.NEUMF).run();
    Session session = session(results.resolve("elsewhere"), "cpu");
    RatingRun killed =
        run(session, RatingModel.NEUMF)
            .report(
                line -> {
                  if (line.contains("gmf is trained")) {
                    throw new Killed();
                  }
                });
    assertThrows(Killed.class, killed::run);
    assertEquals(List.of("checkpoint/state-gmf"), files(killed.folder()));
    List<String> lines = new ArrayList<>();
    assertSameNumbers(whole, run(session, RatingModel.NEUMF).report(lines::add).run());
    assertTrue(lines.get(0).startsWith("neumf seed 3: gmf is trained"), lines.toString());
    assertEquals(
        List.of(
            "checkpoint/key", "checkpoint/made.json", "checkpoint/model.safetensors", "run.json"),
        files(killed.folder()));
  }

  @Test
  void aTrainedModelCanBeOpenedAgain() {
    RatingRun run = run(session(), RatingModel.ELIXIR);
    RunResult result = run.run();
    Prepared prepared = prepare(session());
    int[] rows = result.test().rows();
    try (ElixirRatings elixir = run.open()) {
      float[][] predicted =
          elixir.predict(
              Ratings.users(prepared.interactions(), rows),
              Ratings.items(prepared.interactions(), rows));
      assertArrayEquals(result.test().overall(), predicted[0]);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RatingModel.class,
      names = {"ELIXIR", "MLP", "ALFM", "ANR"})
  void anyTrainedModelCanBeOpenedAgain(RatingModel model) {
    RatingRun run = run(session(), model);
    RunResult result = run.run();
    Prepared prepared = prepare(session());
    int[] rows = result.test().rows();
    try (RatingLearner learner = run.openLearner()) {
      float[][] predicted =
          learner.predict(
              Ratings.users(prepared.interactions(), rows),
              Ratings.items(prepared.interactions(), rows));
      assertArrayEquals(result.test().overall(), predicted[0]);
    }
  }

  @Test
  void aModelThatWasNotTrainedCannotBeOpened() {
    RatingRun run = run(session(), RatingModel.ELIXIR);
    InputException e = assertThrows(InputException.class, run::open);
    assertEquals(1, e.getMessage().lines().count());
    assertTrue(e.getMessage().contains("model.safetensors"), e.getMessage());
  }

  @ParameterizedTest
  @EnumSource(
      value = RatingModel.class,
      names = {"BIAS", "ELIXIR"})
  void aResultsFolderThatCannotBeMadeIsNamed(RatingModel model) throws IOException {
    Path file = Files.writeString(results.resolve("taken"), "a file");
    RatingRun run = run(session(file, "cpu"), model);
    InputException e = assertThrows(InputException.class, run::run);
    assertEquals(1, e.getMessage().lines().count());
    assertTrue(e.getMessage().contains("taken"), e.getMessage());
    assertEquals(List.of("taken"), files(results));
    assertEquals("a file", Files.readString(file));
  }

  @Test
  void aGpuThatIsNotThereIsToldInOneLine() {
    assumeTrue(Engine.getInstance().getGpuCount() == 0, "this machine has a GPU");
    Session session = session(results, "gpu");
    InputException e = assertThrows(InputException.class, session::chooseDevice);
    assertEquals(1, e.getMessage().lines().count());
    assertTrue(e.getMessage().contains("./kit doctor --gpu"), e.getMessage());
  }

  @Test
  void anUnknownDeviceOrSeedIsRefusedAtOnce() {
    assertTrue(
        assertThrows(InputException.class, () -> session(results, "tpu"))
            .getMessage()
            .contains("auto | cpu | gpu"));
    Map<String, String> environment = environment(results, "cpu");
    environment.put("EXPLAINREC_SEED", "many");
    InputException e =
        assertThrows(InputException.class, () -> Session.open(Map.of(), environment));
    assertTrue(e.getMessage().startsWith("setting seed = many: "), e.getMessage());
  }

  @Test
  void aStudyRunsEachModelWithEachSeed() {
    Session session = session("seeds", "2");
    RatingStudy study =
        new RatingStudy(session, prepare(session), List.of(RatingModel.AVERAGE, RatingModel.BIAS));
    assertArrayEquals(new long[] {3, 4}, study.seeds());
    assertEquals(
        List.of("average 3", "average 4", "bias 3", "bias 4"),
        study.run().stream().map(r -> r.model() + " " + r.seed()).toList());
  }

  private Session session(String... changes) {
    return session(results, "cpu", changes);
  }

  private static Session session(Path results, String device, String... changes) {
    Map<String, String> overrides = new LinkedHashMap<>();
    overrides.put("worldUsers", "40");
    overrides.put("worldItems", "20");
    overrides.put("worldReviews", "300");
    overrides.put("width", "6");
    overrides.put("maxEpochs", "2");
    for (int n = 0; n < changes.length; n += 2) {
      overrides.put(changes[n], changes[n + 1]);
    }
    return Session.open(overrides, environment(results, device));
  }

  private static Map<String, String> environment(Path results, String device) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("EXPLAINREC_HOME", home.toString());
    environment.put("EXPLAINREC_PROFILE", "smoke");
    environment.put("EXPLAINREC_RESULTS", results.toString());
    environment.put("EXPLAINREC_SEED", "3");
    environment.put("EXPLAINREC_DEVICE", device);
    return environment;
  }

  private static Prepared prepare(Session session) {
    return session.prepare(Progress.SILENT);
  }

  private static RatingRun run(Session session, RatingModel model) {
    return new RatingRun(session, prepare(session), model, session.seed());
  }

  /** All but times and memory. */
  private static void assertSameNumbers(RunResult expected, RunResult actual) {
    assertEquals(expected.metrics(), actual.metrics());
    assertEquals(expected.settings().toString(), actual.settings().toString());
    assertEquals(expected.deviations(), actual.deviations());
    assertEquals(expected.data(), actual.data());
    assertEquals(expected.bestEpoch(), actual.bestEpoch());
    assertEquals(expected.epochs().size(), actual.epochs().size());
    for (int n = 0; n < expected.epochs().size(); n++) {
      assertEquals(expected.epochs().get(n).loss(), actual.epochs().get(n).loss());
      assertEquals(
          expected.epochs().get(n).validationRmse(), actual.epochs().get(n).validationRmse());
    }
    assertArrayEquals(expected.test().rows(), actual.test().rows());
    assertArrayEquals(expected.test().overall(), actual.test().overall());
    assertEquals(expected.test().aspects().length, actual.test().aspects().length);
    for (int a = 0; a < expected.test().aspects().length; a++) {
      assertArrayEquals(expected.test().aspects()[a], actual.test().aspects()[a]);
    }
    assertArrayEquals(expected.leaked(), actual.leaked());
    assertArrayEquals(expected.coldUser(), actual.coldUser());
    assertArrayEquals(expected.coldItem(), actual.coldItem());
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static Map<String, FileTime> ages(Path folder) throws IOException {
    Map<String, FileTime> ages = new LinkedHashMap<>();
    for (String name : files(folder)) {
      ages.put(name, Files.getLastModifiedTime(folder.resolve(name)));
    }
    return ages;
  }
}
