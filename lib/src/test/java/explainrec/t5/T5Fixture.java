package explainrec.t5;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A model of random weights with what transformers made of it. */
final class T5Fixture implements AutoCloseable {
  final NDManager manager = NDManager.newBaseManager();
  final Path folder;
  final JsonNode expected;
  final T5 t5;
  final Weights weights;

  T5Fixture(String name) {
    try {
      folder = Path.of(T5Fixture.class.getResource("/fixtures/" + name).toURI());
      expected = new ObjectMapper().readTree(Files.readString(folder.resolve("expected.json")));
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    t5 = new T5(T5Config.read(folder.resolve("config.json")));
    weights = T5Weights.frozen(manager, t5.config(), folder.resolve("model.safetensors"));
  }

  JsonNode teach() {
    return expected.get("teach");
  }

  NDArray ids() {
    int[][] rows = rows(teach().get("ids"));
    long[] all = flat(rows);
    return manager.create(all, new Shape(rows.length, rows[0].length));
  }

  NDArray mask() {
    int[][] rows = rows(teach().get("mask"));
    float[] all = new float[rows.length * rows[0].length];
    long[] flat = flat(rows);
    for (int n = 0; n < all.length; n++) {
      all[n] = flat[n];
    }
    return manager.create(all, new Shape(rows.length, rows[0].length));
  }

  private static long[] flat(int[][] rows) {
    return Arrays.stream(rows).flatMapToInt(Arrays::stream).asLongStream().toArray();
  }

  static int[][] rows(JsonNode node) {
    int[][] rows = new int[node.size()][];
    for (int b = 0; b < rows.length; b++) {
      rows[b] = new int[node.get(b).size()];
      for (int t = 0; t < rows[b].length; t++) {
        rows[b][t] = node.get(b).get(t).intValue();
      }
    }
    return rows;
  }

  static float[] numbers(JsonNode node) {
    List<Float> found = new ArrayList<>();
    collect(node, found);
    float[] numbers = new float[found.size()];
    for (int n = 0; n < numbers.length; n++) {
      numbers[n] = found.get(n);
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

  @Override
  public void close() {
    manager.close();
  }
}
