package explainrec.t5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of transformers, to the tolerances that the kit promises. */
class T5ParityTest {
  private static final String V10 = "t5-tiny-v10";
  private static final String V11 = "t5-tiny-v11";

  @ParameterizedTest
  @ValueSource(strings = {V10, V11})
  void encoderOutputIsThatOfTransformers(String name) {
    try (T5Fixture fixture = new T5Fixture(name);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      float[] found = memory(fixture).toFloatArray();
      assertArrayEquals(T5Fixture.numbers(fixture.teach().get("memory")), found, 1e-4f);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {V10, V11})
  void logitsAreThoseOfTransformers(String name) {
    try (T5Fixture fixture = new T5Fixture(name);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      int[][] labels = T5Fixture.rows(fixture.teach().get("labels"));
      Targets targets = Targets.of(labels, fixture.t5.config(), T5.Mean.TOKENS);
      NDArray ids =
          fixture.manager.create(targets.inputs()).reshape(labels.length, targets.length());
      NDArray decoded =
          fixture.t5.decode(fixture.weights, memory(fixture), fixture.mask(), ids, null);
      float[] found = fixture.t5.logits(fixture.weights, decoded).toFloatArray();
      assertArrayEquals(T5Fixture.numbers(fixture.teach().get("logits")), found, 1e-4f);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {V10, V11})
  void lossAndPromptGradientAreThoseOfTransformers(String name) {
    for (T5.Mean mean : T5.Mean.values()) {
      String suffix = mean.name().toLowerCase(Locale.ROOT);
      try (T5Fixture fixture = new T5Fixture(name);
          NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray prompt = fixture.t5.embed(fixture.weights, fixture.ids());
        prompt.setRequiresGradient(true);
        float loss = backward(fixture, fixture.weights, prompt, mean);
        assertEquals(fixture.teach().get("loss_" + suffix).floatValue(), loss, 1e-5f);
        assertClose(
            T5Fixture.numbers(fixture.teach().get("gradient_" + suffix)),
            prompt.getGradient().toFloatArray(),
            1e-4);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {V10, V11})
  void everyTrainableWeightHasTheGradientOfTransformers(String name) {
    try (T5Fixture fixture = new T5Fixture(name);
        Parameters parameters =
            T5Weights.trainable(
                fixture.manager,
                Device.cpu(),
                fixture.t5.config(),
                fixture.folder.resolve("model.safetensors"));
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Weights leaves = parameters.leaves();
      // The fixture's gradients hold the prompt's words apart from the embedding table.
      NDArray prompt = fixture.t5.embed(fixture.weights, fixture.ids());
      backward(fixture, leaves, prompt, T5.Mean.REVIEWS);
      JsonNode norms = fixture.teach().get("weight_gradient_norms");
      assertEquals(norms.size(), leaves.all().size());
      leaves
          .all()
          .forEach(
              (weight, leaf) -> {
                double norm = norms.get(weight).doubleValue();
                assertEquals(norm, leaf.getGradient().norm().getFloat(), 2e-4 * norm, weight);
              });
    }
  }

  @Test
  void bucketsAreThoseOfTransformersAtEveryDistance() {
    try (T5Fixture fixture = new T5Fixture(V10)) {
      for (JsonNode setting : fixture.expected.get("buckets")) {
        T5Config config = withBuckets(fixture.t5.config(), setting);
        for (String stack : new String[] {"encoder", "decoder"}) {
          RelativePositions positions = new RelativePositions(config, stack);
          for (int n = 0; n < setting.get(stack).size(); n++) {
            assertEquals(setting.get(stack).get(n).intValue(), positions.bucket(n - 300));
          }
        }
      }
    }
  }

  private static T5Config withBuckets(T5Config c, JsonNode setting) {
    return new T5Config(
        c.vocabulary(),
        c.width(),
        c.headWidth(),
        c.hidden(),
        c.encoderLayers(),
        c.decoderLayers(),
        c.heads(),
        setting.get("buckets").intValue(),
        setting.get("max_distance").intValue(),
        c.dropout(),
        c.epsilon(),
        c.gated(),
        c.tied(),
        c.pad(),
        c.end(),
        c.start());
  }

  private static NDArray memory(T5Fixture fixture) {
    NDArray embedded = fixture.t5.embed(fixture.weights, fixture.ids());
    return fixture.t5.encode(fixture.weights, embedded, fixture.mask(), null);
  }

  private static float backward(T5Fixture fixture, Weights weights, NDArray prompt, T5.Mean mean) {
    int[][] labels = T5Fixture.rows(fixture.teach().get("labels"));
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray mask = fixture.mask();
      NDArray memory = fixture.t5.encode(weights, prompt, mask, null);
      NDArray loss = fixture.t5.loss(weights, memory, mask, labels, mean, null);
      collector.backward(loss);
      return loss.getFloat();
    }
  }

  /** The difference's norm as a share of the expected norm. */
  private static void assertClose(float[] expected, float[] found, double share) {
    assertEquals(expected.length, found.length);
    double difference = 0;
    double norm = 0;
    for (int n = 0; n < found.length; n++) {
      difference += Math.pow(expected[n] - found[n], 2);
      norm += Math.pow(expected[n], 2);
    }
    assertTrue(
        Math.sqrt(difference / norm) < share,
        () -> "differs: " + Arrays.toString(Arrays.copyOf(found, 8)));
  }
}
