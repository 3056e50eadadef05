package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDScope;
import com.fasterxml.jackson.databind.JsonNode;
import explainrec.data.InputException;
import explainrec.data.Interactions;
import explainrec.text.ExplainedSplit;
import explainrec.text.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** ApRef2Seq's past and arithmetic; what all generators do is in {@link WordGeneratorContract}. */
final class ApRef2SeqTest extends WordGeneratorContract {

  @Override
  WordGenerator make(ExplainedSplit data, Vocabulary vocabulary, int longest, long seed) {
    return new ApRef2Seq(data, vocabulary, longest, settings(5, 16, 24, 1), Device.cpu(), seed);
  }

  @Override
  double learningRate() {
    return 0.03;
  }

  private static ApRef2SeqSettings settings(int texts, int width, int hidden, int layers) {
    return new ApRef2SeqSettings(
        "explanations", texts, 15, width, hidden, layers, 0, 0, 100, "adam", 0.01, 0, 64, 10, 0);
  }

  private static Vocabulary words(int size) {
    return new Vocabulary(
        List.of(IntStream.range(4, size).mapToObj(n -> "word" + n).toList()), size);
  }

  @Test
  void logarithmsAndGradientsAreThoseOfPyTorch() {
    RnnFixture fixture = RnnFixture.of("apref2seq");
    Vocabulary words = words(fixture.size("words"));
    List<int[]> pairs = new ArrayList<>();
    List<List<String>> texts = new ArrayList<>();
    for (int n = 0; n < fixture.json().get("rows").size(); n++) {
      JsonNode row = fixture.json().get("rows").get(n);
      pairs.add(new int[] {row.get("user").asInt(), row.get("item").asInt()});
      texts.add(
          Arrays.stream(fixture.ints("/rows/" + n + "/words")).mapToObj(words::word).toList());
    }
    ExplainedSplit data =
        SmallExplained.of(
            fixture.size("users"), fixture.size("items"), pairs.toArray(int[][]::new), texts);
    ApRef2SeqSettings settings =
        settings(
            fixture.size("texts"),
            fixture.size("width"),
            fixture.size("hidden"),
            fixture.size("layers"));
    try (ApRef2Seq model =
        new ApRef2Seq(data, words, fixture.size("length"), settings, Device.cpu(), 1)) {
      fixture.load(model);
      int[] users = fixture.ints("/requests/users");
      fixture.check(
          model,
          new Requests(
              fixture.ints("/requests/rows"),
              users,
              fixture.ints("/requests/items"),
              new float[users.length],
              fixture.ints("/requests/features")));
    }
  }

  @Test
  void aRequestsOwnRowAndRowsOutsideTrainAreNeverReadAsPast() {
    ExplainedSplit data = SmallExplained.grid(5, 9);
    Interactions rows = data.split().data();
    PastTexts past = new PastTexts(data, SmallExplained.vocabulary(data), false, 5, 15);
    int[] train = data.split().train();
    for (int row = 0; row < rows.size(); row++) {
      for (PastTexts.Side side : PastTexts.Side.values()) {
        boolean ofUser = side == PastTexts.Side.USER;
        int entity = ofUser ? rows.user(row) : rows.item(row);
        int[] read = past.rows(side, entity, row);
        assertTrue(read.length <= 5);
        for (int other : read) {
          assertNotEquals(row, other);
          assertTrue(Arrays.binarySearch(train, other) >= 0);
          assertEquals(entity, ofUser ? rows.user(other) : rows.item(other));
        }
      }
    }
  }

  @Test
  void theLatestTextsAreReadFirst() {
    ExplainedSplit data = SmallExplained.grid(5, 9);
    Interactions rows = data.split().data();
    PastTexts past = new PastTexts(data, SmallExplained.vocabulary(data), false, 3, 15);
    int[] read = past.rows(PastTexts.Side.USER, 1, -1);
    assertEquals(3, read.length);
    for (int row : data.split().train()) {
      boolean wasRead = Arrays.stream(read).anyMatch(other -> other == row);
      if (rows.user(row) == 1 && !wasRead) {
        assertTrue(rows.time(row) < rows.time(read[2]));
      }
    }
    assertTrue(rows.time(read[0]) > rows.time(read[1]));
  }

  /** The text of the request's own row may be anything: not one number changes. */
  @Test
  void whatTheRequestsOwnRowSaysDoesNotMatter() {
    List<List<String>> texts =
        new ArrayList<>(List.of(List.of("good", "pool"), List.of("the", "pool"), List.of("bad")));
    int[][] pairs = {{0, 0}, {0, 1}, {1, 0}};
    Vocabulary words = new Vocabulary(List.of(List.of("good", "bad", "the", "pool")), 10);
    float[][] logs = new float[2][];
    for (int n = 0; n < 2; n++) {
      ExplainedSplit data = SmallExplained.of(2, 2, pairs, texts);
      try (ApRef2Seq model = new ApRef2Seq(data, words, 5, settings(5, 4, 6, 1), Device.cpu(), 3);
          NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        logs[n] =
            model
                .logProbabilities(
                    model.parameters().frozen(),
                    Requests.of(data, new int[] {0}),
                    new int[][] {{4, 5, 2}})
                .toFloatArray();
      }
      texts.set(0, List.of("bad", "bad", "bad", "bad"));
    }
    assertArrayEquals(logs[0], logs[1]);
  }

  @Test
  void reviewsAreReadInTheirFirstWords() {
    ExplainedSplit explained =
        SmallExplained.of(1, 1, new int[][] {{0, 0}, {0, 0}}, List.of(List.of("a"), List.of("b")));
    Interactions given = explained.split().data();
    Interactions reviews =
        new Interactions(
            "reviews",
            List.of(),
            given.users(),
            given.items(),
            new int[2],
            new int[2],
            new float[] {3, 3},
            new float[0],
            new long[2],
            row -> row == 0 ? "The POOL, the good pool!" : "...");
    ExplainedSplit data =
        new ExplainedSplit(
            explained.split(),
            reviews,
            explained.features(),
            explained.featureOf(),
            explained.explanations(),
            "");
    Vocabulary words = new Vocabulary(List.of(List.of("the", "the", "the", "pool")), 10);
    PastTexts past = new PastTexts(data, words, true, 5, 4);
    PastTexts.Batch read =
        past.of(
            PastTexts.Side.ITEM,
            new Requests(new int[] {-1}, new int[1], new int[1], new float[1], new int[1]));
    assertArrayEquals(new int[] {Vocabulary.END}, read.words()[0]); // of the later row: no words
    assertArrayEquals(
        new int[] {words.number("the"), words.number("pool"), 4, Vocabulary.UNKNOWN},
        read.words()[1]);
  }

  @Test
  void theFeatureChangesWhatIsWritten() {
    try (WordGenerator model = make(DATA, WORDS, 4, 1);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Requests one = Requests.of(DATA, new int[] {0}).withFeatures(new int[] {0});
      int[][] text = {{4, 5, 2}};
      var weights = model.parameters().frozen();
      float[] of0 = model.logProbabilities(weights, one, text).toFloatArray();
      Requests none = one.withFeatures(new int[] {-1});
      assertFalse(Arrays.equals(of0, model.logProbabilities(weights, none, text).toFloatArray()));
    }
  }

  @Test
  void aFeatureOutOfRangeIsRefusedInOneLine() {
    try (WordGenerator model = make(DATA, WORDS, 4, 1)) {
      Requests wrong = Requests.of(DATA, new int[] {0}).withFeatures(new int[] {3});
      InputException refused =
          assertThrows(InputException.class, () -> model.write(model.parameters().frozen(), wrong));
      assertEquals(
          "request 1: feature number 3, expected -1 to 2 (-1 for none); take it from the data that"
              + " the generator was trained on",
          refused.getMessage());
    }
  }

  @Test
  void aRepeatedBatchIsKnownAsSuch() {
    Requests some = Requests.of(DATA, new int[] {0, 1, 2});
    assertEquals(1, some.times());
    assertEquals(4, some.repeat(4).times());
    assertEquals(1, some.select(new int[] {0, 0, 1}).times());
    assertEquals(1, some.select(new int[] {0, 0, 1, 2}).times());
  }
}
