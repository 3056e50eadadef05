package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import explainrec.data.InputException;
import explainrec.nn.Checkpoint;
import explainrec.nn.Optimization;
import explainrec.nn.Trainer;
import explainrec.text.ExplainedSplit;
import explainrec.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every generator of words has to do; a model's test adds how it is made. */
abstract class WordGeneratorContract {
  private static final int LONGEST = 6;
  static final ExplainedSplit DATA = SmallExplained.toLearnByHeart(SmallExplained.grid(4, 6));
  static final Vocabulary WORDS = SmallExplained.vocabulary(DATA);

  /** A small untrained generator, without dropout. */
  abstract WordGenerator make(ExplainedSplit data, Vocabulary vocabulary, int longest, long seed);

  /** Adam's step size with which it learns a few texts by heart. */
  double learningRate() {
    return 0.01;
  }

  private WordGenerator make(long seed) {
    return make(DATA, WORDS, LONGEST, seed);
  }

  private static Requests train() {
    return Requests.of(DATA, DATA.split().train());
  }

  private static int[][] real(WordGenerator generator) {
    return Arrays.stream(DATA.split().train())
        .mapToObj(row -> generator.sequence(DATA.explanations().get(row).words()))
        .toArray(int[][]::new);
  }

  private void learn(WordGenerator generator, int epochs) {
    new Trainer(Optimization.adam(learningRate()), epochs, 1, List.of())
        .train(new GeneratorTraining(generator, DATA, 64), Checkpoint.NONE);
  }

  /** (N, L) */
  private static float[][] logs(WordGenerator generator, Requests requests, int[][] sequences) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray logs =
          generator.logProbabilities(generator.parameters().frozen(), requests, sequences);
      float[] all = logs.toFloatArray();
      int length = (int) logs.getShape().get(1);
      float[][] rows = new float[sequences.length][];
      Arrays.setAll(rows, n -> Arrays.copyOfRange(all, n * length, (n + 1) * length));
      return rows;
    }
  }

  private static double sum(float[] row) {
    double sum = 0;
    for (float value : row) {
      sum += value;
    }
    return sum;
  }

  @Test
  void aBatchLearntByHeartIsWrittenAsItStands() {
    try (WordGenerator generator = make(3)) {
      learn(generator, 150);
      int[][] written = generator.write(generator.parameters().frozen(), train());
      for (int n = 0; n < written.length; n++) {
        int row = DATA.split().train()[n];
        assertEquals(DATA.explanations().get(row).words(), generator.words(written[n]));
      }
    }
  }

  @Test
  void oneEpochMovesEveryParameter() {
    try (WordGenerator generator = make(3)) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        List<float[]> before = new ArrayList<>();
        generator.parameters().frozen().all().values().forEach(p -> before.add(p.toFloatArray()));
        learn(generator, 1);
        int n = 0;
        for (var parameter : generator.parameters().frozen().all().entrySet()) {
          assertFalse(
              Arrays.equals(before.get(n++), parameter.getValue().toFloatArray()),
              parameter.getKey());
        }
      }
    }
  }

  @Test
  void savedAndLoadedItSaysTheSame(@TempDir Path folder) {
    try (WordGenerator generator = make(3);
        WordGenerator other = make(4)) {
      int[][] texts = real(generator);
      float[][] before = logs(generator, train(), texts);
      assertNotEquals(sum(before[0]), sum(logs(other, train(), texts)[0]));
      generator.save(folder);
      other.load(folder);
      assertArrayEquals(before, logs(other, train(), texts));
    }
  }

  @Test
  void weightsOfAnotherVocabularyAreRefusedWithTheFirstWordThatDiffers(@TempDir Path folder)
      throws IOException {
    try (WordGenerator generator = make(3)) {
      generator.save(folder);
      Path words = folder.resolve("vocabulary.txt");
      String text = Files.readString(words);
      Files.writeString(words, text.replace("pool", "bath"));
      long line = text.substring(0, text.indexOf("pool")).lines().count() + 1;
      InputException refused = assertThrows(InputException.class, () -> generator.load(folder));
      assertTrue(
          refused.getMessage().startsWith(words + ":" + line + ": is 'bath', expected 'pool'"),
          refused.getMessage());
      assertFalse(refused.getMessage().contains("\n"));
    }
  }

  @Test
  void aFolderWithoutAGeneratorIsRefused(@TempDir Path folder) {
    try (WordGenerator generator = make(3)) {
      assertThrows(InputException.class, () -> generator.load(folder));
    }
  }

  @Test
  void probabilitiesOfAllSequencesSumToOneAndSamplesFollowThem() {
    Vocabulary few = new Vocabulary(List.of(List.of("good", "pool")), 2);
    try (WordGenerator generator = make(DATA, few, 2, 5)) {
      learn(generator, 12); // away from even probabilities
      int[][] all = everySequence(few.size());
      Requests one = train().select(new int[] {5});
      Requests other = train().select(new int[] {1});
      float[][] logs = logs(generator, one.repeat(all.length), all);
      double[] probabilities = Arrays.stream(logs).mapToDouble(row -> Math.exp(sum(row))).toArray();
      assertEquals(1, Arrays.stream(probabilities).sum(), 1e-5);
      int samples = 20_000;
      int[][] drawn =
          generator.sample(
              generator.parameters().frozen(),
              new Requests(
                  new int[] {other.rows()[0], one.rows()[0]},
                  new int[] {other.users()[0], one.users()[0]},
                  new int[] {other.items()[0], one.items()[0]},
                  new float[] {other.ratings()[0], one.ratings()[0]},
                  new int[] {other.features()[0], one.features()[0]}),
              samples,
              11);
      int[][] ofOne = Arrays.copyOfRange(drawn, samples, 2 * samples);
      for (int n = 0; n < all.length; n++) {
        int[] sequence = all[n];
        double share =
            Arrays.stream(ofOne).filter(text -> Arrays.equals(text, sequence)).count()
                / (double) samples;
        double p = probabilities[n];
        double deviation = Math.sqrt(p * (1 - p) / samples);
        assertEquals(p, share, 4.5 * deviation + 1e-4, Arrays.toString(sequence));
      }
    }
  }

  /** Of at most two tokens. */
  private static int[][] everySequence(int words) {
    List<int[]> all = new ArrayList<>();
    for (int first = 0; first < words; first++) {
      if (first == Vocabulary.END) {
        all.add(new int[] {first});
        continue;
      }
      for (int second = 0; second < words; second++) {
        all.add(new int[] {first, second});
      }
    }
    return all.toArray(int[][]::new);
  }

  @Test
  void theSameSeedDrawsTheSameWhoeverElseIsInTheBatch() {
    try (WordGenerator generator = make(3)) {
      var weights = generator.parameters().frozen();
      int[][] all = generator.sample(weights, train(), 3, 8);
      assertArrayEquals(all, generator.sample(weights, train(), 3, 8));
      assertFalse(Arrays.deepEquals(all, generator.sample(weights, train(), 3, 9)));
      int[][] first = generator.sample(weights, train().select(new int[] {0, 1}), 3, 8);
      assertArrayEquals(Arrays.copyOf(all, 6), first);
    }
  }

  @Test
  void samplesAreNeverLongerThanAllowedAndEndOnlyAtTheirEnd() {
    try (WordGenerator generator = make(3)) {
      int[][] drawn = generator.sample(generator.parameters().frozen(), train(), 20, 8);
      assertEquals(20 * train().size(), drawn.length);
      for (int[] text : drawn) {
        assertTrue(text.length >= 1 && text.length <= LONGEST);
        for (int t = 0; t < text.length - 1; t++) {
          assertNotEquals(Vocabulary.END, text[t]);
        }
        assertTrue(text.length == LONGEST || text[text.length - 1] == Vocabulary.END);
      }
      assertTrue(Arrays.stream(drawn).anyMatch(text -> text.length < LONGEST));
    }
  }

  @Test
  void samplesScoredTogetherHaveTheLogarithmsTheyHaveAlone() {
    try (WordGenerator generator = make(3)) {
      learn(generator, 20); // so that samples of a request begin alike
      int k = 5;
      int[][] drawn = generator.sample(generator.parameters().frozen(), train(), k, 8);
      Requests repeated = train().repeat(k);
      float[][] together = logs(generator, repeated, drawn);
      for (int n = 0; n < drawn.length; n++) {
        float[] alone = logs(generator, repeated.select(new int[] {n}), new int[][] {drawn[n]})[0];
        for (int t = 0; t < together[n].length; t++) {
          assertEquals(t < alone.length ? alone[t] : 0, together[n][t], 1e-5);
        }
      }
    }
  }

  @Test
  void samplesWithWhatWasKeptOfTheirDrawingHaveTheGradientOfScoringThemAgain() {
    try (WordGenerator generator = make(3)) {
      learn(generator, 20); // so that samples of a request begin alike
      int k = 5;
      var frozen = generator.parameters().frozen();
      try (Samples kept = generator.draw(frozen, train(), k, 8)) {
        int[][] drawn = kept.sequences();
        assertArrayEquals(generator.sample(frozen, train(), k, 8), drawn);
        Samples again = new ScoredAgain(generator, train().repeat(k), drawn);
        List<float[]> expected = gradients(generator, again);
        List<float[]> found = gradients(generator, kept);
        for (int p = 0; p < expected.size(); p++) {
          float most = 1e-3f;
          for (float value : expected.get(p)) {
            most = Math.max(most, Math.abs(value));
          }
          assertArrayEquals(expected.get(p), found.get(p), 1e-4f * most);
        }
      }
    }
  }

  /** Of the logs of all sequences, of a weighted sum, and of that sum by each parameter. */
  private static List<float[]> gradients(WordGenerator generator, Samples samples) {
    List<float[]> all = new ArrayList<>();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      var leaves = generator.parameters().leaves();
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        Samples.Scores scores = samples.scores(leaves);
        float[] logs = new float[scores.logs().length];
        for (int n = 0; n < logs.length; n++) {
          logs[n] = (float) scores.logs()[n];
        }
        int longest =
            Arrays.stream(samples.sequences()).mapToInt(row -> row.length).max().orElse(0);
        float[] coefficients = new float[logs.length * longest];
        for (int n = 0; n < coefficients.length; n++) {
          coefficients[n] = (float) Math.sin(n);
        }
        NDArray sum = scores.weighted(coefficients);
        all.add(logs);
        all.add(sum.toFloatArray());
        collector.backward(sum);
      }
      leaves.all().values().forEach(leaf -> all.add(leaf.getGradient().toFloatArray()));
    }
    return all;
  }

  @Test
  void theGreedyTextIsTheOneOfTheLikeliestNextWords() {
    try (WordGenerator generator = make(3)) {
      learn(generator, 20);
      Requests one = train().select(new int[] {2});
      int[] written = generator.write(generator.parameters().frozen(), one)[0];
      for (int t = 0; t < written.length; t++) {
        int[][] others = new int[WORDS.size()][];
        for (int word = 0; word < others.length; word++) {
          others[word] = Arrays.copyOf(written, t + 1);
          others[word][t] = word;
        }
        float[][] logs = logs(generator, one.repeat(others.length), others);
        for (float[] other : logs) {
          assertTrue(other[t] <= logs[written[t]][t] + 1e-6);
        }
      }
    }
  }

  @Test
  void anEmptyExplanationIsRefusedAndALongOneIsCut() {
    try (WordGenerator generator = make(3)) {
      assertThrows(InputException.class, () -> generator.sequence(List.of()));
      int[] ids = generator.sequence(List.of("the", "pool", "is", "good", "good", "good", "good"));
      assertEquals(LONGEST, ids.length);
      assertEquals(List.of("the", "pool", "is", "good", "good", "good"), generator.words(ids));
      assertEquals(
          List.of("the", "pool"), generator.words(generator.sequence(List.of("the", "pool"))));
    }
  }

  @Test
  void anUnknownUserIsRefusedInOneLine() {
    try (WordGenerator generator = make(3)) {
      Requests wrong =
          new Requests(
              new int[] {-1}, new int[] {4}, new int[] {0}, new float[] {3}, new int[] {-1});
      InputException refused =
          assertThrows(
              InputException.class, () -> generator.write(generator.parameters().frozen(), wrong));
      assertEquals(
          "request 1: user number 4, expected 0 to 3; take it from the data that the generator was"
              + " trained on",
          refused.getMessage());
    }
  }
}
