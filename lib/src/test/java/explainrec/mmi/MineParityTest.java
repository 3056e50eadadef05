package explainrec.mmi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.nn.Parameters;
import explainrec.nn.Trainable;
import explainrec.nn.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T, losses and gradients of two steps, as PyTorch has them; see make_mine_fixture.py. */
final class MineParityTest {
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @ValueSource(strings = {"dv", "infonce", "nwj"})
  void lossesGradientsAndMovingAverageAreThoseOfPyTorch(String objective) throws IOException {
    JsonNode fixture;
    try (InputStream file = MineParityTest.class.getResourceAsStream("/fixtures/mine.json")) {
      fixture = new ObjectMapper().readTree(file);
    }
    JsonNode first = fixture.at("/steps/" + objective + "/0");
    int width = first.at("/e/0").size();
    int targetWidth = first.at("/y/0/0").size();
    int hidden = fixture.at("/parameters/first.bias").size();
    StatisticsNetwork network = new StatisticsNetwork(width, targetWidth, hidden);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      Parameters parameters = network.describe(0.02).build(manager, Device.cpu(), 1);
      parameters.set(values(fixture.at("/parameters")));
      float[][] none = new float[2][width];
      MineSettings settings = MineTest.settings(objective, 1e-4, 1);
      try (MineTraining training =
          new MineTraining(
              network, settings, parameters, none, new float[2][targetWidth], new int[2], 1)) {
        for (JsonNode step : fixture.at("/steps/" + objective)) {
          check(step, network, parameters, training, manager);
        }
        if (objective.equals("dv")) {
          training.validate();
          double average = fixture.at("/steps/dv/1/average").asDouble();
          float[] kept = parameters.frozen().get(StatisticsNetwork.AVERAGE).toFloatArray();
          assertEquals(average, kept[0], TOLERANCE);
        }
      }
    }
  }

  private static void check(
      JsonNode step,
      StatisticsNetwork network,
      Parameters parameters,
      MineTraining training,
      NDManager manager) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray e = array(manager, step.get("e"));
      NDArray y = array(manager, step.get("y"));
      Weights leaves = parameters.leaves();
      Trainable.Loss loss;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray t = network.pairs(leaves, e, y);
        assertArrayEquals(floats(step.get("t")), t.toFloatArray(), (float) TOLERANCE);
        loss = training.loss(t);
        collector.backward(loss.total());
      }
      assertEquals(step.get("loss").asDouble(), loss.total().getFloat(), TOLERANCE);
      JsonNode gradients = step.get("gradients");
      gradients
          .fieldNames()
          .forEachRemaining(
              name ->
                  assertArrayEquals(
                      floats(gradients.get(name)),
                      leaves.get(name).getGradient().toFloatArray(),
                      (float) TOLERANCE,
                      name));
    }
  }

  /** The parameters in their order, then the moving average's start. */
  private static float[] values(JsonNode named) {
    List<Float> all = new ArrayList<>();
    named.forEach(parameter -> collect(parameter, all));
    all.add(1f);
    return unbox(all);
  }

  private static NDArray array(NDManager manager, JsonNode nested) {
    List<Long> shape = new ArrayList<>();
    for (JsonNode at = nested; at.isArray(); at = at.get(0)) {
      shape.add((long) at.size());
    }
    return manager.create(
        floats(nested), new Shape(shape.stream().mapToLong(Long::longValue).toArray()));
  }

  private static float[] floats(JsonNode nested) {
    List<Float> all = new ArrayList<>();
    collect(nested, all);
    return unbox(all);
  }

  private static void collect(JsonNode node, List<Float> into) {
    if (node.isArray()) {
      node.forEach(part -> collect(part, into));
    } else {
      into.add((float) node.asDouble());
    }
  }

  private static float[] unbox(List<Float> values) {
    float[] plain = new float[values.size()];
    for (int n = 0; n < plain.length; n++) {
      plain[n] = values.get(n);
    }
    return plain;
  }
}
