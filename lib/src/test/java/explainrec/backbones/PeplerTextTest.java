package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import explainrec.data.InputException;
import explainrec.nn.Weights;
import explainrec.text.ExplainedSplit;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What PEPLER writes, and how likely it finds texts. */
final class PeplerTextTest extends PeplerCase {
  @Test
  void nextTokensHaveProbabilitiesThatSumToOneAndSamplesFollowThem() {
    try (Pepler generator = make("both", "mf", 3)) {
      learn(generator, 4);
      Requests two = train().select(new int[] {2, 9});
      int vocabulary = model.gpt2().config().vocabulary();
      int[][] every = new int[vocabulary][];
      Arrays.setAll(every, id -> new int[] {id});
      int samples = 4000;
      int[][] drawn = generator.sample(generator.parameters().frozen(), two, samples, 6);
      for (int n = 0; n < 2; n++) {
        float[] logs = logs(generator, two.select(new int[] {n}).repeat(vocabulary), every);
        int[] counts = new int[vocabulary];
        for (int s = n * samples; s < (n + 1) * samples; s++) {
          counts[drawn[s][0]]++;
        }
        double all = 0;
        for (int id = 0; id < vocabulary; id++) {
          double p = Math.exp(logs[id]);
          all += p;
          double deviation = Math.sqrt(p * (1 - p) / samples);
          assertEquals(p, counts[id] / (double) samples, 5 * deviation + 5e-4);
        }
        assertEquals(1, all, 1e-4);
      }
    }
  }

  @Test
  void whatIsWrittenStepByStepIsTheLikeliestOfWhatIsReadAtOnce() {
    try (Pepler generator = make("both", "mf", 3)) {
      learn(generator, 8);
      Requests one = train().select(new int[] {2});
      int[] written = generator.write(generator.parameters().frozen(), train())[2];
      int vocabulary = model.gpt2().config().vocabulary();
      for (int t = 0; t < written.length; t++) {
        int[][] others = new int[vocabulary][];
        for (int id = 0; id < vocabulary; id++) {
          others[id] = Arrays.copyOf(written, t + 1);
          others[id][t] = id;
        }
        float[] logs = logs(generator, one.repeat(vocabulary), others);
        float best = logs[written[t] * (t + 1) + t];
        for (int id = 0; id < vocabulary; id++) {
          assertTrue(logs[id * (t + 1) + t] <= best + 1e-5);
        }
      }
    }
  }

  @Test
  void samplesHaveASeedWhoeverElseIsInTheBatchAndEndAtTheirEnd() {
    try (Pepler generator = make("prompt", "mf", 3)) {
      Weights weights = generator.parameters().frozen();
      int[][] drawn = generator.sample(weights, train(), 3, 8);
      assertArrayEquals(drawn, generator.sample(weights, train(), 3, 8));
      assertFalse(Arrays.deepEquals(drawn, generator.sample(weights, train(), 3, 9)));
      Requests first = train().select(new int[] {0, 1});
      assertArrayEquals(Arrays.copyOf(drawn, 6), generator.sample(weights, first, 3, 8));
      int longest = Arrays.stream(real(generator)).mapToInt(ids -> ids.length).max().orElse(0);
      int end = model.gpt2().config().end();
      for (int[] text : drawn) {
        assertTrue(text.length == longest || text[text.length - 1] == end);
        assertTrue(Arrays.stream(text, 0, text.length - 1).noneMatch(id -> id == end));
      }
    }
  }

  @Test
  void gradientsReachThePromptsAndAreThoseOfFiniteDifferences() {
    for (String tuning : List.of("prompt", "both")) {
      try (Pepler generator = make(tuning, "mf", 3);
          NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        int[][] texts = Arrays.copyOf(real(generator), 4);
        Requests two = train().select(new int[] {0, 1}).repeat(2);
        Weights leaves = generator.parameters().leaves();
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          collector.backward(generator.logProbabilities(leaves, two, texts).sum());
        }
        float[] gradient = leaves.get("user.weight").getGradient().toFloatArray();
        float[] start = generator.parameters().values();
        for (int at : new int[] {0, 7, 15}) { // of the first user, whose texts these are
          double[] sums = new double[2];
          for (int side = 0; side < 2; side++) {
            float[] moved = start.clone();
            moved[at] += side == 0 ? -0.01f : 0.01f;
            generator.parameters().set(moved);
            sums[side] = sum(logs(generator, two, texts));
          }
          generator.parameters().set(start);
          double slope = (sums[1] - sums[0]) / 0.02;
          assertEquals(slope, gradient[at], 0.03 * Math.max(0.1, Math.abs(slope)), tuning);
        }
      }
    }
  }

  @Test
  void wordsComeBackAndLongTextsKeepTheirEnd() {
    try (Pepler generator = make("prompt", "mf", 3)) {
      List<String> words = List.of("the", "room", "is");
      int[] ids = generator.sequence(words);
      assertEquals(model.gpt2().config().end(), ids[ids.length - 1]);
      assertEquals(words, generator.words(ids));
      int[] all =
          generator.sequence("the pool is great and so is the staff".repeat(3).lines().toList());
      int longest = Arrays.stream(real(generator)).mapToInt(row -> row.length).max().orElse(0);
      assertEquals(longest, all.length);
      assertEquals(model.gpt2().config().end(), all[longest - 1]);
      assertThrows(InputException.class, () -> generator.sequence(List.of()));
    }
  }

  @Test
  void marksStayWhereTheDataHaveThem() {
    ExplainedSplit reviews =
        SmallExplained.of(
            1, 1, new int[][] {{0, 0}}, List.of(List.of("the", "room", "is", "good", ",", "we.")));
    try (Pepler whole = new Pepler(reviews, settings("prompt", "mf"), model, Device.cpu(), 1);
        Pepler brief = make("prompt", "mf", 1)) {
      List<String> marked = List.of("good,", "room.");
      assertEquals(marked, whole.words(whole.sequence(marked)));
      assertEquals(List.of("good", "room"), brief.words(brief.sequence(marked)));
    }
  }

  @Test
  void whatItCannotReadIsRefusedInOneLine() {
    try (Pepler generator = make("prompt", "mf", 3)) {
      Requests wrong =
          new Requests(
              new int[] {-1}, new int[] {0}, new int[] {6}, new float[] {3}, new int[] {-1});
      InputException refused =
          assertThrows(
              InputException.class, () -> generator.write(generator.parameters().frozen(), wrong));
      assertTrue(refused.getMessage().startsWith("request 1: item number 6, expected 0 to 5"));
    }
    ExplainedSplit longer =
        SmallExplained.of(1, 1, new int[][] {{0, 0}}, List.of(List.of("pool ".repeat(60))));
    PeplerSettings far = new PeplerSettings("mini", "both", "mf", 5, 1, 0.1, 0.01, 8, 3, 0, 50);
    InputException refused =
        assertThrows(InputException.class, () -> new Pepler(longer, far, model, Device.cpu(), 1));
    assertTrue(refused.getMessage().contains("peplerTokens = 50"), refused.getMessage());
  }
}
