package explainrec.elixir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.nn.Adam;
import explainrec.nn.Optimizer;
import explainrec.nn.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rating module gives the numbers of a plain PyTorch module written from the same equations.
 */
final class PeerParityTest {
  /** A few times what float32 and float64 differ by in the fixture. */
  private static final float TOLERANCE = 5e-6f;

  private static final JsonNode FIXTURE = read();
  private static final int ASPECTS = FIXTURE.at("/sizes/aspects").asInt();
  private static final int BATCH = FIXTURE.at("/sizes/batch").asInt();
  private static final int WIDTH = FIXTURE.at("/sizes/width").asInt();

  static Stream<String> cases() {
    return StreamSupport.stream(FIXTURE.get("cases").spliterator(), false)
        .map(c -> c.get("name").asText());
  }

  @Test
  void theFixtureHoldsEveryVariantWithBothWeights() {
    assertEquals(
        List.of(
            "full-default",
            "full-0.2",
            "full-scaled-default",
            "full-scaled-0.2",
            "no-attention-default",
            "no-attention-0.2",
            "no-global-default",
            "no-global-0.2"),
        cases().toList());
    FIXTURE
        .get("cases")
        .forEach(c -> assertTrue(c.get("float64_difference").asDouble() < TOLERANCE / 3));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void forwardPassLossesAndGradientsAreThoseOfPyTorch(String name) {
    JsonNode expected = find(name);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        RatingModule module = module(manager, expected);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Weights leaves = module.parameters().leaves();
      RatingModule.Forward forward;
      RatingModule.Loss loss;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        forward = forward(manager, module, leaves);
        loss = loss(manager, module, forward);
        collector.backward(loss.total());
      }
      assertOutputs(expected.get("outputs"), forward);
      JsonNode losses = expected.get("losses");
      assertEquals(losses.get("overall").floatValue(), loss.overall().getFloat(), 2 * TOLERANCE);
      assertEquals(losses.get("aspects").floatValue(), loss.aspects().getFloat(), 2 * TOLERANCE);
      assertEquals(losses.get("total").floatValue(), loss.total().getFloat(), 2 * TOLERANCE);
      Map<String, float[]> gradients = new LinkedHashMap<>();
      leaves
          .all()
          .forEach((key, leaf) -> gradients.put(key, leaf.getGradient().toFloatArray().clone()));
      assertClose(PeerLayout.layOut(expected.get("gradients"), leaves, ASPECTS), gradients);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void parametersAfterOneAndFiveStepsOfAdamAreThoseOfPyTorch(String name) {
    JsonNode expected = find(name);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        RatingModule module = module(manager, expected);
        Optimizer adam = Adam.of(module.parameters(), 1e-3)) {
      for (int step = 1; step <= 5; step++) {
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          Weights leaves = module.parameters().leaves();
          float total;
          try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            RatingModule.Loss loss = loss(manager, module, forward(manager, module, leaves));
            collector.backward(loss.total());
            total = loss.total().getFloat();
          }
          assertEquals(
              expected.get("adam_losses").get(step - 1).floatValue(), total, 2 * TOLERANCE);
          adam.step(leaves);
        }
        JsonNode trained = expected.at("/adam/" + step);
        if (!trained.isMissingNode()) {
          assertParameters(trained, module);
        }
      }
    }
  }

  private static void assertParameters(JsonNode trained, RatingModule module) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Weights frozen = module.parameters().frozen();
      Map<String, float[]> values = new LinkedHashMap<>();
      frozen.all().forEach((key, value) -> values.put(key, value.toFloatArray()));
      assertClose(PeerLayout.layOut(trained, frozen, ASPECTS), values);
    }
  }

  private static void assertClose(Map<String, float[]> expected, Map<String, float[]> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (name, numbers) -> assertArrayEquals(numbers, actual.get(name), TOLERANCE, name));
  }

  private static void assertOutputs(JsonNode expected, RatingModule.Forward forward) {
    float[] ratings = forward.ratings().toFloatArray(); // (A + 1, B)
    for (int row = 0; row < BATCH; row++) {
      float overall = expected.get("overall").get(row).floatValue();
      assertEquals(overall, ratings[row], TOLERANCE, "overall rating of row " + row);
      for (int a = 0; a < ASPECTS; a++) {
        assertEquals(
            expected.get("aspects").get(row).get(a).floatValue(),
            ratings[(a + 1) * BATCH + row],
            TOLERANCE,
            "aspect " + a + " of row " + row);
      }
    }
    if (!expected.has("user_weights")) {
      assertNull(forward.attention());
    }
    if (!expected.has("user_vector")) {
      assertNull(forward.aspects());
      assertNull(forward.sides());
      return;
    }
    String[] sides = {"user", "item"};
    for (int s = 0; s < 2; s++) {
      // (S, A, B, d) to the peer's (B, A, d)
      NDArray aspects = forward.aspects().get(s).transpose(1, 0, 2);
      assertArray(expected.get(sides[s] + "_aspects"), aspects, sides[s] + " aspect vectors");
      assertArray(expected.get(sides[s] + "_vector"), forward.sides().get(s), sides[s] + " vector");
      if (forward.attention() != null) {
        // (S, A, B) to the peer's (B, A)
        NDArray alpha = forward.attention().get(s).transpose();
        assertArray(expected.get(sides[s] + "_weights"), alpha, sides[s] + " weights");
      }
    }
  }

  private static void assertArray(JsonNode expected, NDArray actual, String what) {
    List<Float> numbers = new ArrayList<>();
    PeerLayout.flatten(expected, numbers);
    float[] values = actual.toFloatArray();
    assertEquals(numbers.size(), values.length, what);
    for (int n = 0; n < values.length; n++) {
      assertEquals(numbers.get(n), values[n], TOLERANCE, what + ", number " + n);
    }
  }

  private static RatingModule module(NDManager manager, JsonNode expected) {
    JsonNode alpha = expected.get("alpha_setting");
    RatingSettings settings =
        new RatingSettings(
            expected.get("variant").asText(),
            WIDTH,
            0,
            expected.get("scaled_attention").asBoolean() ? "sqrt" : "none",
            alpha.isNull() ? "auto" : alpha.asText(),
            1e-3,
            32,
            1,
            0);
    int users = FIXTURE.at("/sizes/users").asInt();
    int items = FIXTURE.at("/sizes/items").asInt();
    RatingModule module =
        new RatingModule(manager, Device.cpu(), users, items, ASPECTS, settings, 1);
    float[] values = new float[Math.toIntExact(module.parameters().count())];
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Weights weights = module.parameters().frozen();
      int from = 0;
      for (float[] part :
          PeerLayout.layOut(expected.get("parameters"), weights, ASPECTS).values()) {
        System.arraycopy(part, 0, values, from, part.length);
        from += part.length;
      }
      assertEquals(values.length, from);
    }
    module.parameters().set(values);
    return module;
  }

  private static RatingModule.Forward forward(
      NDManager manager, RatingModule module, Weights weights) {
    NDArray users = manager.create(longs(FIXTURE.at("/batch/user")));
    NDArray items = manager.create(longs(FIXTURE.at("/batch/item")));
    return module.forward(weights, users, items, true);
  }

  private static RatingModule.Loss loss(
      NDManager manager, RatingModule module, RatingModule.Forward forward) {
    float[] overall = new float[BATCH];
    float[] aspects = new float[ASPECTS * BATCH]; // (A, B)
    for (int row = 0; row < BATCH; row++) {
      overall[row] = FIXTURE.at("/batch/overall").get(row).floatValue();
      for (int a = 0; a < ASPECTS; a++) {
        aspects[a * BATCH + row] = FIXTURE.at("/batch/aspects").get(row).get(a).floatValue();
      }
    }
    return module.loss(
        forward, manager.create(overall), manager.create(aspects, new Shape(ASPECTS, BATCH)));
  }

  private static long[] longs(JsonNode list) {
    long[] numbers = new long[list.size()];
    for (int n = 0; n < numbers.length; n++) {
      numbers[n] = list.get(n).asLong();
    }
    return numbers;
  }

  private static JsonNode find(String name) {
    return StreamSupport.stream(FIXTURE.get("cases").spliterator(), false)
        .filter(c -> c.get("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode read() {
    try (InputStream in =
        PeerParityTest.class.getResourceAsStream("/fixtures/elixir-rating.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
