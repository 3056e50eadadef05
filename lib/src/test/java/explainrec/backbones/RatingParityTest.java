package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import explainrec.data.Split;
import explainrec.nn.SmallSplit;
import explainrec.nn.Trainable;
import explainrec.nn.Weights;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The baselines against PyTorch: see environment/peers/make_rating_fixture.py. */
final class RatingParityTest {
  private static final RnnFixture FIXTURE = RnnFixture.of("rating-baselines");
  private static final int[] USERS = FIXTURE.ints("/pairs/users");
  private static final int[] ITEMS = FIXTURE.ints("/pairs/items");

  @Test
  void mf() {
    JsonNode sizes = FIXTURE.json().at("/mf/sizes");
    double lambda = sizes.get("regularization").asDouble();
    check(
        "mf",
        new MfRatings(
            setup(), new MfSettings(sizes.get("width").asInt(), lambda, "adam", 0.01, 6, 1, 0)));
  }

  @Test
  void mlp() {
    check("mlp", new NcfRatings(setup(), ncf("mlp"), NcfRatings.Kind.MLP));
  }

  @Test
  void neumf() {
    check("neumf", new NcfRatings(setup(), ncf("neumf"), NcfRatings.Kind.NEUMF));
  }

  @Test
  void anr() {
    JsonNode sizes = FIXTURE.json().at("/anr/sizes");
    AnrSettings settings =
        new AnrSettings(
            sizes.get("aspects").asInt(),
            sizes.get("width").asInt(),
            sizes.get("hidden").asInt(),
            sizes.get("window").asInt(),
            20,
            100,
            "trained",
            sizes.get("wordWidth").asInt(),
            0,
            0,
            "zero",
            "none",
            1,
            1,
            0.01,
            6,
            1,
            0);
    AnrReader reader =
        new AnrReader(
            settings,
            sizes.get("words").asInt(),
            FIXTURE.sequences("/anr/documents/user"),
            FIXTURE.sequences("/anr/documents/item"));
    check("anr", new AnrRatings(setup(), settings, reader));
  }

  private static NcfSettings ncf(String model) {
    JsonNode sizes = FIXTURE.json().at("/" + model + "/sizes");
    return new NcfSettings(
        sizes.get("factors").asInt(),
        sizes.get("layers").asInt(),
        "xavier",
        0.01,
        6,
        1,
        0,
        "none",
        0.5,
        0.01);
  }

  /** The fixture's pairs are all of train, so that an epoch is one batch of them. */
  private static PairRatings.Setup setup() {
    float[] truth = FIXTURE.floats(FIXTURE.json().at("/pairs/truth"));
    int[][] pairs = new int[truth.length + 2][];
    float[][] ratings = new float[pairs.length][];
    int[] train = new int[truth.length];
    for (int n = 0; n < truth.length; n++) {
      pairs[n] = new int[] {USERS[n], ITEMS[n]};
      ratings[n] = new float[] {truth[n]};
      train[n] = n;
    }
    pairs[truth.length] = new int[] {1, 0};
    pairs[truth.length + 1] = new int[] {3, 2};
    ratings[truth.length] = new float[] {3};
    ratings[truth.length + 1] = new float[] {2};
    Split split =
        SmallSplit.of(
            pairs, ratings, train, new int[] {truth.length}, new int[] {truth.length + 1});
    return new PairRatings.Setup(
        split, Device.cpu(), 1, predicted -> new Trainable.Validation(0, Map.of()));
  }

  private static void check(String name, PairRatings model) {
    JsonNode expected = FIXTURE.json().get(name);
    try (model;
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      JsonNode parameters = expected.get("parameters");
      assertEquals(parameters.size(), model.parameters().names().size());
      for (String parameter : model.parameters().names()) {
        model.parameters().set(parameter, FIXTURE.floats(parameters.get(parameter)));
      }
      assertArrayEquals(
          FIXTURE.floats(expected.get("ratings")), model.predict(USERS, ITEMS)[0], 1e-5f);
      assertEquals(1, model.beginEpoch(3));
      Weights leaves = model.parameters().leaves();
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        Trainable.Loss loss = model.loss(0, leaves);
        collector.backward(loss.total());
        assertEquals(expected.get("loss").asDouble(), loss.total().getFloat(), 1e-5);
      }
      leaves
          .all()
          .forEach(
              (parameter, leaf) -> {
                float[] gradient = FIXTURE.floats(expected.get("gradients").get(parameter));
                assertArrayEquals(gradient, leaf.getGradient().toFloatArray(), 1e-4f, parameter);
              });
    }
  }
}
