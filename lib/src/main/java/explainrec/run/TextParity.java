package explainrec.run;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.data.InputException;
import explainrec.nn.Weights;
import explainrec.t5.GenerationSettings;
import explainrec.t5.Generator;
import explainrec.t5.T5;
import explainrec.t5.T5Config;
import explainrec.t5.T5Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * How far the kit's T5 is from transformers' on the same random weights.
 *
 * @param logits largest difference of a score
 * @param lossTokens difference of the loss that is a mean of words
 * @param lossReviews difference of the loss that is a mean of reviews
 * @param gradientTokens difference of the first loss's gradient with respect to the encoder's
 *     input, as a share of its norm
 * @param gradientReviews the same of the second loss
 * @param textsSame texts that both wrote with the same ids: greedily, with beams, with a repetition
 *     penalty
 * @param texts how many were written
 */
public record TextParity(
    double logits,
    double lossTokens,
    double lossReviews,
    double gradientTokens,
    double gradientReviews,
    int textsSame,
    int texts) {

  /**
   * Compares.
   *
   * @param folder what {@code make_t5_fixture.py} wrote for one version of T5
   * @param device where the kit computes
   * @return the differences
   */
  public static TextParity of(Path folder, Device device) {
    try (NDManager manager = NDManager.newBaseManager(device);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      JsonNode expected = new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
      return new Comparison(folder, manager, expected).run();
    } catch (IOException e) {
      throw new InputException(folder + ": expected.json cannot be read: " + e.getMessage(), e);
    }
  }

  private static final class Comparison {
    private final NDManager manager;
    private final T5 t5;
    private final Weights weights;
    private final JsonNode teach;
    private final JsonNode write;
    private final int[][] labels;
    private final NDArray prompt;
    private final NDArray mask;

    Comparison(Path folder, NDManager manager, JsonNode expected) {
      this.manager = manager;
      this.t5 = new T5(T5Config.read(folder.resolve("config.json")));
      this.weights = T5Weights.frozen(manager, t5.config(), folder.resolve("model.safetensors"));
      this.teach = expected.get("teach");
      this.write = expected.get("write");
      this.labels = rows(teach.get("labels"));
      this.prompt = t5.embed(weights, ids(rows(teach.get("ids"))));
      int[][] real = rows(teach.get("mask"));
      this.mask = ids(real).toType(ai.djl.ndarray.types.DataType.FLOAT32, false);
    }

    TextParity run() {
      double[] tokens = losses(T5.Mean.TOKENS, "tokens");
      double[] reviews = losses(T5.Mean.REVIEWS, "reviews");
      int same = 0;
      int texts = 0;
      for (Map.Entry<String, JsonNode> entry : write.get("cases").properties()) {
        int[][] wanted = rows(entry.getValue().get("ids"));
        int[][] found =
            new Generator(t5, weights, settings(entry.getValue())).generate(prompt, mask, 1);
        texts += wanted.length;
        for (int n = 0; n < wanted.length; n++) {
          same += Arrays.equals(wanted[n], found[n]) ? 1 : 0;
        }
      }
      return new TextParity(logits(), tokens[0], reviews[0], tokens[1], reviews[1], same, texts);
    }

    private double logits() {
      int[][] before = new int[labels.length][labels[0].length];
      for (int b = 0; b < labels.length; b++) {
        before[b][0] = t5.config().start();
        for (int n = 1; n < before[b].length; n++) {
          int last = labels[b][n - 1];
          before[b][n] = last == T5.IGNORED ? t5.config().pad() : last;
        }
      }
      NDArray memory = t5.encode(weights, prompt, mask, null);
      NDArray decoded = t5.decode(weights, memory, mask, ids(before), null);
      float[] found = t5.logits(weights, decoded).toFloatArray();
      float[] wanted = numbers(teach.get("logits"), found.length);
      double most = 0;
      for (int n = 0; n < found.length; n++) {
        most = Math.max(most, Math.abs(found[n] - wanted[n]));
      }
      return most;
    }

    /** The loss's difference, and its gradient's. */
    private double[] losses(T5.Mean mean, String name) {
      NDArray leaf = prompt.stopGradient();
      leaf.setRequiresGradient(true);
      double loss;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray memory = t5.encode(weights, leaf, mask, null);
        NDArray total = t5.loss(weights, memory, mask, labels, mean, null);
        collector.backward(total);
        loss = total.getFloat();
      }
      float[] found = leaf.getGradient().toFloatArray();
      float[] wanted = numbers(teach.get("gradient_" + name), found.length);
      double difference = 0;
      double norm = 0;
      for (int n = 0; n < found.length; n++) {
        difference += Math.pow(wanted[n] - found[n], 2);
        norm += Math.pow(wanted[n], 2);
      }
      return new double[] {
        Math.abs(loss - teach.get("loss_" + name).asDouble()), Math.sqrt(difference / norm)
      };
    }

    private GenerationSettings settings(JsonNode json) {
      return new GenerationSettings(
          write.get("max_new_tokens").intValue(),
          json.path("num_beams").asInt(1),
          json.path("length_penalty").asDouble(1),
          json.path("early_stopping").asBoolean(false),
          json.path("repetition_penalty").asDouble(1),
          false,
          1,
          0,
          1);
    }

    private NDArray ids(int[][] rows) {
      long[] flat = Arrays.stream(rows).flatMapToInt(Arrays::stream).asLongStream().toArray();
      return manager.create(flat, new Shape(rows.length, rows[0].length));
    }
  }

  private static int[][] rows(JsonNode node) {
    int[][] rows = new int[node.size()][];
    for (int b = 0; b < rows.length; b++) {
      rows[b] = new int[node.get(b).size()];
      for (int n = 0; n < rows[b].length; n++) {
        rows[b][n] = node.get(b).get(n).intValue();
      }
    }
    return rows;
  }

  private static float[] numbers(JsonNode node, int count) {
    float[] numbers = new float[count];
    collect(node, numbers, 0);
    return numbers;
  }

  private static int collect(JsonNode node, float[] into, int at) {
    if (!node.isArray()) {
      into[at] = node.floatValue();
      return at + 1;
    }
    int next = at;
    for (JsonNode child : node) {
      next = collect(child, into, next);
    }
    return next;
  }
}
