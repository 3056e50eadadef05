package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.nn.Weights;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.StreamSupport;

/** A GPT-2 of random weights with what transformers made of it. */
final class Gpt2Fixture implements AutoCloseable {
  final NDManager manager = NDManager.newBaseManager();
  final JsonNode expected;
  final Gpt2Model model;
  final Gpt2 gpt2;
  final Weights weights;

  Gpt2Fixture() {
    try {
      expected = new ObjectMapper().readTree(Files.readString(folder().resolve("expected.json")));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    model = Gpt2Model.open(folder());
    gpt2 = model.gpt2();
    weights = model.frozen(manager);
  }

  static Path folder() {
    try {
      return Path.of(Gpt2Fixture.class.getResource("/fixtures/gpt2-tiny").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  JsonNode teach() {
    return expected.get("teach");
  }

  /** Embedded words, (B, T, d). */
  NDArray embedded(JsonNode ids) {
    int[][] rows = rows(ids);
    long[] all = Arrays.stream(rows).flatMapToInt(Arrays::stream).asLongStream().toArray();
    return gpt2.embed(weights, manager.create(all, new Shape(rows.length, rows[0].length)));
  }

  static int[][] rows(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false)
        .map(
            row ->
                StreamSupport.stream(row.spliterator(), false).mapToInt(JsonNode::asInt).toArray())
        .toArray(int[][]::new);
  }

  /** All numbers below a node, in order. */
  static float[] numbers(JsonNode node) {
    if (!node.isArray()) {
      return new float[] {node.floatValue()};
    }
    float[] all = new float[0];
    for (JsonNode child : node) {
      float[] some = numbers(child);
      int before = all.length;
      all = Arrays.copyOf(all, before + some.length);
      System.arraycopy(some, 0, all, before, some.length);
    }
    return all;
  }

  @Override
  public void close() {
    model.close();
    manager.close();
  }
}
