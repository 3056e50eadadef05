package explainrec.t5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.data.InputException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class T5TokenizerTest {
  private JsonNode expected;
  private T5Tokenizer tokenizer;

  @BeforeEach
  void open() throws IOException, URISyntaxException {
    Path folder = Path.of(getClass().getResource("/fixtures/t5-tokenizer").toURI());
    expected = new ObjectMapper().readTree(Files.readString(folder.resolve("expected.json")));
    tokenizer = T5Tokenizer.open(folder.resolve("tokenizer.json"));
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  @Test
  void idsAndTextsAreThoseOfThePythonTokenizer() {
    List<String> texts = new ArrayList<>();
    for (JsonNode wanted : expected.get("cases")) {
      String text = wanted.get("text").textValue();
      texts.add(text);
      assertArrayEquals(ids(wanted), tokenizer.encode(text), text);
      assertEquals(wanted.get("decoded").textValue(), tokenizer.decode(ids(wanted)));
    }
    List<int[]> together = tokenizer.encode(texts);
    for (int n = 0; n < texts.size(); n++) {
      assertArrayEquals(ids(expected.get("cases").get(n)), together.get(n));
    }
  }

  @Test
  void aThousandHardTextsHaveTheIdsOfThePythonTokenizer() throws IOException, URISyntaxException {
    Path folder = Path.of(getClass().getResource("/fixtures/t5-tokenizer-hard").toURI());
    JsonNode hard = new ObjectMapper().readTree(Files.readString(folder.resolve("expected.json")));
    List<String> texts = new ArrayList<>();
    hard.get("texts").forEach(text -> texts.add(text.textValue()));
    assertEquals(1000, texts.stream().distinct().count());
    int[][] expected = T5Fixture.rows(hard.get("ids"));
    try (T5Tokenizer many = T5Tokenizer.open(folder.resolve("tokenizer.json"))) {
      List<int[]> found = many.encode(texts);
      for (int n = 0; n < expected.length; n++) {
        assertArrayEquals(expected[n], found.get(n), texts.get(n));
      }
    }
  }

  @Test
  void longTextsAreCutOnlyWhenAskedAndKeepTheirEnd() {
    String text = "the malt ".repeat(400);
    int[] whole = tokenizer.encode(text);
    assertTrue(whole.length > 512);
    int[] cut = tokenizer.encode(text, 128);
    assertEquals(128, cut.length);
    assertEquals(1, cut[127]);
    assertEquals(whole[126], cut[126]);
    assertArrayEquals(whole, tokenizer.encode(text, whole.length));
  }

  @Test
  void aTokenizerWithMoreIdsThanTheModelEmbedsIsRefused() {
    assertEquals(expected.get("size").intValue(), tokenizer.size());
    try (T5Fixture fixture = new T5Fixture("t5-tiny-v10")) {
      InputException problem =
          assertThrows(InputException.class, () -> tokenizer.requireFits(fixture.t5.config()));
      assertTrue(problem.getMessage().contains("the model embeds only 60 words"));
    }
  }

  @Test
  void whatIsNoTokenizerIsSaidInOneLine(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": ");
    InputException problem = assertThrows(InputException.class, () -> T5Tokenizer.open(file));
    assertTrue(problem.getMessage().startsWith(file + ": not a tokenizer.json"));
  }

  private static int[] ids(JsonNode wanted) {
    int[] ids = new int[wanted.get("ids").size()];
    for (int n = 0; n < ids.length; n++) {
      ids[n] = wanted.get("ids").get(n).intValue();
    }
    return ids;
  }
}
