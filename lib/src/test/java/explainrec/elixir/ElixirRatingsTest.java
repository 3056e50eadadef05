package explainrec.elixir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import explainrec.data.InputException;
import explainrec.data.Split;
import explainrec.nn.SmallSplit;
import explainrec.nn.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ELIXIR's rating module on small splits: learning, predicting, keeping. */
final class ElixirRatingsTest {
  private static final Split SPLIT = SmallSplit.grid(8, 10, 3);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"full", "no-attention", "no-aspects", "no-global"})
  void oneBatchIsLearntByHeart(String variant) {
    boolean alone = variant.equals("no-aspects"); // f alone does not find how 0 and 1 go together
    int[][] pairs = {{0, 0}, {0, alone ? 4 : 1}, {1, alone ? 5 : 0}, {1, 1}, {2, 2}, {3, 3}};
    float[][] ratings = {{5, 4}, {1, 2}, {2, 5}, {4, 1}, {3, 3}, {2, 2}};
    Split few = SmallSplit.of(pairs, ratings, new int[] {0, 1, 2, 3}, new int[] {4}, new int[] {5});
    try (ElixirRatings elixir =
        SmallElixir.untrained(few, SmallElixir.settings(variant, 32, 0), 5)) {
      Trainer.Outcome outcome = SmallElixir.train(elixir, 200, 1);
      double first = outcome.epochs().get(0).losses().get("loss");
      double last = outcome.epochs().get(199).losses().get("loss");
      assertTrue(first > 5, () -> "loss at first " + first);
      assertTrue(last < 0.01, () -> "loss at last " + last);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"full", "no-attention", "no-aspects", "no-global"})
  void anEpochMovesEveryParameterButThoseOfUsersNotInTrain(String variant) {
    RatingSettings settings = SmallElixir.settings(variant, 8, 0.1);
    try (ElixirRatings elixir = SmallElixir.untrained(SPLIT, settings, 1)) {
      Map<String, float[]> before = byName(elixir);
      SmallElixir.train(elixir, 1, 1);
      Map<String, float[]> after = byName(elixir);
      before.forEach(
          (name, start) -> {
            int moved = 0;
            for (int n = 0; n < start.length; n++) {
              moved += start[n] == after.get(name)[n] ? 0 : 1;
            }
            double share = (double) moved / start.length;
            assertTrue(share > 0.5, () -> name + ": only " + share + " of the numbers moved");
          });
      int cold = 7 * 8; // the last user's vector
      assertArrayEquals(
          Arrays.copyOfRange(before.get("user.embedding"), cold, cold + 8),
          Arrays.copyOfRange(after.get("user.embedding"), cold, cold + 8));
    }
  }

  @Test
  void predictionsDropNothing() {
    try (ElixirRatings dropping =
            SmallElixir.untrained(SPLIT, SmallElixir.settings("full", 8, 0.5), 1);
        ElixirRatings plain = SmallElixir.untrained(SPLIT, SmallElixir.settings("full", 8, 0), 1)) {
      SmallElixir.train(dropping, 1, 1);
      plain.parameters().set(dropping.parameters().values());
      float[][] predicted = SmallElixir.test(dropping, SPLIT);
      assertBitwise(predicted, SmallElixir.test(dropping, SPLIT));
      assertBitwise(predicted, SmallElixir.test(plain, SPLIT));
    }
  }

  @Test
  void withoutAspectsNoAspectRatingIsReadAndOnlyTheOverallOneIsPredicted() {
    int[][] pairs = {{0, 0}, {1, 1}, {2, 1}, {0, 1}, {1, 0}};
    float[] overall = {5, 1, 2, 4, 3};
    RatingSettings settings = SmallElixir.settings("no-aspects", 8, 0.1);
    float[][][] predicted = new float[2][][];
    for (int n = 0; n < 2; n++) {
      float[][] ratings = new float[overall.length][];
      for (int row = 0; row < ratings.length; row++) {
        ratings[row] = new float[] {overall[row], n == 0 ? overall[row] : Float.NaN};
      }
      Split few = SmallSplit.of(pairs, ratings, new int[] {0, 1, 2}, new int[] {3}, new int[] {4});
      try (ElixirRatings elixir = SmallElixir.untrained(few, settings, 1)) {
        SmallElixir.train(elixir, 3, 1);
        predicted[n] = SmallElixir.test(elixir, few);
      }
    }
    assertEquals(1, predicted[0].length);
    assertBitwise(predicted[0], predicted[1]);
  }

  @Test
  void dropoutChangesWhatIsLearnt() {
    assertFalse(
        Arrays.deepEquals(
            trained(SmallElixir.settings("full", 8, 0.5), 1),
            trained(SmallElixir.settings("full", 8, 0), 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"full", "no-attention", "no-aspects", "no-global"})
  void theSameSeedGivesTheSameNumbersAndAnotherSeedOthers(String variant) {
    RatingSettings settings = SmallElixir.settings(variant, 8, 0.3);
    float[][] first = trained(settings, 1);
    assertBitwise(first, trained(settings, 1));
    assertFalse(Arrays.deepEquals(first, trained(settings, 2)));
  }

  @Test
  void predictionsComeOverallFirstThenEachAspect() {
    int[][] pairs = {{0, 0}, {1, 1}, {0, 0}, {1, 1}};
    float[] same = {5, 1, 2, 4};
    float[][] ratings = {same, same, same, same};
    Split few = SmallSplit.of(pairs, ratings, new int[] {0, 1}, new int[] {2}, new int[] {3});
    try (ElixirRatings elixir = SmallElixir.untrained(few, SmallElixir.settings("full", 8, 0), 1)) {
      SmallElixir.train(elixir, 150, 1);
      float[][] predicted = elixir.predict(new int[] {1, 0}, new int[] {1, 0});
      assertEquals(4, predicted.length);
      for (int head = 0; head < 4; head++) {
        assertArrayEquals(new float[] {same[head], same[head]}, predicted[head], 0.4f);
      }
    }
  }

  @Test
  void manyPairsArePredictedAsFewAre() {
    int n = 2500; // more than two chunks
    int[] users = new int[n];
    int[] items = new int[n];
    Arrays.setAll(users, k -> k % 8);
    Arrays.setAll(items, k -> k % 10);
    try (ElixirRatings elixir =
        SmallElixir.untrained(SPLIT, SmallElixir.settings("full", 8, 0), 1)) {
      float[][] all = elixir.predict(users, items);
      float[][][] attention = elixir.attention(users, items);
      for (int k : new int[] {0, 1023, 1024, 2047, 2048, 2499}) {
        float[][] one = elixir.predict(new int[] {users[k]}, new int[] {items[k]});
        for (int head = 0; head < 4; head++) {
          assertEquals(one[head][0], all[head][k], 1e-6);
        }
        float[][][] alone = elixir.attention(new int[] {users[k]}, new int[] {items[k]});
        assertArrayEquals(alone[0][0], attention[0][k], 1e-6f);
        assertArrayEquals(alone[1][0], attention[1][k], 1e-6f);
      }
      assertEquals(4, elixir.predict(new int[0], new int[0]).length);
    }
  }

  @Test
  void weightsOfEachUserAndItemSumToOneAndDependOnNothingElse() {
    try (ElixirRatings elixir =
        SmallElixir.untrained(SPLIT, SmallElixir.settings("full", 8, 0), 1)) {
      SmallElixir.train(elixir, 20, 1);
      int[] users = {0, 3, 5, 3};
      int[] items = {2, 9, 2, 4};
      float[][][] weights = elixir.attention(users, items);
      for (float[][] side : weights) {
        assertEquals(4, side.length);
        for (float[] row : side) {
          assertEquals(3, row.length);
          double sum = 0;
          for (float weight : row) {
            assertTrue(weight >= 0);
            sum += weight;
          }
          assertEquals(1, sum, 1e-5);
        }
      }
      assertArrayEquals(weights[0][1], weights[0][3], 1e-6f, "user 3, whatever the item");
      assertArrayEquals(weights[1][0], weights[1][2], 1e-6f, "item 2, whatever the user");
      assertFalse(Arrays.equals(weights[0][0], weights[0][1]));
      float[][][] alone = elixir.attention(new int[] {3}, new int[] {0});
      assertArrayEquals(weights[0][1], alone[0][0], 1e-6f);
    }
  }

  @Test
  void variantsWithoutAttentionHaveNoneToShow() {
    try (ElixirRatings elixir =
        SmallElixir.untrained(SPLIT, SmallElixir.settings("no-attention", 4, 0), 1)) {
      assertThrows(
          IllegalStateException.class, () -> elixir.attention(new int[] {0}, new int[] {0}));
    }
  }

  @Test
  void aSavedModelIsReadBackBitForBit() {
    Path file = folder.resolve("model.safetensors");
    RatingSettings settings = SmallElixir.settings("full", 8, 0.1);
    try (ElixirRatings elixir = SmallElixir.untrained(SPLIT, settings, 1);
        ElixirRatings other = SmallElixir.untrained(SPLIT, settings, 2)) {
      SmallElixir.train(elixir, 2, 1);
      float[][] predicted = SmallElixir.test(elixir, SPLIT);
      elixir.save(file);
      assertFalse(Arrays.deepEquals(predicted, SmallElixir.test(other, SPLIT)));
      other.load(file);
      assertArrayEquals(elixir.parameters().values(), other.parameters().values());
      assertBitwise(predicted, SmallElixir.test(other, SPLIT));
      // What is loaded is also what goes on learning.
      SmallElixir.train(elixir, 1, 3);
      SmallElixir.train(other, 1, 3);
      assertArrayEquals(elixir.parameters().values(), other.parameters().values());
    }
  }

  @Test
  void aFileOfAnotherWidthIsRefusedAndNothingChanges() {
    Path file = folder.resolve("narrow.safetensors");
    try (ElixirRatings narrow =
            SmallElixir.untrained(SPLIT, SmallElixir.settings("full", 4, 0), 1);
        ElixirRatings wide = SmallElixir.untrained(SPLIT, SmallElixir.settings("full", 8, 0), 1)) {
      narrow.save(file);
      float[] before = wide.parameters().values();
      assertRefused(wide, file, "narrow.safetensors", "user.embedding", "(8, 4)", "(8, 8)");
      assertArrayEquals(before, wide.parameters().values());
    }
  }

  @Test
  void aFileWithoutAParameterIsRefused() {
    Path file = folder.resolve("no-global.safetensors");
    try (ElixirRatings less =
            SmallElixir.untrained(SPLIT, SmallElixir.settings("no-global", 4, 0), 1);
        ElixirRatings full = SmallElixir.untrained(SPLIT, SmallElixir.settings("full", 4, 0), 1)) {
      less.save(file);
      assertRefused(full, file, "no-global.safetensors", "aspect.hidden.weight", "missing");
    }
  }

  @Test
  void aCutFileIsRefusedWhereverItIsCut() throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    Path cut = folder.resolve("cut.safetensors");
    try (ElixirRatings elixir =
        SmallElixir.untrained(SPLIT, SmallElixir.settings("full", 4, 0), 1)) {
      elixir.save(whole);
      byte[] bytes = Files.readAllBytes(whole);
      for (int length : new int[] {0, 1, 7, 8, 9, 100, 500, bytes.length / 2, bytes.length - 1}) {
        Files.write(cut, Arrays.copyOf(bytes, length));
        assertRefused(elixir, cut, "cut.safetensors");
      }
      assertRefused(elixir, folder.resolve("nowhere.safetensors"), "nowhere.safetensors");
      Files.writeString(cut, "this is a letter, not a model; it is long enough to be read");
      assertRefused(elixir, cut, "cut.safetensors");
    }
  }

  @Test
  void savingLeavesNothingBesideTheFile() throws IOException {
    try (ElixirRatings elixir =
        SmallElixir.untrained(SPLIT, SmallElixir.settings("full", 4, 0), 1)) {
      elixir.save(folder.resolve("model.safetensors"));
      elixir.save(folder.resolve("model.safetensors"));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("model.safetensors"), files.map(f -> f.getFileName().toString()).toList());
    }
  }

  @Test
  void threeHundredStepsLeaveNoArrayBehind() {
    try (ElixirRatings elixir =
        SmallElixir.untrained(SPLIT, SmallElixir.settings("full", 4, 0.1), 1)) {
      NDManager manager;
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        manager = elixir.parameters().frozen().get("user.embedding").getManager();
      }
      NDManager all = manager.getParentManager(); // the parameters' and the batches'
      SmallElixir.train(elixir, 2, 1);
      long before = all.getManagedArrays().size();
      assertTrue(before > 0);
      Trainer.Outcome outcome = SmallElixir.train(elixir, 78, 1);
      long steps = outcome.epochs().size() * (long) elixir.beginEpoch(1);
      assertTrue(steps >= 300, () -> steps + " steps");
      assertEquals(before, all.getManagedArrays().size());
    }
  }

  private static float[][] trained(RatingSettings settings, long seed) {
    try (ElixirRatings elixir = SmallElixir.untrained(SPLIT, settings, seed)) {
      SmallElixir.train(elixir, 2, seed);
      return SmallElixir.test(elixir, SPLIT);
    }
  }

  private static Map<String, float[]> byName(ElixirRatings elixir) {
    Map<String, float[]> numbers = new LinkedHashMap<>();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      elixir
          .parameters()
          .frozen()
          .all()
          .forEach((name, value) -> numbers.put(name, value.toFloatArray()));
    }
    return numbers;
  }

  private static void assertRefused(ElixirRatings elixir, Path file, String... words) {
    String message = assertThrows(InputException.class, () -> elixir.load(file)).getMessage();
    assertEquals(1, message.lines().count(), message);
    for (String word : words) {
      assertTrue(message.contains(word), () -> word + " is not in: " + message);
    }
  }

  private static void assertBitwise(float[][] expected, float[][] actual) {
    assertEquals(expected.length, actual.length);
    for (int head = 0; head < expected.length; head++) {
      assertArrayEquals(expected[head], actual[head]);
    }
  }
}
