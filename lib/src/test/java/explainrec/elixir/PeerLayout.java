package explainrec.elixir;

import com.fasterxml.jackson.databind.JsonNode;
import explainrec.nn.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each parameter of the PyTorch peer stands in the kit's tensors.
 *
 * <p>The peer has one module an aspect, a side and a head, and stores linear weights as (outputs,
 * inputs). The kit batches them and stores (inputs, outputs). Everything that knows this stands
 * here.
 *
 * <p>Shapes: S = 2 sides (0 user, 1 item), A aspects, H = A + 1 heads (0 overall), d width.
 */
final class PeerLayout {
  private static final String[] SIDES = {"user", "item"};

  private PeerLayout() {}

  /**
   * Lays numbers of the peer out as the kit's parameters lie.
   *
   * @param peer name to nested lists, as in the fixture: values, gradients, or trained values
   * @param weights the kit's parameters, in their order
   * @param aspects A
   * @return by the kit's names, each flattened
   */
  static Map<String, float[]> layOut(JsonNode peer, Weights weights, int aspects) {
    Map<String, float[]> laid = new LinkedHashMap<>();
    for (String name : weights.all().keySet()) {
      List<Float> numbers = new ArrayList<>();
      lay(name, peer, aspects, numbers);
      float[] flat = new float[numbers.size()];
      for (int n = 0; n < flat.length; n++) {
        flat[n] = numbers.get(n);
      }
      laid.put(name, flat);
    }
    return laid;
  }

  private static void lay(String name, JsonNode peer, int aspects, List<Float> into) {
    switch (name) {
      case "user.embedding" -> flatten(peer.required("user_embedding.weight"), into); // (U, d)
      case "item.embedding" -> flatten(peer.required("item_embedding.weight"), into); // (I, d)
      case "aspect.hidden.weight" -> { // (S, d, A d): the aspects' matrices side by side
        for (String side : SIDES) {
          sideBySide(modules(peer, side + "_aspects.", ".hidden.weight", aspects), into);
        }
      }
      case "aspect.output.weight" -> { // (S, A, d, d)
        for (String side : SIDES) {
          modules(peer, side + "_aspects.", ".output.weight", aspects)
              .forEach(w -> sideBySide(List.of(w), into));
        }
      }
      case "aspect.hidden.bias", "aspect.output.bias" -> { // (S, 1, A d) and (S, A, 1, d)
        String rest = name.substring("aspect".length());
        for (String side : SIDES) {
          modules(peer, side + "_aspects.", rest, aspects).forEach(b -> flatten(b, into));
        }
      }
      case "attention.query", "attention.key", "attention.value" -> { // (S, d, d)
        String role = name.substring("attention.".length());
        for (String side : SIDES) {
          sideBySide(List.of(peer.required(side + "_attention." + role + ".weight")), into);
        }
      }
      case "rating.hidden.weight", "rating.output.weight" -> // (H, 2d, d) and (H, d, 1)
          heads(peer, name, aspects).forEach(w -> sideBySide(List.of(w), into));
      case "rating.hidden.bias", "rating.output.bias" -> // (H, 1, d) and (H, 1, 1)
          heads(peer, name, aspects).forEach(b -> flatten(b, into));
      default -> throw new IllegalArgumentException("the peer has no counterpart of " + name);
    }
  }

  /** One parameter of each aspect's module. */
  private static List<JsonNode> modules(JsonNode peer, String start, String end, int aspects) {
    List<JsonNode> found = new ArrayList<>();
    for (int a = 0; a < aspects; a++) {
      found.add(peer.required(start + a + end));
    }
    return found;
  }

  /** One parameter of f, then of each g_a. */
  private static List<JsonNode> heads(JsonNode peer, String name, int aspects) {
    String rest = name.substring("rating".length());
    List<JsonNode> found = new ArrayList<>();
    found.add(peer.required("overall_rating" + rest));
    found.addAll(modules(peer, "aspect_ratings.", rest, aspects));
    return found;
  }

  /** (outputs, inputs) matrices, transposed and put beside each other: (inputs, all outputs). */
  private static void sideBySide(List<JsonNode> matrices, List<Float> into) {
    int inputs = matrices.get(0).get(0).size();
    for (int in = 0; in < inputs; in++) {
      for (JsonNode matrix : matrices) {
        for (JsonNode row : matrix) {
          into.add(row.get(in).floatValue());
        }
      }
    }
  }

  static void flatten(JsonNode node, List<Float> into) {
    if (node.isArray()) {
      node.forEach(child -> flatten(child, into));
    } else {
      into.add(node.floatValue());
    }
  }
}
