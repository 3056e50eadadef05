package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import ai.djl.ndarray.NDScope;
import explainrec.data.InputException;
import explainrec.text.ExplainedSplit;
import explainrec.text.Vocabulary;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Att2Seq's own arithmetic; what all generators do is in {@link WordGeneratorContract}. */
final class Att2SeqTest extends WordGeneratorContract {

  @Override
  WordGenerator make(ExplainedSplit data, Vocabulary vocabulary, int longest, long seed) {
    return new Att2Seq(data, vocabulary, longest, settings(8, 24, 2, 0), Device.cpu(), seed);
  }

  private static Att2SeqSettings settings(int width, int hidden, int layers, double dropout) {
    return new Att2SeqSettings(width, hidden, layers, dropout, 100, "adam", 0.01, 0, 64, 10, 0);
  }

  private static Vocabulary words(int size) {
    return new Vocabulary(
        List.of(IntStream.range(4, size).mapToObj(n -> "word" + n).toList()), size);
  }

  @Test
  void logarithmsAndGradientsAreThoseOfPyTorch() {
    RnnFixture fixture = RnnFixture.of("att2seq");
    ExplainedSplit data = SmallExplained.grid(fixture.size("users"), fixture.size("items"));
    try (Att2Seq model =
        new Att2Seq(
            data,
            words(fixture.size("words")),
            fixture.size("length"),
            settings(fixture.size("width"), fixture.size("hidden"), fixture.size("layers"), 0),
            Device.cpu(),
            1)) {
      fixture.load(model);
      int[] users = fixture.ints("/requests/users");
      int[] none = IntStream.range(0, users.length).map(n -> -1).toArray();
      fixture.check(
          model,
          new Requests(
              none,
              users,
              fixture.ints("/requests/items"),
              fixture.floats(fixture.json().at("/requests/ratings")),
              none));
    }
  }

  /** Width and state of 1, every weight 1/2 and every bias 0, all embeddings 1. */
  @Test
  void oneStepByHand() {
    Vocabulary vocabulary = words(5);
    try (Att2Seq model =
        new Att2Seq(
            SmallExplained.grid(1, 3), vocabulary, 2, settings(1, 1, 1, 0), Device.cpu(), 1)) {
      List<Float> values = new java.util.ArrayList<>();
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        model
            .parameters()
            .frozen()
            .all()
            .forEach(
                (name, array) -> {
                  for (int n = 0; n < array.size(); n++) {
                    values.add(name.contains("embedding") ? 1f : name.contains("bias") ? 0f : 0.5f);
                  }
                });
        float[] all = new float[values.size()];
        for (int n = 0; n < all.length; n++) {
          all[n] = values.get(n);
        }
        all[all.length - 5] = 1; // the output's bias of <pad>
        model.parameters().set(all);
        double h0 = Math.tanh(1.5); // 1/2 (1 + 1 + 1)
        double gate = 0.5 * 1 + 0.5 * h0; // before input, forget, cell and output alike
        double c = sigmoid(gate) * Math.tanh(gate); // nothing to forget: c_0 is 0
        double h = sigmoid(gate) * Math.tanh(c);
        double others = 4 * Math.exp(0.5 * h);
        double pad = Math.exp(0.5 * h + 1);
        Requests request =
            new Requests(
                new int[] {-1}, new int[] {0}, new int[] {0}, new float[] {3}, new int[] {-1});
        float found =
            model
                .logProbabilities(model.parameters().frozen(), request, new int[][] {{4}})
                .getFloat(0, 0);
        assertEquals(0.5 * h - Math.log(others + pad), found, 1e-6);
      }
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void ratingsFallIntoTheNearestOfFiveClasses() {
    assertArrayEquals(
        new int[] {0, 0, 1, 2, 4, 4, 4},
        Att2Seq.classes(new float[] {-3, 1.49f, 1.5f, 3.2f, 4.5f, 5, 7}));
  }

  @Test
  void aRatingThatIsNoNumberIsRefused() {
    try (WordGenerator model = make(DATA, WORDS, 4, 1)) {
      Requests wrong = Requests.of(DATA, new int[] {0}).withRatings(new float[] {Float.NaN});
      assertThrows(InputException.class, () -> model.write(model.parameters().frozen(), wrong));
    }
  }

  @Test
  void theSameSeedDropsTheSameAndScoringDropsNothing() {
    try (Att2Seq model = new Att2Seq(DATA, WORDS, 4, settings(8, 16, 2, 0.5), Device.cpu(), 1);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Requests requests = Requests.of(DATA, new int[] {0, 1});
      int[][] texts = {{4, 2}, {5, 6, 2}};
      var weights = model.parameters().frozen();
      model.seedDropout(3);
      float one = model.loss(weights, requests, texts).total().getFloat();
      float next = model.loss(weights, requests, texts).total().getFloat();
      model.seedDropout(3);
      assertEquals(one, model.loss(weights, requests, texts).total().getFloat());
      org.junit.jupiter.api.Assertions.assertNotEquals(one, next);
      float[] scored = model.logProbabilities(weights, requests, texts).toFloatArray();
      assertArrayEquals(scored, model.logProbabilities(weights, requests, texts).toFloatArray());
    }
  }
}
