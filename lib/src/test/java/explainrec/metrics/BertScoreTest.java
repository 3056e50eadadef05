package explainrec.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import explainrec.text.BertEncoder;
import explainrec.text.MiniLm;
import explainrec.text.TokenEncoder;
import explainrec.text.TokenVectors;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class BertScoreTest {
  private final TextFixture fixture = TextFixture.read("bertscore.json");
  private final List<String> references = texts("reference");
  private final List<String> hypotheses = texts("hypothesis");

  /** Those of the other text metrics first. */
  private List<String> texts(String side) {
    List<String> texts = new ArrayList<>(TextFixture.read("text-elixir.json").texts(side));
    texts.addAll(fixture.texts(side));
    return texts;
  }

  private static Path folder(String name) throws URISyntaxException {
    return Path.of(BertScoreTest.class.getResource("/fixtures/" + name).toURI());
  }

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static void assertScores(JsonNode expected, BertScore score, double tolerance) {
    assertArrayEquals(numbers(expected.get("precision")), score.precision(), tolerance);
    assertArrayEquals(numbers(expected.get("recall")), score.recall(), tolerance);
    assertArrayEquals(numbers(expected.get("f1")), score.f1(), tolerance);
    JsonNode corpus = expected.get("corpus");
    assertEquals(corpus.get("precision").asDouble(), score.meanPrecision(), tolerance);
    assertEquals(corpus.get("recall").asDouble(), score.meanRecall(), tolerance);
    assertEquals(corpus.get("f1").asDouble(), score.meanF1(), tolerance);
  }

  private void assertOriginal(String model) throws URISyntaxException {
    JsonNode expected = fixture.root().get(model);
    int layer = expected.get("layer").asInt();
    try (TokenEncoder encoder = BertEncoder.open(folder(model + "-tiny"), layer, Device.cpu())) {
      assertScores(expected, BertScore.of(encoder, references, hypotheses), 1e-6);
    }
  }

  @Test
  void aRobertaHasTheOriginalsScoresOnAllPairs() throws URISyntaxException {
    assertOriginal("roberta");
  }

  @Test
  void aBertHasTheOriginalsScoresOnAllPairs() throws URISyntaxException {
    assertOriginal("bert");
  }

  /** Passes on, and keeps each text's ids. */
  private record Recorder(TokenEncoder encoder, Map<String, int[]> ids) implements TokenEncoder {
    @Override
    public String name() {
      return encoder.name();
    }

    @Override
    public String hash() {
      return encoder.hash();
    }

    @Override
    public int width() {
      return encoder.width();
    }

    @Override
    public int longest() {
      return encoder.longest();
    }

    @Override
    public List<TokenVectors> encode(List<String> texts, int most) {
      List<TokenVectors> vectors = encoder.encode(texts, most);
      for (int n = 0; n < texts.size(); n++) {
        ids.put(texts.get(n), vectors.get(n).ids());
      }
      return vectors;
    }

    @Override
    public void close() {
      encoder.close();
    }
  }

  @Test
  void miniLmHasTheOriginalsTokensAndScores() {
    JsonNode expected = fixture.root().get("minilm");
    List<String> real = new ArrayList<>();
    List<String> generated = new ArrayList<>();
    for (JsonNode n : expected.get("which")) {
      real.add(references.get(n.asInt()));
      generated.add(hypotheses.get(n.asInt()));
    }
    try (Recorder encoder = new Recorder(MiniLm.open(), new HashMap<>())) {
      assertEquals(expected.get("sha256").asText().substring(0, 12), encoder.hash());
      assertScores(expected, BertScore.of(encoder, real, generated), 1e-6);
      for (int n = 0; n < real.size(); n++) {
        assertIds(expected.get("ids").get(2 * n), real.get(n), encoder.ids);
        assertIds(expected.get("ids").get(2 * n + 1), generated.get(n), encoder.ids);
      }
    }
  }

  private static void assertIds(JsonNode expected, String text, Map<String, int[]> ids) {
    double[] found = Arrays.stream(ids.get(TextPairs.strip(text))).asDoubleStream().toArray();
    assertArrayEquals(numbers(expected), found, text);
  }

  /** Two letters, two directions; counts what it is asked for. */
  private static final class Letters implements TokenEncoder {
    private final List<String> asked = new ArrayList<>();

    @Override
    public String name() {
      return "letters";
    }

    @Override
    public String hash() {
      return "0";
    }

    @Override
    public int width() {
      return 2;
    }

    @Override
    public int longest() {
      return 100;
    }

    @Override
    public List<TokenVectors> encode(List<String> texts, int most) {
      asked.addAll(texts);
      return texts.stream().map(Letters::vectors).toList();
    }

    /** A mark, (1, 0) for each a and (0, 2) for each b, a mark; marks are (3, 4). */
    private static TokenVectors vectors(String text) {
      int size = text.length() + 2;
      float[] values = new float[2 * size];
      boolean[] counts = new boolean[size];
      for (int t = 0; t < size; t++) {
        counts[t] = t > 0 && t < size - 1;
        boolean a = counts[t] && text.charAt(t - 1) == 'a';
        values[2 * t] = counts[t] ? (a ? 1 : 0) : 3;
        values[2 * t + 1] = counts[t] ? (a ? 0 : 2) : 4;
      }
      return new TokenVectors(new int[size], values, counts);
    }

    @Override
    public void close() {}
  }

  @Test
  void tokensAreMatchedWithTheirNearestAndMarksCanBeMatched() {
    BertScore score = BertScore.of(new Letters(), List.of("aab"), List.of("a"));
    assertEquals(1, score.precision()[0], 1e-7);
    // The two a are found; b's nearest is a mark: (0, 1) (0.6, 0.8).
    assertEquals((1 + 1 + 0.8) / 3, score.recall()[0], 1e-7);
    assertEquals(2 * (2.8 / 3) / (1 + 2.8 / 3), score.f1()[0], 1e-7);
    assertEquals("BERTScore(letters (0))", score.name());
  }

  @Test
  void aTextWithoutTokensScoresZero() {
    BertScore score =
        BertScore.of(new Letters(), List.of("a", " \n", ""), List.of("", "a", "\u00a0"));
    assertArrayEquals(new double[3], score.precision());
    assertArrayEquals(new double[3], score.recall());
    assertArrayEquals(new double[3], score.f1());
  }

  @Test
  void eachDistinctTextIsEncodedOnce() {
    Letters encoder = new Letters();
    List<String> real = new ArrayList<>();
    List<String> generated = new ArrayList<>();
    for (int n = 0; n < 1300; n++) {
      real.add("a".repeat(1 + n % 97) + "b".repeat(n / 97));
      generated.add("b".repeat(n % 3));
    }
    BertScore.of(encoder, real, generated);
    Set<String> distinct = new HashSet<>(real);
    distinct.addAll(generated);
    assertEquals(distinct.size(), encoder.asked.size());
    assertEquals(distinct, new HashSet<>(encoder.asked));
  }

  @Test
  void aMissingHypothesisIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> BertScore.of(new Letters(), List.of("a", "b"), List.of("a")));
  }
}
