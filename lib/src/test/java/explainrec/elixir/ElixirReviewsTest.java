package explainrec.elixir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import explainrec.data.InputException;
import explainrec.data.Progress;
import explainrec.data.Split;
import explainrec.nn.Checkpoint;
import explainrec.nn.SmallSplit;
import explainrec.nn.Trainable;
import explainrec.nn.Trainer;
import explainrec.t5.LanguageModel;
import explainrec.t5.SmallLanguageModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElixirReviewsTest {
  private static final int WIDTH = 8;

  @TempDir private Path folder;
  private final Split split = SmallSplit.grid(6, 10, 3);
  private final RatingSettings ratingSettings = SmallElixir.settings("full", WIDTH, 0.1);
  private LanguageModel lm;
  private ElixirRatings ratings;

  @BeforeEach
  void open() throws IOException {
    lm = LanguageModel.open(SmallLanguageModel.write(folder.resolve("lm"), 0));
    ratings = SmallElixir.untrained(split, ratingSettings, 3);
  }

  @AfterEach
  void close() {
    ratings.close();
    lm.close();
  }

  @Test
  void psiIsTrainedAndTheFrozenPartsStayAsTheyAre() {
    float[] before = ratings.parameters().values();
    try (ElixirReviews reviews = reviews(settings(Map.of()), split)) {
      float[] start = reviews.parameters().values();
      double first = train(reviews, 6).epochs().get(0).losses().get("loss");
      double last = mean(reviews.losses(split.train()));
      assertTrue(last < first, last + " is not below " + first);
      assertFalse(Arrays.equals(start, reviews.parameters().values()));
      assertEquals(Set.of("psi"), reviews.sizes().keySet());
    }
    assertArrayEquals(before, ratings.parameters().values());
  }

  @Test
  void everyParameterOfBothFormsOfPsiMoves() {
    for (String psi : List.of("paper", "light")) {
      try (ElixirReviews reviews = reviews(settings(Map.of("psi", psi)), split)) {
        Map<String, float[]> before = values(reviews);
        train(reviews, 1);
        values(reviews)
            .forEach(
                (name, after) ->
                    assertFalse(Arrays.equals(before.get(name), after), name + " did not move"));
      }
    }
  }

  @Test
  void aBatchIsLearntByHeart() {
    int[] few = Arrays.copyOf(split.train(), 3);
    Split small = withTrain(few);
    ReviewSettings settings = settings(Map.of("lmTraining", "trained", "promptDropout", "0"));
    try (ElixirReviews reviews = reviews(settings, small)) {
      train(reviews, 150, 0.01);
      double loss = mean(reviews.losses(few));
      assertTrue(loss < 0.3, "loss " + loss);
      List<String> written = reviews.write(users(few), items(few), Progress.SILENT);
      assertEquals(Arrays.stream(few).mapToObj(split.data()::text).toList(), written);
    }
  }

  @Test
  void jointTrainingMovesTheRatingModuleToo() {
    try (ElixirReviews reviews = reviews(settings(Map.of("training", "joint")), split)) {
      Map<String, float[]> before = values(reviews);
      Map<String, Double> losses = train(reviews, 1).epochs().get(0).losses();
      assertEquals(Set.of("loss", "overall", "aspects", "review"), losses.keySet());
      values(reviews)
          .forEach(
              (name, after) ->
                  assertFalse(Arrays.equals(before.get(name), after), name + " did not move"));
      assertTrue(before.containsKey("user.embedding"));
      Path file = folder.resolve("joint.safetensors");
      reviews.save(file);
      ratings.load(file);
      assertArrayEquals(
          values(reviews).get("user.embedding"),
          ratings.parameters().frozen().get("user.embedding").toFloatArray());
    }
  }

  @Test
  void savedParametersWriteTheSameReviews() {
    Path file = folder.resolve("psi.safetensors");
    int[] rows = split.test();
    List<String> written;
    try (ElixirReviews reviews = reviews(settings(Map.of()), split)) {
      train(reviews, 1);
      reviews.save(file);
      written = reviews.write(users(rows), items(rows), Progress.SILENT);
    }
    try (ElixirReviews loaded = reviews(settings(Map.of()), split)) {
      loaded.load(file);
      assertEquals(written, loaded.write(users(rows), items(rows), Progress.SILENT));
    }
  }

  @Test
  void theSameSeedTrainsTheSameModel() {
    float[][] twice = new float[2][];
    for (int n = 0; n < 2; n++) {
      try (ElixirReviews reviews = reviews(settings(Map.of()), split)) {
        train(reviews, 2);
        twice[n] = reviews.parameters().values();
      }
    }
    assertArrayEquals(twice[0], twice[1]);
  }

  @Test
  void anEpochSeesEveryTrainingRowOnceInBatchesOfSimilarLength() {
    try (ElixirReviews reviews = reviews(settings(Map.of()), split)) {
      int steps = reviews.beginEpoch(5);
      int seen = 0;
      for (int step = 0; step < steps; step++) {
        seen += reviews.examples(step);
      }
      assertEquals(split.train().length, seen);
    }
  }

  @Test
  void lossesOfReviewsAgreeWithTheLossOfTheBatch() {
    int[] rows = Arrays.copyOf(split.train(), 4);
    ReviewSettings settings = settings(Map.of("promptDropout", "0"));
    try (ElixirReviews reviews = reviews(settings, withTrain(rows))) {
      assertEquals(1, reviews.beginEpoch(1));
      double batch = reviews.loss(0, reviews.parameters().frozen()).total().getFloat();
      assertEquals(mean(reviews.losses(rows)), batch, 1e-5);
    }
  }

  @Test
  void anExplanationHoldsRatingsAttentionAndText() {
    try (ElixirReviews reviews = reviews(settings(Map.of()), split)) {
      ElixirModel model = new ElixirModel(split.data(), ratings, reviews, true, lm);
      Explanation one = model.explain("user1", "item2");
      assertEquals(3, one.aspects().length);
      assertEquals(1, sum(one.userAttention()), 1e-5);
      assertEquals(1, sum(one.itemAttention()), 1e-5);
      assertEquals(
          one.review(),
          model
              .explain(List.of("user0", "user1"), List.of("item1", "item2"), Progress.SILENT)
              .get(1)
              .review());
      InputException unknown =
          assertThrows(InputException.class, () -> model.explain("nobody", "item2"));
      assertTrue(unknown.getMessage().startsWith("user nobody is not among"), unknown.getMessage());
    }
  }

  @Test
  void lightPsiStaysBelowFiveMillionAtThePapersSize() {
    ReviewSettings paper = ReviewSettings.paper();
    assertEquals(747_161_600, PromptGenerator.count(paper, 14, 256, 512));
    assertEquals(720_947_200, PromptGenerator.count(paper, 10, 256, 512));
    long light = PromptGenerator.count(paper.withPsi("light"), 14, 256, 512);
    assertTrue(light <= 5_000_000, "light has " + light);
    assertNotEquals(0, light);
  }

  private ReviewSettings settings(Map<String, String> changes) {
    return new ReviewSettings(
        "folder",
        changes.getOrDefault("lmTraining", "frozen"),
        changes.getOrDefault("psi", "light"),
        4,
        Double.parseDouble(changes.getOrDefault("promptDropout", "0.1")),
        12,
        5,
        changes.getOrDefault("training", "sequential"),
        "reviews",
        0.01,
        8,
        10,
        0,
        24,
        "loss",
        5,
        1,
        1);
  }

  private ElixirReviews reviews(ReviewSettings settings, Split of) {
    boolean joint = settings.training().equals("joint");
    return new ElixirReviews(
        of,
        joint ? null : ratings,
        ratingSettings,
        settings,
        lm,
        Device.cpu(),
        11,
        (rows, written, loss) -> new Trainable.Validation(loss, Map.of()));
  }

  private static Trainer.Outcome train(ElixirReviews reviews, int epochs) {
    return train(reviews, epochs, 0.01);
  }

  private static Trainer.Outcome train(ElixirReviews reviews, int epochs, double rate) {
    return new Trainer(rate, epochs, 1, List.of()).train(reviews, Checkpoint.NONE);
  }

  private Split withTrain(int[] rows) {
    return explainrec.data.Splits.of(
        split.data(), rows, split.validation(), split.test(), "random", 1);
  }

  private int[] users(int[] rows) {
    return Arrays.stream(rows).map(split.data()::user).toArray();
  }

  private int[] items(int[] rows) {
    return Arrays.stream(rows).map(split.data()::item).toArray();
  }

  private static Map<String, float[]> values(ElixirReviews reviews) {
    return reviews.parameters().frozen().all().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toFloatArray()));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }
}
