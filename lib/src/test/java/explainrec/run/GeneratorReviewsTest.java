package explainrec.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.backbones.BiasRating;
import explainrec.data.InputException;
import explainrec.data.Prepared;
import explainrec.data.Progress;
import explainrec.metrics.RatingMetrics;
import explainrec.nn.Trainable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Generators that write whole reviews, on a world of 300 reviews. */
final class GeneratorReviewsTest {
  @TempDir private static Path home;
  @TempDir private Path results;

  /** Stands for a process that dies. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @EnumSource(
      value = ReviewModel.class,
      names = {"ATT2SEQ", "NRT", "PETER"})
  void aGeneratorWritesForElixirsTestRows(ReviewModel model) {
    Session session = session();
    Prepared prepared = prepare(session);
    ReviewRun run = new ReviewRun(session, prepared, model, 3);
    List<String> samples = new ArrayList<>();
    ReviewResult result = run.onSample(review -> samples.add(review.written())).run();
    assertEquals(results.resolve("world/runs/" + model.id() + "-reviews-seed3"), run.folder());
    assertEquals(2, samples.size());
    assertEquals(prepared.split().hash(), result.data().splitHash());
    int[] rows = prepared.split().test();
    List<WrittenReview> written = run.written();
    assertArrayEquals(rows, written.stream().mapToInt(WrittenReview::row).toArray());
    assertEquals(prepared.interactions().text(rows[0]), written.get(0).real());
    assertTrue(Arrays.stream(result.test().words()).allMatch(words -> words <= 12));
    assertEquals(rows.length, result.test().loss().length);
    assertTrue(Arrays.stream(result.test().loss()).allMatch(loss -> loss > 0));
    assertTrue(result.epochs().get(1).validationLoss() < result.epochs().get(0).validationLoss());
    assertNull(result.lm());
    assertEquals(model != ReviewModel.ATT2SEQ, result.ratings() != null);
    if (result.ratings() != null) {
      assertArrayEquals(rows, result.ratings().rows());
      double rmse = RatingMetrics.of(result.ratings()).rmse();
      assertEquals(rmse, result.metrics().get("rmse"), 1e-9);
    }
    assertFalse(result.metrics().containsKey("aspect.rmse.mean"));
    assertTrue(result.cost().parameters().get("generator") > 0);
    assertTrue(result.deviations().contains("reviewWords = 12 (paper: 128)"));
    assertTrue(result.deviations().contains("reviewGeneratorEpochs = 2 (paper: 0)"));
    assertFalse(result.settings().containsKey("psi"));
    List<Integer> heard = new ArrayList<>();
    ReviewResult again =
        new ReviewRun(session, prepared, model, 3).onEpoch(one -> heard.add(one.epoch())).run();
    assertEquals(List.of(1, 2), heard);
    assertEquals(result.cost(), again.cost());
  }

  @Test
  void aKilledRunGoesOnToTheSameNumbers() {
    Session session = session();
    ReviewResult whole = new ReviewRun(session, prepare(session), ReviewModel.NRT, 3).run();
    Session elsewhere = session(results.resolve("other"));
    ReviewRun dying =
        new ReviewRun(elsewhere, prepare(elsewhere), ReviewModel.NRT, 3)
            .onEpoch(
                epoch -> {
                  throw new Killed();
                });
    assertThrows(Killed.class, dying::run);
    ReviewResult resumed = new ReviewRun(elsewhere, prepare(elsewhere), ReviewModel.NRT, 3).run();
    assertArrayEquals(whole.test().meteor(), resumed.test().meteor());
    assertArrayEquals(whole.test().loss(), resumed.test().loss());
    assertEquals(whole.epochs().get(1).loss(), resumed.epochs().get(1).loss());
  }

  @Test
  void ratingsThatAreExplainedAreNotTheRowsOwnUnlessAskedFor() {
    Session session = session();
    Prepared prepared = prepare(session);
    int[] rows = prepared.split().test();
    float[] predicted =
        new BiasRating(prepared.split(), session.settings().bias())
            .predict(
                Ratings.users(prepared.interactions(), rows),
                Ratings.items(prepared.interactions(), rows))[0];
    assertArrayEquals(predicted, GivenRatings.of(session, prepared, rows));
    Session asking = session.with(Map.of("explainedRating", "real"));
    assertEquals(
        prepared.interactions().overall(rows[1]), GivenRatings.of(asking, prepared, rows)[1]);
    List<String> said = session.settings().models().deviations(ReviewModel.ATT2SEQ, "", "minilm");
    assertTrue(said.stream().anyMatch(d -> d.startsWith("explainedRating = predicted")), "" + said);
    assertEquals(
        "predicted",
        session.settings().models().of(ReviewModel.ATT2SEQ, "", "x").get("explainedRating"));
    assertFalse(
        session.settings().models().of(ReviewModel.PETER, "", "x").containsKey("explainedRating"));
  }

  @Test
  void epochsAreChosenByTheWrittenSampleAndTheLearningRateFollowsTheModelsOwnLoss() {
    Session session = session("selectBy", "meteor");
    try (ReviewWriter writer =
        new GeneratorWriter(
            session, prepare(session), GeneratorModel.PETER, 3, review -> {}, line -> {})) {
      Trainable.Validation validation = writer.training().validate();
      assertEquals(-validation.parts().get("meteor"), validation.score());
      double rmse = validation.parts().get("rmse");
      double own = validation.parts().get(Trainable.Validation.FOLLOWED);
      assertNotEquals(validation.score(), own);
      assertTrue(own > rmse * rmse, "nats a token besides the rating's squared error");
    }
  }

  @Test
  void whileNothingIsWrittenRightTheLossDecidesBetweenEpochs() {
    Prepared prepared = prepare(session());
    WrittenSample judge = new WrittenSample(prepared.interactions(), "bleu", review -> {});
    int[] rows = {0, 1};
    List<String> wrong = List.of("x", "x");
    List<String> right = Arrays.stream(rows).mapToObj(prepared.interactions()::text).toList();
    assertTrue(judge.score(rows, wrong, 2).score() < judge.score(rows, wrong, 3).score());
    assertTrue(judge.score(rows, right, 9).score() < judge.score(rows, wrong, 0).score());
  }

  @Test
  void onlyElixirExplainsAnyPairAndSaysSo() {
    Session session = session();
    ReviewRun run = new ReviewRun(session, prepare(session), ReviewModel.ATT2SEQ, 3);
    InputException e = assertThrows(InputException.class, run::open);
    assertTrue(e.getMessage().startsWith("model att2seq"), e.getMessage());
    assertThrows(InputException.class, () -> ReviewModel.of("peter-plus"));
  }

  @Test
  void theLimitOfTheVocabularyIsTheSameForEveryGeneratorWithWords() {
    Session session = session("reviewGeneratorVocabulary", "60");
    KitSettings settings = session.with(session.settings().wholeReviews().changes()).settings();
    assertEquals(60, settings.att2seq().att2seqVocabulary());
    assertEquals(60, settings.nrt().nrtVocabulary());
    assertEquals(60, settings.peter().peterVocabulary());
    Prepared prepared = prepare(session);
    long limited = parameters(session, prepared);
    assertTrue(limited < parameters(session("reviewGeneratorVocabulary", "61"), prepared));
  }

  private static long parameters(Session session, Prepared prepared) {
    try (GeneratorWriter writer =
        new GeneratorWriter(
            session, prepared, GeneratorModel.ATT2SEQ, 3, written -> {}, line -> {})) {
      return writer.sizes().get("generator");
    }
  }

  private Session session(String... changes) {
    return session(results, changes);
  }

  private static Session session(Path results, String... changes) {
    Map<String, String> overrides = new LinkedHashMap<>();
    overrides.put("worldUsers", "40");
    overrides.put("worldItems", "20");
    overrides.put("worldReviews", "300");
    overrides.put("reviewWords", "12");
    overrides.put("bertEncoder", "none");
    overrides.put("reviewGeneratorEpochs", "2"); // PETER's own are 6 here
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
}
