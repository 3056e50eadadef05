package explainrec.mmi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import explainrec.data.InputException;
import explainrec.nn.TrainingListener;
import explainrec.text.ExplainedSplit;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encoder, estimators and judge together, on explanations that say their rating. */
final class AlignmentTest {
  private static final Function<String, TrainingListener> SILENT =
      part -> new TrainingListener() {};

  @TempDir private Path folder;

  private static MineSettings settings(String encoder) {
    return new MineSettings("dv", 32, 32, 2e-3, 128, 12, 0.01, 0.1, 0.1, "real", encoder, 32, 8);
  }

  @Test
  void judgeHearsRatingAndFeatureAndNegation() {
    ExplainedSplit data = SmallExplanations.of(2000, 1);
    int[] test = data.split().test();
    List<String> texts = SmallExplanations.texts(data, test);
    int[] ratings = RatingClasses.of(data, test);
    int[] features = Arrays.stream(test).map(row -> data.featureOf()[row]).toArray();
    try (Judge judge =
        Judge.train(
            data, data.split().train(), settings("trained"), "both", Device.cpu(), 5, SILENT)) {
      Judge.Accuracy accuracy = judge.accuracy(data, data.split().validation());
      // The rating is said four times of five, and at random once: 0.84 is the most.
      assertTrue(accuracy.five() > 0.7, "five classes: " + accuracy.five());
      assertTrue(accuracy.two() > accuracy.five(), "two classes: " + accuracy.two());
      int[] heard = judge.classify(List.of("the pool was not great", "the pool was really great"));
      assertTrue(heard[0] < 2 && heard[1] > 2, Arrays.toString(heard));
      double most = Math.log(5);
      double bound = judge.alignment().scoreRating(texts, ratings).bound();
      assertTrue(bound > 0.4 * most && bound < most, "I(R;E) " + bound);
      double ofFeature = judge.alignment().scoreFeature(texts, features).bound();
      assertTrue(
          ofFeature > 0.8 * Math.log(3) && ofFeature < 1.1 * Math.log(3), "I(F;E) " + ofFeature);
      features[0] = -1;
      assertTrue(Double.isNaN(judge.alignment().scoreFeature(texts, features).joint()[0]));
    }
  }

  @Test
  void refittingGoesOnWithoutTheEncoderAndTheFileBringsAllBack() {
    ExplainedSplit data = SmallExplanations.of(300, 2);
    int[] rows = data.split().train();
    List<String> texts = SmallExplanations.texts(data, rows);
    int[] ratings = RatingClasses.of(data, rows);
    int[] features = Arrays.stream(rows).map(row -> data.featureOf()[row]).toArray();
    try (Alignment alignment =
        Alignment.train(data, rows, settings("trained"), "both", Device.cpu(), 5, SILENT)) {
      float[] vector = alignment.encoder().of(texts).get(0).clone();
      float[][] before = alignment.ratingScores(texts);
      alignment.refit(texts, ratings, features, 9);
      float[][] after = alignment.ratingScores(texts);
      assertNotEquals(before[0][0], after[0][0]);
      assertArrayEquals(vector, alignment.encoder().of(texts).get(0));
      alignment.save(folder);
      try (Alignment loaded =
          Alignment.load(data, rows, settings("trained"), "both", Device.cpu(), 5, folder)) {
        assertArrayEquals(after[3], loaded.ratingScores(texts)[3], 1e-5f);
        assertArrayEquals(alignment.featureScores(texts)[3], loaded.featureScores(texts)[3], 1e-5f);
        assertEquals(alignment.encoder().label(), loaded.encoder().label());
      }
    }
  }

  @Test
  void theSameSeedTrainsTheSameAndAnotherSeedAnother() {
    ExplainedSplit data = SmallExplanations.of(200, 3);
    int[] rows = data.split().train();
    List<String> texts = SmallExplanations.texts(data, rows);
    float[][][] scores = new float[3][][];
    long[] seeds = {5, 5, 6};
    for (int n = 0; n < seeds.length; n++) {
      try (Alignment alignment =
          Alignment.train(
              data, rows, settings("trained"), "rating", Device.cpu(), seeds[n], SILENT)) {
        scores[n] = alignment.ratingScores(texts);
        assertFalse(alignment.ofFeatures());
      }
    }
    assertArrayEquals(scores[0][0], scores[1][0], 0f);
    assertFalse(Arrays.equals(scores[0][0], scores[2][0]));
  }

  @Test
  void sentencesAreKeptAndEmptyUnknownAndLongOnesAreEncoded() {
    ExplainedSplit data = SmallExplanations.of(100, 4);
    int[] rows = data.split().train();
    try (Alignment alignment =
        Alignment.train(data, rows, settings("trained"), "rating", Device.cpu(), 5, SILENT)) {
      String longest = "the pool was great ".repeat(40);
      List<float[]> vectors = alignment.encoder().of(List.of("", "xyzzy", longest, "xyzzy"));
      assertSame(vectors.get(1), vectors.get(3));
      for (float[] vector : vectors) {
        assertEquals(alignment.encoder().width(), vector.length);
        for (float value : vector) {
          assertTrue(Math.abs(value) <= 1, "value " + value);
        }
      }
      // What stands beside a sentence in a batch does not change it.
      float[] alone = alignment.encoder().of(List.of("the room was fair")).get(0);
      try (Alignment other =
          Alignment.train(data, rows, settings("trained"), "rating", Device.cpu(), 5, SILENT)) {
        float[] beside = other.encoder().of(List.of(longest, "the room was fair")).get(1);
        assertArrayEquals(alone, beside, 1e-5f);
      }
    }
  }

  @Test
  void miniLmServesAsEncoderAndTheJudgeStillHasAClassifier() {
    ExplainedSplit data = SmallExplanations.of(200, 6);
    try (Judge judge =
        Judge.train(
            data, data.split().train(), settings("minilm"), "both", Device.cpu(), 5, SILENT)) {
      assertEquals(384, judge.alignment().encoder().width());
      float[] vector = judge.alignment().encoder().of(List.of("the room was good")).get(0);
      double square = 0;
      for (float value : vector) {
        square += value * value;
      }
      assertEquals(384, square, 0.1);
      assertEquals(1, judge.classify(List.of("the room was good")).length);
    }
  }

  @Test
  void whatCannotBeTrainedIsToldInOneLine() {
    ExplainedSplit one = SmallExplanations.ofOneRating(50);
    for (String encoder : List.of("trained", "minilm")) {
      InputException error =
          assertThrows(
              InputException.class,
              () ->
                  Alignment.train(
                      one,
                      one.split().train(),
                      settings(encoder),
                      "rating",
                      Device.cpu(),
                      1,
                      SILENT));
      assertTrue(error.getMessage().contains("at least two different"), error.getMessage());
      assertEquals(1, error.getMessage().lines().count());
    }
    ExplainedSplit data = SmallExplanations.of(50, 1);
    InputException error =
        assertThrows(
            InputException.class,
            () ->
                Alignment.train(
                    data,
                    data.split().train(),
                    settings("no/such"),
                    "rating",
                    Device.cpu(),
                    1,
                    SILENT));
    assertTrue(error.getMessage().contains("sentenceEncoder = no/such"), error.getMessage());
  }

  @Test
  void halvesShareNoRowAndHoldAll() {
    int[] rows = IntStream.range(10, 31).toArray();
    Halves halves = Halves.of(rows, 3);
    assertEquals(11, halves.reward().length);
    int[] both =
        IntStream.concat(IntStream.of(halves.reward()), IntStream.of(halves.judge()))
            .sorted()
            .toArray();
    assertArrayEquals(rows, both);
    assertArrayEquals(halves.judge(), Halves.of(rows, 3).judge());
    assertFalse(Arrays.equals(halves.reward(), Halves.of(rows, 4).reward()));
  }
}
