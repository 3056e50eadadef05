package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.nn.Trainable;
import explainrec.nn.Weights;
import explainrec.text.Vocabulary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PETER and PETER+ give the numbers of plain PyTorch. */
final class PeterParityTest {
  private static final float TOLERANCE = 1e-5f;
  private static final float OF_GRADIENT = 1e-4f;
  private static final JsonNode FIXTURE = read();
  private static final PeterSettings SETTINGS =
      new PeterSettings(8, 2, 10, 2, 0, 1, 1, 0.1, 1, 1, 0.25, 4, 1, 0, 9, 6);

  @ParameterizedTest
  @ValueSource(strings = {"peter", "peter-plus"})
  void wordsContextAndRatingsAreThoseOfPyTorch(String name) {
    JsonNode expected = FIXTURE.get("cases").get(name);
    assertTrue(expected.get("float64_difference").asDouble() < TOLERANCE / 3);
    try (Peter peter = peter(name, expected);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Weights weights = peter.parameters().frozen();
      NDArray logs = peter.logProbabilities(weights, requests(), sequences());
      assertClose(expected.get("logs"), logs.toFloatArray());
      assertClose(expected.get("context"), peter.context(weights, requests()).toFloatArray());
      assertClose(expected.get("rating"), peter.ratings(weights, requests()));
      try (Decoding decoding = peter.begin(weights, requests())) {
        int[] start = new int[4];
        Arrays.fill(start, Vocabulary.START);
        NDArray first = decoding.next(start).logSoftmax(1);
        assertClose(expected.get("first"), first.toFloatArray());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"peter", "peter-plus"})
  void lossesAndGradientsAreThoseOfPyTorch(String name) {
    JsonNode expected = FIXTURE.get("cases").get(name);
    try (Peter peter = peter(name, expected);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Weights leaves = peter.parameters().leaves();
      Trainable.Loss loss;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        loss = peter.loss(leaves, requests(), sequences());
        collector.backward(loss.total());
      }
      JsonNode losses = expected.get("losses");
      assertEquals(losses.get("total").floatValue(), loss.total().getFloat(), TOLERANCE);
      loss.parts()
          .forEach(
              (part, value) ->
                  assertEquals(losses.get(part).floatValue(), value.getFloat(), TOLERANCE, part));
      leaves
          .all()
          .forEach(
              (key, leaf) -> {
                float[] gradient = numbers(expected.get("gradients").get(key));
                float largest = 0;
                for (float value : gradient) {
                  largest = Math.max(largest, Math.abs(value));
                }
                assertArrayEquals(
                    gradient,
                    leaf.getGradient().toFloatArray(),
                    Math.max(1e-6f, OF_GRADIENT * largest),
                    key);
              });
    }
  }

  private static Peter peter(String name, JsonNode expected) {
    List<List<String>> texts = List.of(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i"));
    Vocabulary words = new Vocabulary(texts, 9);
    List<String> features = List.of(words.word(5), words.word(9));
    Peter peter =
        new Peter(words, 4, 5, features, SETTINGS, name.endsWith("plus"), Device.cpu(), 1);
    List<Float> all = new ArrayList<>();
    peter
        .parameters()
        .frozen()
        .all()
        .keySet()
        .forEach(key -> collect(expected.get("parameters").get(key), all));
    float[] values = new float[all.size()];
    for (int n = 0; n < values.length; n++) {
      values[n] = all.get(n);
    }
    peter.parameters().set(values);
    return peter;
  }

  private static Requests requests() {
    JsonNode batch = FIXTURE.get("batch");
    int[] features =
        Arrays.stream(whole(batch.get("feature")))
            .map(word -> word == 5 ? 0 : word == 9 ? 1 : -1)
            .toArray();
    return new Requests(
        new int[] {-1, -1, -1, -1},
        whole(batch.get("user")),
        whole(batch.get("item")),
        numbers(batch.get("rating")),
        features);
  }

  private static int[][] sequences() {
    return StreamSupport.stream(FIXTURE.get("batch").get("targets").spliterator(), false)
        .map(row -> Arrays.stream(whole(row)).filter(id -> id != Vocabulary.PAD).toArray())
        .toArray(int[][]::new);
  }

  private static int[] whole(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  private static void assertClose(JsonNode expected, float[] found) {
    assertArrayEquals(numbers(expected), found, TOLERANCE);
  }

  private static float[] numbers(JsonNode node) {
    List<Float> all = new ArrayList<>();
    collect(node, all);
    float[] numbers = new float[all.size()];
    for (int n = 0; n < numbers.length; n++) {
      numbers[n] = all.get(n);
    }
    return numbers;
  }

  private static void collect(JsonNode node, List<Float> into) {
    if (node.isArray()) {
      node.forEach(child -> collect(child, into));
    } else {
      into.add(node.floatValue());
    }
  }

  private static JsonNode read() {
    try (InputStream in = PeterParityTest.class.getResourceAsStream("/fixtures/peter.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
