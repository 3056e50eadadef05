package explainrec.t5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationTest {
  private static final String V10 = "t5-tiny-v10";
  private static final String V11 = "t5-tiny-v11";

  @ParameterizedTest
  @ValueSource(strings = {V10, V11})
  void greedyBeamAndPenalizedTextsAreThoseOfTransformers(String name) {
    try (T5Fixture fixture = new T5Fixture(name)) {
      JsonNode write = fixture.expected.get("write");
      int most = write.get("max_new_tokens").intValue();
      write
          .get("cases")
          .properties()
          .forEach(
              entry -> {
                int[][] texts = generate(fixture, settings(entry.getValue(), most), 1);
                int[][] expected = T5Fixture.rows(entry.getValue().get("ids"));
                assertArrayEquals(
                    expected, texts, () -> entry.getKey() + " wrote " + Arrays.deepToString(texts));
              });
    }
  }

  @Test
  void someTextsOfTheFixturesEndEarlyAndSomeDoNot() {
    try (T5Fixture fixture = new T5Fixture(V10)) {
      int[][] texts = generate(fixture, GenerationSettings.greedy(20), 1);
      long ended = Arrays.stream(texts).filter(text -> text.length < 20).count();
      assertTrue(ended > 0 && ended < texts.length, Arrays.deepToString(texts));
    }
  }

  @Test
  void aTextDoesNotDependOnTheOthersInItsBatch() {
    try (T5Fixture fixture = new T5Fixture(V11)) {
      for (int beams = 1; beams < 4; beams++) {
        GenerationSettings settings = GenerationSettings.beam(20, beams);
        int[][] together = generate(fixture, settings, 1);
        NDArray prompt = fixture.t5.embed(fixture.weights, fixture.ids());
        for (int row = 0; row < together.length; row++) {
          NDIndex one = new NDIndex().addSliceDim(row, row + 1);
          int[][] alone =
              new Generator(fixture.t5, fixture.weights, settings)
                  .generate(prompt.get(one), fixture.mask().get(one), 1);
          assertArrayEquals(together[row], alone[0]);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void writingLeavesNoArraysBehind(int beams) {
    try (T5Fixture fixture = new T5Fixture(V11)) {
      NDArray prompt = fixture.t5.embed(fixture.weights, fixture.ids());
      NDArray mask = fixture.mask();
      Generator generator =
          new Generator(fixture.t5, fixture.weights, GenerationSettings.beam(20, beams));
      int before = fixture.manager.getManagedArrays().size();
      generator.generate(prompt, mask, 1);
      assertEquals(before, fixture.manager.getManagedArrays().size());
    }
  }

  @Test
  void theSameSeedDrawsTheSameTextsAndAnotherDoesNot() {
    try (T5Fixture fixture = new T5Fixture(V10)) {
      GenerationSettings settings = GenerationSettings.sample(20, 1.2, 30, 0.95);
      int[][] texts = generate(fixture, settings, 7);
      assertArrayEquals(texts, generate(fixture, settings, 7));
      assertFalse(Arrays.deepEquals(texts, generate(fixture, settings, 8)));
    }
  }

  @Test
  void samplingFromTheLikeliestWordOnlyIsGreedy() {
    try (T5Fixture fixture = new T5Fixture(V11)) {
      int[][] greedy = generate(fixture, GenerationSettings.greedy(20), 1);
      assertArrayEquals(greedy, generate(fixture, GenerationSettings.sample(20, 1, 1, 1), 3));
      assertArrayEquals(greedy, generate(fixture, GenerationSettings.sample(20, 1, 0, 0), 3));
    }
  }

  @Test
  void narrowedDistributionsAreThoseOfTransformers() {
    try (T5Fixture fixture = new T5Fixture(V10)) {
      JsonNode cases = fixture.expected.get("narrow");
      float[] logits = T5Fixture.numbers(cases.get(0).get("logits"));
      for (int n = 1; n < cases.size(); n++) {
        JsonNode wanted = cases.get(n);
        GenerationSettings settings =
            GenerationSettings.sample(
                20,
                wanted.get("temperature").doubleValue(),
                wanted.get("top_k").intValue(),
                wanted.get("top_p").doubleValue());
        Scores.Narrowed found = Scores.narrow(logits, 0, logits.length, settings);
        float[] probabilities = new float[logits.length];
        for (int i = 0; i < found.ids().length; i++) {
          probabilities[found.ids()[i]] = (float) found.probabilities()[i];
        }
        assertArrayEquals(T5Fixture.numbers(wanted.get("probabilities")), probabilities, 1e-6f);
      }
    }
  }

  @Test
  void theLargestScoresComeInOrderAndEqualOnesByIndex() {
    float[] scores = {9, 1, 5, 3, 5, 4, 5, 9};
    assertArrayEquals(new int[] {2, 4, 6, 5}, Scores.top(scores, 1, 7, 4));
    assertEquals(6, Scores.top(scores, 1, 7, 100).length);
  }

  private static int[][] generate(T5Fixture fixture, GenerationSettings settings, long seed) {
    NDArray prompt = fixture.t5.embed(fixture.weights, fixture.ids());
    return new Generator(fixture.t5, fixture.weights, settings)
        .generate(prompt, fixture.mask(), seed);
  }

  private static GenerationSettings settings(JsonNode json, int most) {
    return new GenerationSettings(
        most,
        json.path("num_beams").asInt(1),
        json.path("length_penalty").asDouble(1),
        json.path("early_stopping").asBoolean(false),
        json.path("repetition_penalty").asDouble(1),
        false,
        1,
        0,
        1);
  }
}
