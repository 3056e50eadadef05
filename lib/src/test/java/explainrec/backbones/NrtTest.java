package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDScope;
import explainrec.nn.Checkpoint;
import explainrec.nn.Optimization;
import explainrec.nn.Trainer;
import explainrec.text.ExplainedSplit;
import explainrec.text.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** NRT's own arithmetic; what all generators do is in {@link WordGeneratorContract}. */
final class NrtTest extends WordGeneratorContract {

  @Override
  WordGenerator make(ExplainedSplit data, Vocabulary vocabulary, int longest, long seed) {
    return new Nrt(data, vocabulary, longest, settings(8, 24, 1, 0, 0), Device.cpu(), seed);
  }

  private static NrtSettings settings(
      int factors, int hidden, int ratingLayers, double l2, double dropout) {
    return new NrtSettings(
        factors, hidden, ratingLayers, 1, dropout, 1, 1, 1, l2, 100, "adam", 0.01, 0, 64, 10, 0);
  }

  private static Nrt of(RnnFixture fixture) {
    Vocabulary words =
        new Vocabulary(
            List.of(IntStream.range(4, fixture.size("words")).mapToObj(n -> "word" + n).toList()),
            fixture.size("words"));
    return new Nrt(
        SmallExplained.grid(fixture.size("users"), fixture.size("items")),
        words,
        fixture.size("length"),
        settings(
            fixture.size("factors"),
            fixture.size("hidden"),
            fixture.size("rating_layers"),
            fixture.json().get("l2").asDouble(),
            0),
        Device.cpu(),
        1);
  }

  private static Requests requests(RnnFixture fixture) {
    int[] users = fixture.ints("/requests/users");
    int[] none = IntStream.range(0, users.length).map(n -> -1).toArray();
    float[] ratings = fixture.floats(fixture.json().at("/requests/ratings"));
    return new Requests(none, users, fixture.ints("/requests/items"), ratings, none);
  }

  @Test
  void logarithmsAndGradientsAreThoseOfPyTorch() {
    RnnFixture fixture = RnnFixture.of("nrt");
    try (Nrt model = of(fixture)) {
      fixture.load(model);
      fixture.check(model, requests(fixture));
    }
  }

  @Test
  void ratingsLossesAndTheirGradientsAreThoseOfPyTorch() {
    RnnFixture fixture = RnnFixture.of("nrt");
    try (Nrt model = of(fixture)) {
      fixture.load(model);
      assertArrayEquals(
          fixture.floats(fixture.json().get("predicted")),
          model.ratings(model.parameters().frozen(), requests(fixture)),
          1e-5f);
      fixture.checkLoss(model, requests(fixture));
    }
  }

  @Test
  void ratingsAreLearntAndNotClipped() {
    try (Nrt model = new Nrt(DATA, WORDS, 6, settings(8, 24, 4, 0, 0), Device.cpu(), 3)) {
      Requests train = Requests.of(DATA, DATA.split().train());
      new Trainer(Optimization.adam(0.01), 200, 1, List.of())
          .train(new GeneratorTraining(model, DATA, 64), Checkpoint.NONE);
      float[] learnt = model.ratings(model.parameters().frozen(), train);
      assertArrayEquals(train.ratings(), learnt, 0.3f);
      Requests others = train.withRatings(new float[train.size()]);
      assertArrayEquals(
          learnt, model.ratings(model.parameters().frozen(), others), "the real ones are not read");
      float[] far = model.parameters().values();
      for (int n = 0; n < far.length; n++) {
        far[n] *= 5;
      }
      model.parameters().set(far);
      float[] wide = model.ratings(model.parameters().frozen(), train);
      assertTrue(
          IntStream.range(0, wide.length).anyMatch(n -> wide[n] < 1 || wide[n] > 5),
          Arrays.toString(wide));
    }
  }

  @Test
  void thePredictedRatingIsHeardInTheText() {
    try (Nrt model = new Nrt(DATA, WORDS, 6, settings(8, 24, 1, 0, 0), Device.cpu(), 3);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Requests one = Requests.of(DATA, new int[] {0});
      int[][] text = {{4, 5, 2}};
      float[] low = logs(model, one, text);
      move(model, "rating.output.bias", 0.2f);
      assertArrayEquals(low, logs(model, one, text), "the same class, the same text");
      move(model, "rating.output.bias", 4);
      assertFalse(Arrays.equals(low, logs(model, one, text)));
    }
  }

  private static float[] logs(Nrt model, Requests requests, int[][] texts) {
    return model.logProbabilities(model.parameters().frozen(), requests, texts).toFloatArray();
  }

  private static void move(Nrt model, String parameter, float by) {
    float[] values = model.parameters().values();
    int from = 0;
    for (var one : model.parameters().frozen().all().entrySet()) {
      if (one.getKey().equals(parameter)) {
        values[from] += by;
      }
      from += (int) one.getValue().size();
    }
    model.parameters().set(values);
  }

  @Test
  void squaresArePulledTowardsZeroWhereTheyWeigh() {
    double[] lengths = new double[2];
    for (int n = 0; n < 2; n++) {
      try (Nrt model =
          new Nrt(DATA, WORDS, 6, settings(8, 24, 1, n == 0 ? 0 : 0.1, 0), Device.cpu(), 3)) {
        new Trainer(Optimization.adam(0.01), 20, 1, List.of())
            .train(new GeneratorTraining(model, DATA, 64), Checkpoint.NONE);
        for (float value : model.parameters().values()) {
          lengths[n] += (double) value * value;
        }
      }
    }
    assertTrue(lengths[1] < 0.7 * lengths[0], Arrays.toString(lengths));
  }

  @Test
  void dropoutIsTheSeedsAndScoringDropsNothing() {
    try (Nrt model = new Nrt(DATA, WORDS, 6, settings(8, 16, 1, 0, 0.5), Device.cpu(), 1);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Requests requests = Requests.of(DATA, new int[] {0, 1});
      int[][] texts = {{4, 2}, {5, 6, 2}};
      var weights = model.parameters().frozen();
      model.seedDropout(3);
      float one = model.loss(weights, requests, texts).total().getFloat();
      model.seedDropout(3);
      assertEquals(one, model.loss(weights, requests, texts).total().getFloat());
      assertArrayEquals(logs(model, requests, texts), logs(model, requests, texts));
    }
  }
}
