package explainrec.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studies on a world of 300 reviews: what they make, what they refuse, how they go on. */
final class StudyRunTest {
  private static final String TWO =
      """
      kind: ratings
      seeds: [3, 4]
      models: [bias, elixir]
      """;

  @TempDir private static Path home;

  @TempDir private Path results;

  /** Stands for a process that dies: no failure of a run, so nothing catches it. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private Session session(String... changes) {
    return TinyStudy.session(home, results, changes);
  }

  private StudyRun study(Session session, String yaml) throws IOException {
    StudyFile file = StudyFile.read(TinyStudy.write(results, yaml), session);
    return new StudyRun(session, TinyStudy.prepare(session), file);
  }

  private StudyRun study(String yaml) throws IOException {
    return study(session(), yaml);
  }

  private Path folder(String run) {
    return results.resolve("world/runs").resolve(run);
  }

  private static List<RunState.Kind> states(StudyRun study) {
    return study.plan().stream().map(one -> one.state().kind()).toList();
  }

  @Test
  void whatIsThereIsNotMadeAgain() throws IOException {
    List<String> news = new ArrayList<>();
    StudyResult first = study(TWO).news(news::add).run();
    assertEquals(4, news.size());
    assertTrue(news.get(0).startsWith("run 1 of 4, bias seed 3: RMSE "), news.get(0));
    FileTime made = Files.getLastModifiedTime(folder("elixir-seed4").resolve("run.json"));
    news.clear();
    StudyResult second = study(TWO).news(news::add).run();
    assertEquals(List.of(), news);
    assertEquals(made, Files.getLastModifiedTime(folder("elixir-seed4").resolve("run.json")));
    assertEquals(metrics(first), metrics(second));
    assertEquals(
        List.of("bias 3", "bias 4", "elixir 3", "elixir 4"),
        second.ratings().stream().map(run -> run.model() + " " + run.seed()).toList());
  }

  private static List<Object> metrics(StudyResult study) {
    return study.ratings().stream().map(run -> (Object) run.metrics()).toList();
  }

  @Test
  void aStudyThatIsKilledGoesOnWhereItWas() throws IOException {
    StudyResult whole = study(session("maxEpochs", "3"), TWO).run();
    results = Files.createDirectories(results.resolve("killed"));
    Session session = session("maxEpochs", "3");
    RunExecutor executor =
        (s, prepared, runs, listener) -> {
          for (PlannedRun run : runs) {
            listener.started(run);
            if (run.model().equals("elixir") && run.seed() == 4) {
              new RatingRun(s, prepared, RatingModel.ELIXIR, 4)
                  .onEpoch(
                      epoch -> {
                        if (epoch.epoch() == 2) {
                          throw new Killed();
                        }
                      })
                  .run();
            }
            listener.finished(run, run.make(s, prepared, line -> {}));
          }
        };
    assertThrows(Killed.class, study(session, TWO).on(executor)::run);
    assertEquals(
        List.of(
            RunState.Kind.FINISHED,
            RunState.Kind.FINISHED,
            RunState.Kind.FINISHED,
            RunState.Kind.STARTED),
        states(study(session, TWO)));
    List<String> news = new ArrayList<>();
    StudyResult resumed = study(session, TWO).news(news::add).run();
    assertEquals(1, news.size());
    assertEquals(metrics(whole), metrics(resumed));
  }

  @Test
  void aRunOfOtherSettingsIsNotReplacedSilently() throws IOException {
    study(TWO).run();
    StudyRun other = study(session("width", "4", "maxEpochs", "1"), TWO);
    InputException e = assertThrows(InputException.class, other::run);
    assertEquals(1, e.getMessage().lines().count());
    assertTrue(e.getMessage().contains("runs/elixir-seed3"), e.getMessage());
    assertTrue(e.getMessage().contains("width = 6 (here 4)"), e.getMessage());
    assertTrue(e.getMessage().contains("maxEpochs = 2 (here 1)"), e.getMessage());
    assertTrue(e.getMessage().contains("(and 1 more folders)"), e.getMessage());
    assertTrue(e.getMessage().contains("--again"), e.getMessage());
    assertThrows(InputException.class, other.keep()::run, "settings are never taken");
    StudyResult anew = study(session("width", "4", "maxEpochs", "1"), TWO).again().run();
    assertEquals("4", anew.ratings().get(2).settings().get("width").toString());
    assertEquals(1, anew.ratings().get(2).epochs().size());
  }

  @Test
  void aRunOfOtherDataIsNotMixedIn() throws IOException {
    study(TWO).run();
    StudyRun other = study(session("worldReviews", "320"), TWO);
    InputException e = assertThrows(InputException.class, other::run);
    assertTrue(e.getMessage().contains("bias-seed3: made from other data"), e.getMessage());
  }

  @Test
  void aRunOfOtherCodeIsTakenOnRequestOnlyAndSaidSo() throws IOException {
    study(TWO).run();
    Path note = folder("bias-seed4/checkpoint/made.json");
    String code = "\"code\" : \"";
    String text = Files.readString(note);
    int place = text.indexOf(code) + code.length();
    String other = text.substring(0, place) + "0123" + text.substring(place + 4);
    Files.writeString(note, other);
    RunKey there =
        RunJson.mapper()
            .readTree(other)
            .get("key")
            .traverse(RunJson.mapper())
            .readValueAs(RunKey.class);
    Files.writeString(folder("bias-seed4/checkpoint/key"), there.digest());
    InputException e = assertThrows(InputException.class, study(TWO)::run);
    assertTrue(e.getMessage().contains("bias-seed4: made from other code;"), e.getMessage());
    assertEquals(1, study(TWO).keep().run().kept());
    assertEquals(0, study(TWO).again().run().kept());
    assertEquals(RunState.Kind.FINISHED, states(study(TWO)).get(1));
  }

  @Test
  void anEditedResultIsFoundAndNamed() throws IOException {
    study(TWO).run();
    Path file = folder("bias-seed3/run.json");
    Files.writeString(file, Files.readString(file).replaceFirst("\"rmse\" : 0", "\"rmse\" : 00"));
    Files.writeString(file, Files.readString(file) + " ");
    assertEquals(RunState.Kind.EDITED, states(study(TWO)).get(0));
    InputException e = assertThrows(InputException.class, study(TWO).keep()::run);
    assertTrue(e.getMessage().contains("run.json was changed after the run"), e.getMessage());
  }

  @Test
  void aHalfWrittenRunIsFoundAndNamed() throws IOException {
    study(TWO).run();
    Path model = folder("elixir-seed3/checkpoint/model.safetensors");
    Files.write(model, new byte[10]);
    Files.delete(folder("bias-seed3/checkpoint/key"));
    Files.writeString(folder("bias-seed3/run.json"), "{\"format\"");
    StudyRun study = study(TWO);
    assertEquals(RunState.Kind.BROKEN, states(study).get(0));
    assertEquals(RunState.Kind.BROKEN, states(study).get(2));
    InputException e = assertThrows(InputException.class, study::run);
    assertTrue(e.getMessage().contains("bias-seed3: half-written"), e.getMessage());
    study(TWO).again().run();
    assertFalse(states(study(TWO)).stream().anyMatch(k -> k != RunState.Kind.FINISHED));
  }

  @Test
  void aRunThatOnlyLacksItsKeyIsWhole() throws IOException {
    study(TWO).run();
    Files.delete(folder("bias-seed3/checkpoint/key"));
    assertEquals(RunState.Kind.FINISHED, states(study(TWO)).get(0));
  }

  @Test
  void resultsWithoutACheckpointCountAsMadeElsewhere() throws IOException {
    study(TWO).run();
    for (String run : List.of("bias-seed3", "elixir-seed3")) {
      delete(folder(run + "/checkpoint"));
    }
    assertEquals(RunState.Kind.ELSEWHERE, states(study(TWO)).get(0));
    InputException e = assertThrows(InputException.class, study(TWO)::run);
    assertTrue(e.getMessage().contains("bias-seed3: made elsewhere"), e.getMessage());
    StudyResult kept = study(TWO).keep().run();
    assertEquals(2, kept.kept());
    assertEquals(4, kept.ratings().size());
    StudyRun wider = study(session("width", "8"), TWO).keep();
    String words = assertThrows(InputException.class, wider::run).getMessage();
    assertTrue(words.contains("width = 6 (here 8)"), words);
  }

  @Test
  void theRunsBelowAReviewRunAreGuardedToo() throws IOException {
    study("kind: ratings\nmodels: [elixir]").run();
    StudyRun reviews = study(session("width", "4"), "kind: reviews\nmodels: [elixir]");
    InputException e = assertThrows(InputException.class, reviews::run);
    assertTrue(e.getMessage().contains("runs/elixir-seed3: "), e.getMessage());
  }

  @Test
  void keptResultsWithoutWeightsAreNotOfferedToRunsThatStartFromThem() throws IOException {
    study("kind: ratings\nmodels: [elixir]").run();
    delete(folder("elixir-seed3/checkpoint"));
    StudyRun reviews = study("kind: reviews\nmodels: [elixir]").keep();
    String words = assertThrows(InputException.class, reviews::run).getMessage();
    assertTrue(words.contains("elixir-seed3: made elsewhere"), words);
    assertTrue(words.contains("the study's runs start from its weights: --again"), words);
    assertFalse(words.contains("--keep"), words);
  }

  @Test
  void variantsOfReviewsLeaveTheModelsOwnRatingRunAlone() throws IOException {
    Session session = session();
    PlannedRun wide =
        new PlannedRun(PlannedRun.Kind.REVIEWS, "elixir", "wide", Map.of("width", "8"), 3);
    PlannedRun fewer =
        new PlannedRun(PlannedRun.Kind.REVIEWS, "elixir", "eta", Map.of("promptTokens", "2"), 3);
    assertEquals(folder("elixir-wide-seed3"), wide.below(session).get(0).folder(session));
    assertEquals(folder("elixir-seed3"), fewer.below(session).get(0).folder(session));
    PlannedRun aligned =
        new PlannedRun(
            PlannedRun.Kind.EXPLANATIONS,
            "att2seq",
            "big",
            Map.of("align", "rating", "att2seqHidden", "32"),
            3);
    assertEquals(
        folder("att2seq-backbone-big-seed3"), aligned.below(session).get(0).folder(session));
  }

  @Test
  void aRunThatCrashesLeavesAGapAndTheOthersGoOn() throws IOException {
    String yaml =
        """
        kind: ratings
        seeds: 1
        models:
          - {model: elixir, tag: wild, settings: {learningRate: 1, dropout: 0}}
          - bias
        """;
    List<String> news = new ArrayList<>();
    RunExecutor crashing =
        (session, prepared, runs, listener) ->
            new LocalExecutor()
                .execute(
                    session,
                    prepared,
                    runs,
                    new Passing(listener) {
                      @Override
                      public void progress(PlannedRun run, String line) {
                        if (run.tag().equals("wild")) {
                          throw new ArithmeticException("no numbers left");
                        }
                      }
                    });
    StudyResult found = study(yaml).on(crashing).news(news::add).run();
    assertEquals(1, found.failed());
    assertEquals(List.of("bias"), found.ratings().stream().map(RunResult::model).toList());
    String why = found.rows().get(0).failures().get(3L).why();
    assertEquals("ArithmeticException: no numbers left", why);
    Path trace = folder("elixir-wild-seed3/checkpoint/error.txt");
    assertTrue(Files.readString(trace).contains("at explainrec."), "the stack trace is kept");
    assertTrue(news.get(0).contains("failed: " + why), news.get(0));
    assertEquals(0, study(yaml).run().failed(), "started again, it is tried again");
  }

  @Test
  void failuresAreToldInOneLine() {
    assertEquals(
        new RunFailure("setting x = 1: allowed is 2", ""),
        RunFailure.of(InputException.setting("x", 1, "2")));
    assertTrue(RunFailure.of(new OutOfMemoryError("heap")).why().startsWith("out of memory"));
    RunFailure fault = RunFailure.of(new IllegalStateException("a\nb"));
    assertEquals("IllegalStateException: a", fault.why());
    assertNotEquals("", fault.trace());
  }

  @Test
  void theTimeLeftIsThatOfRunsLikeThoseThatAreDone() {
    long[] clock = {0};
    TimeLeft left = new TimeLeft(() -> clock[0]);
    List<PlannedRun> runs = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      runs.add(new PlannedRun(PlannedRun.Kind.RATINGS, "elixir", "", Map.of(), seed));
    }
    left.left(runs);
    assertEquals("", left.words());
    left.started(runs.get(0));
    clock[0] += 90_000_000_000L;
    left.ended(runs.get(0), true);
    assertEquals("about 3:00 left", left.words());
    left.started(runs.get(1));
    clock[0] += 30_000_000_000L;
    assertEquals("about 2:30 left", left.words());
    clock[0] += 300_000_000_000L;
    assertEquals("about 1:30 left", left.words(), "a slow run is not counted below nothing");
  }

  /** A listener that hands everything on. */
  private static class Passing implements RunExecutor.Listener {
    private final RunExecutor.Listener to;

    Passing(RunExecutor.Listener to) {
      this.to = to;
    }

    @Override
    public void started(PlannedRun run) {
      to.started(run);
    }

    @Override
    public void progress(PlannedRun run, String line) {
      to.progress(run, line);
    }

    @Override
    public void finished(PlannedRun run, Result result) {
      to.finished(run, result);
    }

    @Override
    public void failed(PlannedRun run, RunFailure why) {
      to.failed(run, why);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
