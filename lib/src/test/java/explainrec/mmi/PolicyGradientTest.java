package explainrec.mmi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import explainrec.data.InputException;
import explainrec.data.Interactions;
import explainrec.data.Split;
import explainrec.nn.Checkpoint;
import explainrec.nn.Optimization;
import explainrec.nn.Parameters;
import explainrec.nn.Trainer;
import explainrec.nn.Weights;
import explainrec.text.ExplainedSplit;
import explainrec.text.Explanation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fine-tuning of a table of logits, whose best policy is known. */
final class PolicyGradientTest {
  /** T(e, y) = 3 when the second word is the y-th, else 0: only the second word counts. */
  private static float[][] alignedScores(List<String> texts) {
    float[][] scores = new float[texts.size()][RatingClasses.COUNT];
    for (int n = 0; n < scores.length; n++) {
      String[] words = texts.get(n).split(" ");
      int said = words.length < 2 ? -1 : TableGenerator.WORDS.indexOf(words[1]);
      if (said >= 0 && said < RatingClasses.COUNT) {
        scores[n][said] = 3;
      }
    }
    return scores;
  }

  @ParameterizedTest
  @ValueSource(strings = {"reinforce", "token", "dpo"})
  void theRewardedWordBecomesTheLikeliestForEveryRating(String method) {
    try (TableGenerator generator = new TableGenerator(false)) {
      train(generator, Settings.with("rating", method, 0.01, 0), 30, new ArrayList<>());
      for (int rating = 0; rating < RatingClasses.COUNT; rating++) {
        double[] p = generator.distribution(rating, 1);
        assertEquals(Arrays.stream(p).max().orElseThrow(), p[rating], method + rating);
        assertTrue(p[rating] > 0.3, method + ", " + rating + ": " + Arrays.toString(p));
      }
    }
  }

  @Test
  void creditToTokensLeavesUnrewardedWordsMoreInPeace() {
    double whole = movementOfTheFirstWord("reinforce");
    double token = movementOfTheFirstWord("token");
    assertTrue(token < 0.5 * whole, token + " against " + whole);
  }

  private static double movementOfTheFirstWord(String method) {
    try (TableGenerator generator = new TableGenerator(false)) {
      train(generator, Settings.with("rating", method, 0, 0), 10, new ArrayList<>());
      double moved = 0;
      for (int rating = 0; rating < RatingClasses.COUNT; rating++) {
        for (double p : generator.distribution(rating, 0)) {
          moved += Math.abs(p - 1.0 / TableGenerator.WORDS.size());
        }
      }
      return moved;
    }
  }

  @Test
  void aStrongTieToTheBackboneKeepsThePolicyNear() {
    assertTrue(alignment(5) < 0.5 * alignment(0.01));
  }

  private static double alignment(double klWeight) {
    try (TableGenerator generator = new TableGenerator(false)) {
      train(generator, Settings.with("rating", "reinforce", klWeight, 0), 30, new ArrayList<>());
      double mean = 0;
      for (int rating = 0; rating < RatingClasses.COUNT; rating++) {
        mean += generator.distribution(rating, 1)[rating] / RatingClasses.COUNT;
      }
      return mean - 1.0 / TableGenerator.WORDS.size();
    }
  }

  @Test
  void entropyIsRewarded() {
    double[] without = entropyAfter(0);
    double[] with = entropyAfter(2);
    assertTrue(with[0] > without[0], Arrays.toString(with) + Arrays.toString(without));
  }

  private static double[] entropyAfter(double weight) {
    try (TableGenerator generator = new TableGenerator(false)) {
      PolicyGradient policy =
          train(generator, Settings.with("rating", "reinforce", 0, weight), 20, new ArrayList<>());
      return new double[] {policy.log().last("entropy")};
    }
  }

  @Test
  void theEstimatorsLearnAfterEveryEpochButTheLast() {
    try (TableGenerator generator = new TableGenerator(false)) {
      List<FixedRewards> models = new ArrayList<>();
      train(generator, Settings.with("rating"), 4, models);
      assertEquals(3, models.get(0).refits);
      assertEquals(data().split().train().length, models.get(0).lastTexts.size());
    }
  }

  @Test
  void theEstimatorsStayAsTheyAreWhenNothingIsToRefitThem() {
    try (TableGenerator generator = new TableGenerator(false)) {
      List<FixedRewards> models = new ArrayList<>();
      train(generator, Settings.with("rating", "reinforce", 0.1, 0.01, "none"), 4, models);
      assertEquals(0, models.get(0).refits);
    }
  }

  @Test
  void everyQuantityIsLoggedAtEveryStep() {
    try (TableGenerator generator = new TableGenerator(true)) {
      PolicyGradient policy = train(generator, Settings.with("rating"), 2, new ArrayList<>());
      int steps = policy.log().values().get("reward").length;
      assertTrue(steps > 2);
      policy
          .log()
          .values()
          .forEach(
              (name, values) -> {
                if (!name.equals("gradientNorm")) {
                  assertEquals(steps, values.length, name);
                }
                assertFalse(StepLog.MEANINGS.get(name).isBlank());
              });
      assertEquals(0, policy.log().values().get("kl")[0], 1e-6, "nothing has moved yet");
      assertEquals(
          Math.log(TableGenerator.WORDS.size()),
          policy.log().values().get("entropy")[0],
          1e-6,
          "the start is uniform");
    }
  }

  @Test
  void aMultiTaskGeneratorKeepsItsOwnLoss() {
    try (TableGenerator generator = new TableGenerator(true)) {
      PolicyGradient policy = train(generator, Settings.with("rating"), 1, new ArrayList<>());
      assertTrue(Double.isFinite(policy.log().last("lossBackbone")));
    }
    try (TableGenerator generator = new TableGenerator(false)) {
      PolicyGradient policy = train(generator, Settings.with("rating"), 1, new ArrayList<>());
      assertTrue(Double.isNaN(policy.log().last("lossBackbone")));
    }
  }

  @Test
  void equalRewardsAreAnError() {
    try (TableGenerator generator = new TableGenerator(false)) {
      FixedRewards flat =
          new FixedRewards(texts -> new float[texts.size()][RatingClasses.COUNT], null);
      InputException error =
          assertThrows(
              InputException.class, () -> train(generator, Settings.with("rating"), 1, flat));
      assertTrue(error.getMessage().contains("all rewards"), error.getMessage());
    }
  }

  @Test
  void theSameSeedGivesTheSamePolicy() {
    float[] first;
    try (TableGenerator generator = new TableGenerator(false)) {
      train(generator, Settings.with("rating"), 3, new ArrayList<>());
      first = generator.parameters().values();
    }
    try (TableGenerator generator = new TableGenerator(false)) {
      train(generator, Settings.with("rating"), 3, new ArrayList<>());
      assertArrayEquals(first, generator.parameters().values());
    }
  }

  private static PolicyGradient train(
      TableGenerator generator, MmiSettings settings, int epochs, List<FixedRewards> models) {
    models.add(new FixedRewards(PolicyGradientTest::alignedScores, null));
    return train(generator, settings, epochs, models.get(0));
  }

  private static PolicyGradient train(
      TableGenerator generator, MmiSettings settings, int epochs, FixedRewards model) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        Parameters copy =
            Parameters.builder()
                .add(
                    "logits",
                    explainrec.nn.Initial.zeros(),
                    RatingClasses.COUNT,
                    2,
                    TableGenerator.WORDS.size())
                .build(manager, Device.cpu(), 1)) {
      Weights reference = copy.frozen();
      PolicyGradient policy = new PolicyGradient(generator, reference, model, data(), settings);
      new Trainer(Optimization.adam(0.1), epochs, 7, List.of()).train(policy, Checkpoint.NONE);
      return policy;
    }
  }

  /** 60 rows, twelve of each rating; their explanations say the rating's word. */
  private static ExplainedSplit data() {
    int size = 60;
    float[] overall = new float[size];
    List<Explanation> all = new ArrayList<>();
    for (int n = 0; n < size; n++) {
      overall[n] = n % 5 + 1;
      all.add(new Explanation("pool", "good", List.of("pool", TableGenerator.WORDS.get(n % 5)), 1));
    }
    int[] zeros = new int[size];
    Interactions data =
        new Interactions(
            "table",
            List.of(),
            List.of("u"),
            List.of("i"),
            zeros,
            zeros,
            overall,
            new float[0],
            new long[size],
            row -> all.get(row).text());
    Split split =
        new Split(
            data,
            IntStream.range(0, 40).toArray(),
            IntStream.range(40, 50).toArray(),
            IntStream.range(50, 60).toArray(),
            "random",
            1,
            "hash");
    return new ExplainedSplit(split, data, List.of("pool"), zeros, all, "hash");
  }
}
