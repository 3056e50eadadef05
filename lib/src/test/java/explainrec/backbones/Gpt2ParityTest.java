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
import explainrec.nn.Parameters;
import explainrec.nn.Weights;
import explainrec.text.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers of transformers, to the tolerances that the kit promises. */
final class Gpt2ParityTest {
  private Gpt2Fixture fixture;

  @BeforeEach
  void open() {
    fixture = new Gpt2Fixture();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Labels one place to the left: what follows each position. */
  private int[][] following() {
    return Arrays.stream(Gpt2Fixture.rows(fixture.teach().get("labels")))
        .map(row -> Arrays.copyOfRange(row, 1, row.length))
        .toArray(int[][]::new);
  }

  private float backward(Weights weights, NDArray embedded) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray loss = fixture.gpt2.loss(weights, embedded, following(), null);
      collector.backward(loss);
      return loss.getFloat();
    }
  }

  @Test
  void logitsAreThoseOfTransformers() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray embedded = fixture.embedded(fixture.teach().get("ids"));
      NDArray output = fixture.gpt2.read(fixture.weights, embedded, null, null);
      assertArrayEquals(
          Gpt2Fixture.numbers(fixture.teach().get("logits")),
          fixture.gpt2.head().scores(fixture.weights, output).toFloatArray(),
          1e-4f);
    }
  }

  @Test
  void lossAndGradientOfTheInputAreThoseOfTransformersFrozenOrNot() {
    float[] expected = Gpt2Fixture.numbers(fixture.teach().get("gradient"));
    try (Parameters parameters = trainable()) {
      for (boolean frozen : new boolean[] {true, false}) {
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          NDArray embedded = fixture.embedded(fixture.teach().get("ids"));
          embedded.setRequiresGradient(true);
          float loss = backward(frozen ? fixture.weights : parameters.leaves(), embedded);
          assertEquals(fixture.teach().get("loss").floatValue(), loss, 1e-5f);
          assertClose(expected, embedded.getGradient().toFloatArray());
        }
      }
    }
  }

  private static void assertClose(float[] expected, float[] found) {
    double difference = 0;
    double norm = 0;
    for (int n = 0; n < expected.length; n++) {
      difference += Math.pow(expected[n] - found[n], 2);
      norm += Math.pow(expected[n], 2);
    }
    double share = Math.sqrt(difference / norm);
    assertTrue(share < 1e-4, () -> "differs by " + share);
  }

  private Parameters trainable() {
    Parameters.Builder builder = Parameters.builder();
    fixture.model.describe(builder);
    return builder.build(fixture.manager, Device.cpu(), 0);
  }

  @Test
  void everyTrainableWeightHasTheGradientOfTransformers() {
    try (Parameters parameters = trainable();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Weights leaves = parameters.leaves();
      backward(leaves, fixture.embedded(fixture.teach().get("ids")));
      JsonNode norms = fixture.teach().get("weight_gradient_norms");
      assertEquals(norms.size(), leaves.all().size());
      leaves
          .all()
          .forEach(
              (name, leaf) -> {
                double norm = norms.get(name).doubleValue();
                assertEquals(norm, leaf.getGradient().norm().getFloat(), 2e-4 * norm, name);
                // As the optimizer reads it: rows first, though the product had it the other way.
                float[] raw = new float[(int) leaf.size()];
                leaf.getGradient().toByteBuffer(true).asFloatBuffer().get(raw);
                assertArrayEquals(leaf.getGradient().toFloatArray(), raw, name);
              });
    }
  }

  @Test
  void greedyTextsAreThoseOfTransformersThoughRowsLeaveAtTheirEnds() {
    JsonNode write = fixture.expected.get("write");
    int most = write.get("max_new_tokens").intValue();
    int[][] prompts = Gpt2Fixture.rows(write.get("prompt"));
    int end = fixture.gpt2.config().end();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      // The prompt's last word is the first that is read step by step, in place of the start mark.
      NDArray before = fixture.embedded(write.get("prompt")).get(":, :2");
      Gpt2Decoding decoding =
          new Gpt2Decoding(fixture.gpt2, fixture.weights, fixture.manager, before, most);
      int[] last = Arrays.stream(prompts).mapToInt(row -> row[2]).toArray();
      List<List<Integer>> texts = new ArrayList<>();
      Arrays.stream(prompts).forEach(row -> texts.add(new ArrayList<>()));
      List<List<Integer>> open = texts;
      for (int t = 0; t < most && !open.isEmpty(); t++) {
        long[] best = decoding.next(last).argMax(1).toLongArray();
        List<List<Integer>> going = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        for (int n = 0; n < best.length; n++) {
          open.get(n).add((int) best[n]);
          if (best[n] != end) {
            going.add(open.get(n));
            rows.add(n);
          }
        }
        decoding.select(rows.stream().mapToInt(n -> n).toArray());
        last = rows.stream().mapToInt(n -> (int) best[n]).toArray();
        open = going;
      }
      decoding.close();
      int[][] found =
          texts.stream()
              .map(text -> text.stream().mapToInt(id -> id).toArray())
              .toArray(int[][]::new);
      assertArrayEquals(Gpt2Fixture.rows(write.get("ids")), found);
    }
  }

  @Test
  void idsOfHardTextsAreThoseOfThePythonTokenizer() {
    JsonNode hard = fixture.expected.get("tokenizer");
    List<String> texts = new ArrayList<>();
    hard.get("texts").forEach(text -> texts.add(text.textValue()));
    int[][] ids = Gpt2Fixture.rows(hard.get("ids"));
    int end = fixture.gpt2.config().end();
    try (var tokenizer =
        explainrec.t5.T5Tokenizer.open(Gpt2Fixture.folder().resolve("tokenizer.json"))) {
      List<int[]> found = tokenizer.encode(texts);
      for (int n = 0; n < ids.length; n++) {
        assertArrayEquals(ids[n], found.get(n), texts.get(n));
        assertEquals(hard.get("decoded").get(n).textValue(), tokenizer.decode(ids[n]));
      }
    }
    int[] inside = fixture.model.encode(List.of("malt")).get(0);
    assertEquals(end, inside[inside.length - 1]);
    assertEquals("malt", fixture.model.decode(inside));
  }

  @Test
  void weightsWithoutThePrefixAreReadAsWell(@TempDir Path folder) throws IOException {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    List<float[]> values = new ArrayList<>();
    try (Safetensors tensors = Safetensors.open(fixture.model.weightsFile())) {
      Gpt2Weights.shapes(fixture.gpt2.config())
          .forEach(
              (name, shape) -> {
                values.add(tensors.read(name, shape.getShape()));
                shapes.put(name.substring(Gpt2Weights.PREFIX.length()), shape.getShape());
              });
    }
    float[] all = new float[values.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : values) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    Path file = folder.resolve("model.safetensors");
    Safetensors.write(
        file, shapes, (from, part, count) -> System.arraycopy(all, (int) from, part, 0, count));
    Weights bare = Gpt2Weights.frozen(fixture.manager, fixture.gpt2.config(), file);
    fixture
        .weights
        .all()
        .forEach(
            (name, array) ->
                assertArrayEquals(array.toFloatArray(), bare.get(name).toFloatArray(), name));
  }
}
