package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.nn.Trainable;
import explainrec.nn.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A tiny model worked out by PyTorch: see environment/peers/make_rnn_fixture.py and
 * make_nrt_fixture.py.
 */
record RnnFixture(JsonNode json) {
  private static final double LOG_TOLERANCE = 1e-5;
  private static final double GRADIENT_TOLERANCE = 1e-4; // of the parameter's largest

  static RnnFixture of(String name) {
    try (InputStream file = RnnFixture.class.getResourceAsStream("/fixtures/" + name + ".json")) {
      return new RnnFixture(new ObjectMapper().readTree(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int size(String name) {
    return json.at("/sizes/" + name).asInt();
  }

  int[] ints(String path) {
    float[] values = floats(json.at(path));
    int[] whole = new int[values.length];
    for (int n = 0; n < whole.length; n++) {
      whole[n] = (int) values[n];
    }
    return whole;
  }

  int[][] sequences(String path) {
    List<int[]> rows = new ArrayList<>();
    for (int n = 0; n < json.at(path).size(); n++) {
      rows.add(ints(path + "/" + n));
    }
    return rows.toArray(int[][]::new);
  }

  float[] floats(JsonNode node) {
    List<Float> values = new ArrayList<>();
    collect(node, values);
    float[] all = new float[values.size()];
    for (int n = 0; n < all.length; n++) {
      all[n] = values.get(n);
    }
    return all;
  }

  private static void collect(JsonNode node, List<Float> into) {
    if (node.isArray()) {
      node.forEach(part -> collect(part, into));
    } else {
      into.add((float) node.asDouble());
    }
  }

  /** Gives a model the file's parameters; each must be there, and no other. */
  void load(ExplanationGenerator model) {
    JsonNode parameters = json.get("parameters");
    List<Float> all = new ArrayList<>();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      var named = model.parameters().frozen().all();
      assertEquals(parameters.size(), named.size());
      named.forEach(
          (name, array) -> {
            assertNotNull(parameters.get(name), name);
            int before = all.size();
            collect(parameters.get(name), all);
            assertEquals(array.size(), all.size() - before, name);
          });
    }
    float[] values = new float[all.size()];
    for (int n = 0; n < values.length; n++) {
      values[n] = all.get(n);
    }
    model.parameters().set(values);
  }

  /** Compares log-probabilities, and the gradients of their sum with a factor for each token. */
  void check(ExplanationGenerator model, Requests requests) {
    int[][] sequences = sequences("/sequences");
    float[] expected = floats(json.get("logs"));
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Weights leaves = model.parameters().leaves();
      NDArray logs;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        logs = model.logProbabilities(leaves, requests, sequences); // (N, L)
        float[] factors = new float[expected.length];
        for (int n = 0; n < factors.length; n++) {
          factors[n] = (n + 1f) / factors.length;
        }
        NDArray weights = logs.getManager().create(factors, logs.getShape());
        collector.backward(logs.mul(weights).sum());
      }
      compare("log-probability", expected, logs.toFloatArray(), LOG_TOLERANCE);
      leaves
          .all()
          .forEach(
              (name, leaf) -> {
                if (json.get("gradients").has(name)) { // else the text does not depend on it
                  compareGradient("gradients", name, leaf);
                }
              });
    }
  }

  /** Compares the parts of the loss of training, and the gradients of all of it. */
  void checkLoss(ExplanationGenerator model, Requests requests) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Weights leaves = model.parameters().leaves();
      Trainable.Loss loss;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        loss = model.loss(leaves, requests, sequences("/sequences"));
        collector.backward(loss.total());
      }
      double total = json.get("total").asDouble();
      assertEquals(total, loss.total().getFloat(), LOG_TOLERANCE * total);
      assertEquals(json.get("losses").size(), loss.parts().size());
      loss.parts()
          .forEach(
              (name, part) ->
                  assertEquals(
                      json.get("losses").get(name).asDouble(),
                      part.getFloat(),
                      LOG_TOLERANCE,
                      name));
      leaves.all().forEach((name, leaf) -> compareGradient("loss_gradients", name, leaf));
    }
  }

  private void compareGradient(String of, String name, NDArray leaf) {
    float[] gradient = floats(json.get(of).get(name));
    double most = 1e-3;
    for (float value : gradient) {
      most = Math.max(most, Math.abs(value));
    }
    compare(name, gradient, leaf.getGradient().toFloatArray(), GRADIENT_TOLERANCE * most);
  }

  private static void compare(String what, float[] expected, float[] found, double tolerance) {
    assertEquals(expected.length, found.length, what);
    for (int n = 0; n < expected.length; n++) {
      assertEquals(expected[n], found[n], tolerance, what + " " + n);
    }
  }
}
