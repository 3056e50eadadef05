package explainrec.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SentenceVectorsTest {
  private static MiniLm encoder;
  private final SentenceVectors vectors = new SentenceVectors(encoder, MiniLm.SENTENCE_TOKENS);

  @BeforeAll
  static void open() {
    encoder = MiniLm.open();
  }

  @AfterAll
  static void close() {
    encoder.close();
  }

  private static double similarity(float[] a, float[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (double) a[k] * b[k];
    }
    return sum;
  }

  @Test
  void vectorsArePythonsMeansOfLengthOne() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/fixtures/bertscore.json")) {
      for (JsonNode row : new ObjectMapper().readTree(in).get("sentences")) {
        float[] found = vectors.of(row.get("text").asText());
        float[] expected = new float[MiniLmTest.WIDTH];
        for (int k = 0; k < expected.length; k++) {
          expected[k] = (float) row.get("vector").get(k).asDouble();
        }
        assertArrayEquals(expected, found, 1e-6f);
        assertEquals(1, similarity(found, found), 1e-6);
      }
    }
  }

  @Test
  void aParaphraseIsNearerThanAnotherSubject() {
    float[] clean = vectors.of("The room was spotless.");
    double near = similarity(clean, vectors.of("Our bedroom was very clean."));
    double far = similarity(clean, vectors.of("The train leaves at noon."));
    assertEquals(true, near > far + 0.3, near + " against " + far);
  }

  @Test
  void aSentenceIsEncodedOnce() {
    List<String> sentences = new ArrayList<>(List.of("One.", "Two.", "One."));
    List<float[]> first = vectors.of(sentences);
    assertSame(first.get(0), first.get(2));
    assertSame(first.get(1), vectors.of("Two."));
    assertEquals(2, vectors.size());
  }

  @Test
  void theLabelNamesTheModelAndItsWeights() {
    assertEquals("all-MiniLM-L6-v2, layer 6 (" + encoder.hash() + ")", vectors.label());
    assertEquals(MiniLmTest.WIDTH, vectors.width());
    assertEquals(MiniLmTest.WIDTH, vectors.of("").length);
  }

  @Test
  void threadsGetTheSameVectors() {
    List<String> sentences = IntStream.range(0, 40).mapToObj(n -> "Room " + n % 10).toList();
    List<float[]> expected = vectors.of(sentences);
    SentenceVectors shared = new SentenceVectors(encoder, MiniLm.SENTENCE_TOKENS);
    List<float[]> found = sentences.parallelStream().map(shared::of).toList();
    for (int n = 0; n < sentences.size(); n++) {
      assertArrayEquals(expected.get(n), found.get(n), 1e-5f);
    }
    assertEquals(10, shared.size());
  }

  @Test
  void aFoldersBertEncodesSentencesToo() throws URISyntaxException {
    Path folder = Path.of(getClass().getResource("/fixtures/bert-tiny").toURI());
    try (TokenEncoder bert = TokenEncoder.open(folder, Device.cpu())) {
      SentenceEncoder sentences = new SentenceVectors(bert, 64);
      assertEquals(bert.width(), sentences.of(List.of("clean", "not clean")).get(1).length);
      assertTrue(sentences.label().startsWith("bert-tiny, layer"), sentences.label());
    }
  }
}
