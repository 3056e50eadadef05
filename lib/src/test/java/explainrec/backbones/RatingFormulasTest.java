package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import explainrec.data.Split;
import explainrec.nn.Parameters;
import explainrec.nn.SmallSplit;
import explainrec.nn.Trainable;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A rating of each baseline, worked out by hand. */
final class RatingFormulasTest {
  /** Two users and two items; the mean of train is 3. */
  private static final Split SPLIT =
      SmallSplit.of(
          new int[][] {{0, 0}, {1, 1}, {0, 1}, {1, 0}},
          new float[][] {{2}, {4}, {5}, {1}},
          new int[] {0, 1},
          new int[] {2},
          new int[] {3});

  private static PairRatings.Setup setup() {
    return new PairRatings.Setup(
        SPLIT, Device.cpu(), 1, predicted -> new Trainable.Validation(0, Map.of()));
  }

  private static double rate(PairRatings model, int user, int item) {
    return model.predict(new int[] {user}, new int[] {item})[0][0];
  }

  @Test
  void mfAddsBiasesAndTheProductToTheMean() {
    try (PairRatings mf = new MfRatings(setup(), new MfSettings(2, 0, "sgd", 0.1, 1, 1, 0))) {
      Parameters p = mf.parameters();
      p.set("user.bias", new float[] {0.5f, -1});
      p.set("item.bias", new float[] {0.25f, 0.125f});
      p.set("user.factors", new float[] {1, 2, 3, 4});
      p.set("item.factors", new float[] {0.5f, -0.25f, 1, 0.5f});
      assertEquals(3 + 0.5 + 0.25 + (0.5 - 0.5), rate(mf, 0, 0), 1e-6);
      assertEquals(3 - 1 + 0.125 + (3 + 2), rate(mf, 1, 1), 1e-6);
    }
  }

  @Test
  void mlpRunsItsTowerAndNeumfSetsGmfBesideIt() {
    NcfSettings settings = new NcfSettings(1, 1, "xavier", 0.1, 1, 1, 0, "none", 0.5, 0.1);
    try (PairRatings neumf = new NcfRatings(setup(), settings, NcfRatings.Kind.NEUMF)) {
      Parameters p = neumf.parameters();
      p.set("gmf.user", new float[] {2, 3});
      p.set("gmf.item", new float[] {0.5f, -1});
      p.set("mlp.user", new float[] {1, -2});
      p.set("mlp.item", new float[] {3, 4});
      p.set("mlp.0.weight", new float[] {2, -0.5f});
      p.set("mlp.0.bias", new float[] {0.25f});
      p.set("output.weight", new float[] {10, 100});
      p.set("output.bias", new float[] {7});
      // GMF 2 * 0.5 = 1; MLP relu(2 * 1 - 0.5 * 3 + 0.25) = 0.75
      assertEquals(10 * 1 + 100 * 0.75 + 7, rate(neumf, 0, 0), 1e-4);
      // GMF 3 * -1 = -3; MLP relu(2 * -2 - 0.5 * 4 + 0.25) = 0
      assertEquals(10 * -3 + 7, rate(neumf, 1, 1), 1e-4);
    }
  }

  @Test
  void alfmWeighsAspectRatingsByImportanceAndMatch() {
    AlfmSettings settings =
        new AlfmSettings(2, 2, 1, 1, 1, 1, 1, 100, 2, 0, 0, 0.1, "sgd", 0.1, 1, 1, 0);
    try (PairRatings alfm = new AlfmRatings(setup(), settings)) {
      Parameters p = alfm.parameters();
      p.set("user.bias", new float[] {0.5f, 0});
      p.set("item.bias", new float[] {0.25f, 0});
      p.set("user.factors", new float[] {1, 2, 0, 0});
      p.set("item.factors", new float[] {3, 4, 0, 0});
      p.set("aspect.weights", new float[] {1, 2, 3, -1});
      p.set("user.sides", new float[] {0.25f, 0.5f});
      p.set("user.aspects", new float[] {0.8f, 0.2f, 0.5f, 0.5f});
      p.set("item.aspects", new float[] {0.4f, 0.6f, 0.5f, 0.5f});
      p.set("user.topics", new float[] {0.5f, 0.5f, 0.9f, 0.1f, 0.5f, 0.5f, 0.5f, 0.5f});
      p.set("item.topics", new float[] {0.5f, 0.5f, 0.1f, 0.9f, 0.5f, 0.5f, 0.5f, 0.5f});
      // importance: 0.25 * 0.8 + 0.75 * 0.4 = 0.5, 0.25 * 0.2 + 0.75 * 0.6 = 0.5
      // match: equal topics 1; (0.9, 0.1) against (0.1, 0.9), whose middle is (0.5, 0.5):
      double divergence = 0.9 * Math.log(1.8) / Math.log(2) + 0.1 * Math.log(0.2) / Math.log(2);
      // aspect ratings: 1 * 3 + 4 * 8 = 35; 9 * 3 + 1 * 8 = 35
      double expected = 3 + 0.5 + 0.25 + 0.5 * 1 * 35 + 0.5 * (1 - divergence) * 35;
      assertEquals(expected, rate(alfm, 0, 0), 1e-4);
      assertEquals(3, rate(alfm, 1, 1), 1e-6);
    }
  }

  @Test
  void anrAttendsToWordsAndWeighsAspects() {
    AnrSettings settings =
        new AnrSettings(
            2, 1, 1, 3, 10, 100, "trained", 1, 0, 0, "zero", "none", 1, 1, 0.1, 1, 1, 0);
    int[][] users = {{1, 2}, {}};
    int[][] items = {{2}, {1}};
    try (PairRatings anr =
        new AnrRatings(setup(), settings, new AnrReader(settings, 3, users, items))) {
      Parameters p = anr.parameters();
      p.set("word.vectors", new float[] {9, 1, 2}); // the mark that fills up is never read
      p.set("aspect.projection", new float[] {1, -1}); // aspect 0: x, aspect 1: -x
      p.set("aspect.attention", new float[] {0, 1, 0.5f, 0, 0, 0}); // own word, half of the next
      p.set("affinity.weight", new float[] {1});
      p.set("user.hidden", new float[] {1});
      p.set("user.importance", new float[] {1});
      p.set("item.hidden", new float[] {0.5f});
      p.set("item.importance", new float[] {2});
      p.set("user.bias", new float[] {0.5f, 0.25f});
      p.set("item.bias", new float[] {0.125f, 0});
      p.set("global.bias", new float[] {3});
      // user 0, aspect 0: attention 1 + 0.5 * 2 = 2 and 2: 1/2 each, so 1.5; aspect 1: -1.5
      double[] pu = {1.5, -1.5};
      double[] qi = {2, -2};
      // relu(p q): rows user aspects: (3, 0), (0, 3)
      double[] hu = {relu(1.5 + 3 * 0.5 * 2), relu(-1.5 + 3 * 0.5 * -2)};
      double[] hi = {relu(1 + 3 * 1.5), relu(-1 + 3 * -1.5)};
      double[] bu = softmax(hu[0], hu[1]);
      double[] bi = softmax(2 * hi[0], 2 * hi[1]);
      double expected = 3 + 0.5 + 0.125;
      for (int a = 0; a < 2; a++) {
        expected += bu[a] * bi[a] * pu[a] * qi[a];
      }
      assertEquals(expected, rate(anr, 0, 0), 1e-5);
      assertEquals(3 + 0.25, rate(anr, 1, 1), 1e-6, "who wrote nothing is rated by biases");
    }
  }

  private static double relu(double x) {
    return Math.max(0, x);
  }

  private static double[] softmax(double... x) {
    double sum = Arrays.stream(x).map(Math::exp).sum();
    return Arrays.stream(x).map(v -> Math.exp(v) / sum).toArray();
  }
}
