package explainrec.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The files that environment/peers/make_text_metrics_fixture.py wrote. */
record TextFixture(JsonNode root) {
  static TextFixture read(String name) {
    try (InputStream in = TextFixture.class.getResourceAsStream("/fixtures/" + name)) {
      return new TextFixture(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The values under a key of every pair. */
  List<JsonNode> each(String key) {
    List<JsonNode> values = new ArrayList<>();
    root.get("pairs").forEach(pair -> values.add(pair.get(key)));
    return values;
  }

  List<String> texts(String key) {
    return each(key).stream().map(JsonNode::asText).toList();
  }

  double[] numbers(String key) {
    return each(key).stream().mapToDouble(JsonNode::asDouble).toArray();
  }

  double corpus(String key) {
    return root.get("corpus").get(key).asDouble();
  }
}
