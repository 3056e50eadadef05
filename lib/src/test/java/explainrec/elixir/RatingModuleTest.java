package explainrec.elixir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import explainrec.data.InputException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** A forward pass that a reader can follow: d = 2, two aspects, one user, one item. */
final class RatingModuleTest {
  private static final float LN3 = (float) Math.log(3);

  /**
   * The user is (1, 0), the item (0, 1).
   *
   * <pre>
   * eq. 2   a_u of aspect 0: hidden relu(1, 0) = (1, 0), output the same            = (1, 0)
   *         a_u of aspect 1: hidden relu(-1, 0) = (0, 0), output bias               = (0, 2)
   *         a_i of aspect 0: hidden relu(0, 1) = (0, 1), output 3 times, swapped    = (3, 0)
   *         a_i of aspect 1: hidden relu((0, 1) + bias (0, 1)) = (0, 2), output half = (0, 1)
   * eq. 3   user: query ln3 (1, 0), keys as they are: scores (ln3, 0), weights (3/4, 1/4)
   *         item: query (0, 1), keys ln3 times: scores (0, ln3), weights (1/4, 3/4)
   * eq. 4   u~ = 3/4 (1, 0) + 1/4 (0, 2)                                            = (0.75, 0.5)
   *         i~ = 2 (1/4 (3, 0) + 3/4 (0, 1)), values being twice the aspects        = (1.5, 1.5)
   * </pre>
   */
  private static Map<String, float[]> byHand() {
    Map<String, float[]> numbers = new HashMap<>();
    numbers.put("user.embedding", new float[] {1, 0});
    numbers.put("item.embedding", new float[] {0, 1});
    // (2, d, A d): a row an input; the columns are aspect 0, then aspect 1
    numbers.put(
        "aspect.hidden.weight",
        new float[] {
          1, 0, -1, 0, // user, input 0
          0, 1, 0, -1, // user, input 1
          1, 0, 1, 0, // item, input 0
          0, 1, 0, 1 // item, input 1
        });
    numbers.put("aspect.hidden.bias", new float[] {0, 0, 0, 0, /* item */ 0, 0, 0, 1});
    // (2, A, d, d): a row an input
    numbers.put(
        "aspect.output.weight",
        new float[] {
          1,
          0,
          0,
          1, // user, aspect 0: as it is
          1,
          0,
          0,
          1, // user, aspect 1: as it is
          0,
          3,
          3,
          0, // item, aspect 0: 3 times, swapped
          0.5f,
          0,
          0,
          0.5f // item, aspect 1: half
        });
    numbers.put("aspect.output.bias", new float[] {0, 0, 0, 2, /* item */ 0, 0, 0, 0});
    numbers.put("attention.query", new float[] {LN3, 0, 0, LN3, /* item */ 1, 0, 0, 1});
    numbers.put("attention.key", new float[] {1, 0, 0, 1, /* item */ LN3, 0, 0, LN3});
    numbers.put("attention.value", new float[] {1, 0, 0, 1, /* item */ 2, 0, 0, 2});
    // (A + 1, 2d, d): every head's first hidden value sums its pair, its second is user - item in
    // the first dimension
    float[] hidden = {1, 1, 1, 0, 1, -1, 1, 0};
    float[] hiddens = new float[24];
    for (int head = 0; head < 3; head++) {
      System.arraycopy(hidden, 0, hiddens, 8 * head, 8);
    }
    numbers.put("rating.hidden.weight", hiddens);
    numbers.put("rating.hidden.bias", new float[6]);
    numbers.put("rating.output.weight", new float[] {2, 5, 0.5f, 5, 1, 5}); // (A + 1, d, 1)
    numbers.put("rating.output.bias", new float[] {1, 0, -1}); // (A + 1, 1, 1)
    return numbers;
  }

  @Test
  void ratingsAreThoseWorkedOutByHand() {
    forward(
        settings("full", "none", "auto"),
        (module, forward) -> {
          assertClose(forward.aspects(), 1, 0, 0, 2, 3, 0, 0, 1); // (S, A, B, d)
          assertClose(forward.attention(), 0.75f, 0.25f, 0.25f, 0.75f); // (S, A, B)
          assertClose(forward.sides(), 0.75f, 0.5f, 1.5f, 1.5f); // (S, B, d)
          // eq. 5: hidden relu(0.75 + 0.5 + 1.5 + 1.5, 0.75 - 1.5) = (4.25, 0), 2 * 4.25 + 1 = 9.5
          // eq. 6: aspect 0: relu(1 + 0 + 3 + 0, 1 - 3) = (4, 0), 0.5 * 4 = 2
          //        aspect 1: relu(0 + 2 + 0 + 1, 0 - 0) = (3, 0), 1 * 3 - 1 = 2
          assertClose(forward.ratings(), 9.5f, 2, 2);
        });
  }

  @Test
  void withoutAttentionTheLargestAspectValueStandsForEach() {
    forward(
        settings("no-attention", "none", "auto"),
        (module, forward) -> {
          assertNull(forward.attention());
          assertClose(forward.sides(), 1, 2, 3, 1); // eq. 13: max of (1, 0), (0, 2); (3, 0), (0, 1)
          assertClose(forward.ratings(), 15, 2, 2); // overall 2 (1 + 2 + 3 + 1) + 1
        });
  }

  @Test
  void withoutGlobalVectorsEveryRatingComesFromTheEmbeddings() {
    forward(
        settings("no-global", "none", "auto"),
        (module, forward) -> {
          assertNull(forward.attention());
          assertNull(forward.sides());
          // hidden relu(1 + 0 + 0 + 1, 1 - 0) = (2, 1) for every head
          assertClose(forward.ratings(), 2 * 2 + 5 + 1, 0.5f * 2 + 5, 2 + 5 - 1);
        });
  }

  @Test
  void withoutAspectsTheOverallRatingAloneComesFromTheEmbeddings() {
    forward(
        settings("no-aspects", "none", "0.25"),
        (module, forward) -> {
          assertEquals(0, module.aspects());
          assertNull(forward.attention());
          assertNull(forward.aspects());
          assertNull(forward.sides());
          assertClose(forward.ratings(), 2 * 2 + 5 + 1); // eq. 14, hidden (2, 1), (1, B)
          NDArray truth = forward.ratings().getManager().create(new float[] {9});
          RatingModule.Loss loss = module.loss(forward, truth, null);
          assertEquals(1, loss.total().getFloat(), 1e-5); // (10 - 9)^2, whatever alpha says
          assertEquals(java.util.Set.of("overall"), loss.parts().keySet());
        });
  }

  @Test
  void scaledAttentionDividesTheScoresByTheRootOfTheWidth() {
    float larger = (float) (Math.pow(3, 1 / Math.sqrt(2)) / (Math.pow(3, 1 / Math.sqrt(2)) + 1));
    assertTrue(larger < 0.7);
    forward(
        settings("full", "sqrt", "auto"),
        (module, forward) ->
            assertClose(forward.attention(), larger, 1 - larger, 1 - larger, larger));
  }

  @Test
  void lossWeighsOverallAndAspectsByAlpha() {
    // truth 9 and (4, 1): L_R = 0.5^2 = 0.25, L_A = ((2 - 4)^2 + (2 - 1)^2) / 2 = 2.5
    assertLoss("auto", 0.25 / 3 + 2.5 * 2 / 3); // alpha = 1 / (2 + 1)
    assertLoss("0.25", 0.25 * 0.25 + 0.75 * 2.5);
    assertLoss("0", 2.5);
    assertLoss("1", 0.25);
  }

  @Test
  void alphaIsOneShareOfTheAspectsAndTheOverallRating() {
    assertEquals(1.0 / 7, RatingSettings.paper().alpha(6));
    assertEquals(0.2, RatingSettings.paper().alpha(4));
    assertEquals(0.25, settings("full", "none", "0.25").alpha(4));
  }

  @Test
  void settingsOutOfRangeAreRefusedByName() {
    assertRefused("overallWeight", () -> settings("full", "none", "1.5"));
    assertRefused("overallWeight", () -> settings("full", "none", "-0.1"));
    assertRefused("overallWeight", () -> settings("full", "none", "NaN"));
    assertRefused("overallWeight", () -> settings("full", "none", "half"));
    assertRefused("variant", () -> settings("none", "none", "auto"));
    assertRefused("attentionScale", () -> settings("full", "d", "auto"));
    assertRefused(
        "width", () -> new RatingSettings("full", 0, 0.1, "none", "auto", 1e-3, 32, 1, 0));
    assertRefused(
        "dropout", () -> new RatingSettings("full", 2, 1, "none", "auto", 1e-3, 32, 1, 0));
    assertRefused(
        "learningRate", () -> new RatingSettings("full", 2, 0, "none", "auto", 0, 32, 1, 0));
    assertRefused(
        "batchSize", () -> new RatingSettings("full", 2, 0, "none", "auto", 1e-3, 0, 1, 0));
    assertRefused(
        "maxEpochs", () -> new RatingSettings("full", 2, 0, "none", "auto", 1e-3, 32, 0, 0));
    assertRefused(
        "patience", () -> new RatingSettings("full", 2, 0, "none", "auto", 1e-3, 32, 1, -1));
  }

  private static void assertRefused(String key, Runnable making) {
    String message = assertThrows(InputException.class, making::run).getMessage();
    assertTrue(message.startsWith("setting " + key + " = "), message);
    assertEquals(1, message.lines().count());
  }

  private static void assertLoss(String overallWeight, double expected) {
    forward(
        settings("full", "none", overallWeight),
        (module, forward) -> {
          NDManager manager = forward.ratings().getManager();
          RatingModule.Loss loss =
              module.loss(
                  forward,
                  manager.create(new float[] {9}),
                  manager.create(new float[] {4, 1}, new Shape(2, 1)));
          assertEquals(0.25, loss.overall().getFloat(), 1e-5);
          assertEquals(2.5, loss.aspects().getFloat(), 1e-5);
          assertEquals(expected, loss.total().getFloat(), 1e-5);
          assertEquals(loss.overall(), loss.parts().get("overall"));
          assertEquals(loss.aspects(), loss.parts().get("aspects"));
        });
  }

  private static RatingSettings settings(String variant, String scale, String overallWeight) {
    return new RatingSettings(variant, 2, 0, scale, overallWeight, 1e-3, 32, 1, 0);
  }

  private static void forward(
      RatingSettings settings, BiConsumer<RatingModule, RatingModule.Forward> check) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        RatingModule module = new RatingModule(manager, Device.cpu(), 1, 1, 2, settings, 1);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      float[] values = new float[Math.toIntExact(module.parameters().count())];
      int from = 0;
      Map<String, float[]> numbers = byHand();
      for (String name : module.parameters().frozen().all().keySet()) {
        int size = Math.toIntExact(module.parameters().frozen().get(name).size());
        assertTrue(
            size == numbers.get(name).length || settings.variant().equals("no-aspects"), name);
        System.arraycopy(numbers.get(name), 0, values, from, size); // f is the first of the heads
        from += size;
      }
      assertEquals(values.length, from);
      module.parameters().set(values);
      NDArray first = manager.create(new long[] {0});
      check.accept(module, module.forward(module.parameters().frozen(), first, first, false));
    }
  }

  private static void assertClose(NDArray actual, float... expected) {
    assertArrayEquals(expected, actual.toFloatArray(), 1e-5f);
  }
}
