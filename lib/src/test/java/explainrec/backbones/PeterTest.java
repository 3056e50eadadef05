package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDScope;
import explainrec.data.InputException;
import explainrec.nn.Checkpoint;
import explainrec.nn.Trainer;
import explainrec.nn.Weights;
import explainrec.text.ExplainedSplit;
import explainrec.text.Vocabulary;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PETER's own ways; what all generators do is in {@link WordGeneratorContract}. */
class PeterTest extends WordGeneratorContract {

  @Override
  WordGenerator make(ExplainedSplit data, Vocabulary vocabulary, int longest, long seed) {
    return new Peter(
        vocabulary,
        data.split().data().users().size(),
        data.split().data().items().size(),
        data.features(),
        settings(longest, 0),
        plus(),
        Device.cpu(),
        seed);
  }

  /** Whether PETER+ is tested. */
  boolean plus() {
    return false;
  }

  private static PeterSettings settings(int longest, double dropout) {
    return new PeterSettings(
        16, 2, 24, 2, dropout, 1, 1, 0.1, 0.5, 1, 0.25, 8, 100, 5, 1000, longest);
  }

  private Peter small(double dropout) {
    return new Peter(DATA, settings(8, dropout), plus(), Device.cpu(), 3);
  }

  /** Log-probabilities, (N L). */
  private static float[] logs(Peter peter, Requests requests, int[][] sequences) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return peter
          .logProbabilities(peter.parameters().frozen(), requests, sequences)
          .toFloatArray();
    }
  }

  @Test
  void wordsDoNotSeeThoseBehindThemButTheUserSeesTheItem() {
    try (Peter peter = small(0)) {
      Weights weights = peter.parameters().frozen();
      Requests one = Requests.of(DATA, new int[] {0});
      float[] before = logs(peter, one, new int[][] {{4, 5, 6, 7}});
      float[] after = logs(peter, one, new int[][] {{4, 5, 8, 9}});
      assertArrayEquals(Arrays.copyOf(before, 2), Arrays.copyOf(after, 2), 1e-6f);
      assertNotEquals(before[3], after[3], 1e-4f); // told behind other words
      Requests ofOtherItem =
          new Requests(one.rows(), one.users(), new int[] {3}, one.ratings(), one.features());
      assertNotEquals(peter.ratings(weights, one)[0], peter.ratings(weights, ofOtherItem)[0], 1e-4);
      assertNotEquals(before[0], logs(peter, ofOtherItem, new int[][] {{4, 5, 6, 7}})[0], 1e-4f);
    }
  }

  @Test
  void onlyPeterPlusReadsTheFeature() {
    try (Peter peter = small(0)) {
      Requests one = Requests.of(DATA, new int[] {0});
      Requests other = one.withFeatures(new int[] {2});
      Requests none = one.withFeatures(new int[] {-1});
      int[][] words = {{4, 5, 6}};
      float first = logs(peter, one, words)[0];
      assertEquals(plus(), peter.readsFeature());
      assertEquals(plus(), Math.abs(first - logs(peter, other, words)[0]) > 1e-4);
      assertEquals(plus(), Math.abs(first - logs(peter, none, words)[0]) > 1e-4);
      Weights weights = peter.parameters().frozen();
      assertEquals(peter.ratings(weights, one)[0], peter.ratings(weights, other)[0]);
    }
  }

  @Test
  void aFeatureThatIsNotThereIsRefusedByPeterPlus() {
    try (Peter peter = small(0)) {
      Weights weights = peter.parameters().frozen();
      Requests wrong = Requests.of(DATA, new int[] {0}).withFeatures(new int[] {3});
      if (!plus()) {
        assertEquals(1, peter.write(weights, wrong).length);
        return;
      }
      InputException refused =
          assertThrows(InputException.class, () -> peter.write(weights, wrong));
      assertTrue(refused.getMessage().startsWith("request 1: feature number 3, expected -1 to 2"));
    }
  }

  @Test
  void cachedStepsTellWhatOnePassOverAllWordsTells() {
    try (Peter peter = small(0);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Weights weights = peter.parameters().frozen();
      Requests requests = Requests.of(DATA, new int[] {0, 1, 8});
      int[][] texts = {{4, 7, 5, 5}, {6, 4, 9, 8}, {5, 6, 7, 4}};
      float[] expected = logs(peter, requests, texts); // (3, 4)
      int[] row = {0, 1, 2}; // text of each row
      try (Decoding decoding = peter.begin(weights, requests)) {
        int[] last = {Vocabulary.START, Vocabulary.START, Vocabulary.START};
        for (int t = 0; t < 4; t++) {
          float[] scores = decoding.next(last).logSoftmax(1).toFloatArray();
          int words = scores.length / row.length;
          for (int n = 0; n < row.length; n++) {
            int text = row[n];
            assertEquals(expected[4 * text + t], scores[n * words + texts[text][t]], 1e-5);
          }
          // Rows change places, come twice, and leave.
          int[] select = new int[][] {{2, 0, 1}, {0, 2, 1, 0}, {3, 1}, {0}}[t];
          int[] before = row;
          row = Arrays.stream(select).map(n -> before[n]).toArray();
          decoding.select(select);
          int at = t;
          last = Arrays.stream(row).map(text -> texts[text][at]).toArray();
        }
      }
    }
  }

  @Test
  void trainingLearnsWordsContextAndRating() {
    try (Peter peter = small(0)) {
      GeneratorTraining training = new GeneratorTraining(peter, DATA, 8);
      Trainer.Outcome outcome =
          new Trainer(settings(8, 0).optimization(), 25, 1, List.of())
              .train(training, Checkpoint.NONE);
      var first = outcome.epochs().get(0);
      var last = outcome.epochs().get(24);
      for (String part : List.of("text", "context", "rating")) {
        assertTrue(last.losses().get(part) < 0.8 * first.losses().get(part), part);
      }
    }
  }

  @Test
  void dropoutHasASeedAndIsOffOutsideTraining() {
    try (Peter peter = small(0.2)) {
      Requests requests = Requests.of(DATA, DATA.split().train());
      int[][] texts =
          Arrays.stream(DATA.split().train())
              .mapToObj(row -> peter.sequence(DATA.explanations().get(row).words()))
              .toArray(int[][]::new);
      float[] losses = new float[3];
      for (int n = 0; n < 3; n++) {
        peter.seedDropout(n / 2);
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          losses[n] = peter.loss(peter.parameters().frozen(), requests, texts).total().getFloat();
        }
      }
      assertEquals(losses[0], losses[1]);
      assertNotEquals(losses[0], losses[2]);
      assertArrayEquals(logs(peter, requests, texts), logs(peter, requests, texts));
    }
  }

  @Test
  void settingsThatDoNotFitEachOtherAreRefused() {
    InputException refused =
        assertThrows(
            InputException.class,
            () -> new PeterSettings(16, 3, 24, 2, 0, 1, 1, 0.1, 0.5, 1, 0.25, 8, 100, 5, 1000, 8));
    assertTrue(refused.getMessage().contains("peterHeads = 3"), refused.getMessage());
  }
}
