package explainrec.t5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import explainrec.nn.Dropout;
import explainrec.nn.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What training adds to the arithmetic: dropout, and gradients of what is trained only. */
class T5TrainingTest {
  private static final String V10 = "t5-tiny-v10";
  private static final String V11 = "t5-tiny-v11";
  private static final double RATE = 0.1;

  @ParameterizedTest
  @ValueSource(strings = {V10, V11})
  void trainingDropsAndTheSameSeedDropsTheSame(String name) {
    try (T5Fixture fixture = new T5Fixture(name);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      float still = loss(fixture, null);
      float dropped = loss(fixture, dropout(fixture, RATE, 1));
      assertNotEquals(still, dropped);
      assertEquals(dropped, loss(fixture, dropout(fixture, RATE, 1)));
      assertNotEquals(dropped, loss(fixture, dropout(fixture, RATE, 2)));
      assertEquals(still, loss(fixture, dropout(fixture, 0, 1)));
      assertEquals(still, loss(fixture, null));
    }
  }

  @Test
  void onTheAverageDropoutChangesLittle() {
    try (T5Fixture fixture = new T5Fixture(V10)) {
      double sum = 0;
      double still;
      int many = 200;
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        still = loss(fixture, null);
      }
      for (int seed = 0; seed < many; seed++) {
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          sum += loss(fixture, dropout(fixture, 0.01, seed));
        }
      }
      assertEquals(still, sum / many, 0.02 * still);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {V10, V11})
  void aFrozenModelGivesGradientsToThePromptOnly(String name) {
    try (T5Fixture fixture = new T5Fixture(name);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray prompt = fixture.t5.embed(fixture.weights, fixture.ids());
      prompt.setRequiresGradient(true);
      backward(fixture, fixture.weights, prompt, T5.Mean.REVIEWS);
      assertTrue(prompt.getGradient().norm().getFloat() > 0);
      fixture
          .weights
          .all()
          .forEach(
              (weight, array) -> {
                assertFalse(array.hasGradient(), weight);
                assertThrows(IllegalStateException.class, array::getGradient, weight);
              });
    }
  }

  /** The two ways to the prompt's gradient: with the table frozen, and as one of many leaves. */
  @ParameterizedTest
  @EnumSource(T5.Mean.class)
  void thePromptsGradientIsTheSameWhetherTheModelIsTrainedOrNot(T5.Mean mean) {
    try (T5Fixture fixture = new T5Fixture(V11);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Map<String, NDArray> leaves = new LinkedHashMap<>();
      fixture.weights.all().forEach((name, array) -> leaves.put(name, array.duplicate()));
      leaves.values().forEach(leaf -> leaf.setRequiresGradient(true));
      float[][] gradients = new float[2][];
      float[] losses = new float[2];
      Weights[] both = {fixture.weights, new Weights(leaves)};
      for (int n = 0; n < 2; n++) {
        NDArray prompt = fixture.t5.embed(fixture.weights, fixture.ids());
        prompt.setRequiresGradient(true);
        losses[n] = backward(fixture, both[n], prompt, mean);
        gradients[n] = prompt.getGradient().toFloatArray();
      }
      assertEquals(losses[0], losses[1], 1e-6f);
      assertArrayEquals(gradients[0], gradients[1], 1e-6f);
      leaves.forEach((name, leaf) -> assertTrue(leaf.getGradient().norm().getFloat() > 0, name));
    }
  }

  /** More words than the loss looks at in one go, against a loss written down plainly. */
  @Test
  void theLossOfManyWordsIsTheSumOverItsBlocks() {
    try (T5Fixture fixture = new T5Fixture(V10);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      int[][] labels = new int[40][];
      Arrays.setAll(labels, b -> new int[10]);
      for (int n = 0; n < 400; n++) {
        labels[n / 10][n % 10] = n * 7 % 60;
      }
      Targets targets = Targets.of(labels, fixture.t5.config(), T5.Mean.TOKENS);
      NDManager manager = fixture.manager;
      NDArray decoded = manager.randomNormal(new Shape(400, fixture.t5.config().width()));
      NDArray plain = decoded.duplicate();
      decoded.setRequiresGradient(true);
      plain.setRequiresGradient(true);
      float[] losses = new float[2];
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray byBlocks = new Head(fixture.t5.config()).loss(fixture.weights, decoded, targets);
        NDArray wanted = manager.create(targets.words()).expandDims(1);
        NDArray logs = fixture.t5.logits(fixture.weights, plain).logSoftmax(1);
        NDArray atOnce = logs.gather(wanted, 1).mean().neg();
        collector.backward(byBlocks);
        collector.backward(atOnce);
        losses[0] = byBlocks.getFloat();
        losses[1] = atOnce.getFloat();
      }
      assertEquals(losses[1], losses[0], 1e-5f);
      assertArrayEquals(
          plain.getGradient().toFloatArray(), decoded.getGradient().toFloatArray(), 1e-6f);
    }
  }

  private static Dropout dropout(T5Fixture fixture, double rate, long seed) {
    Dropout dropout = new Dropout(fixture.manager, rate);
    dropout.seed(seed);
    dropout.begin();
    return dropout;
  }

  private static float loss(T5Fixture fixture, Dropout dropout) {
    int[][] labels = T5Fixture.rows(fixture.teach().get("labels"));
    NDArray prompt = fixture.t5.embed(fixture.weights, fixture.ids());
    NDArray memory = fixture.t5.encode(fixture.weights, prompt, fixture.mask(), dropout);
    return fixture
        .t5
        .loss(fixture.weights, memory, fixture.mask(), labels, T5.Mean.REVIEWS, dropout)
        .getFloat();
  }

  private static float backward(T5Fixture fixture, Weights weights, NDArray prompt, T5.Mean mean) {
    int[][] labels = T5Fixture.rows(fixture.teach().get("labels"));
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray memory = fixture.t5.encode(weights, prompt, fixture.mask(), null);
      NDArray loss = fixture.t5.loss(weights, memory, fixture.mask(), labels, mean, null);
      collector.backward(loss);
      return loss.getFloat();
    }
  }
}
