package explainrec.metrics;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MeteorTest {
  private final TextFixture fixture = TextFixture.read("text-elixir.json");

  @Test
  void everyTextIsSplitIntoTheOriginalsWords() {
    List<Executable> checks = new ArrayList<>();
    for (JsonNode pair : fixture.root().get("pairs")) {
      checks.add(() -> checkWords(pair.get("reference"), pair.get("words").get(0)));
      checks.add(() -> checkWords(pair.get("hypothesis"), pair.get("words").get(1)));
    }
    assertAll(checks);
  }

  private static void checkWords(JsonNode text, JsonNode expected) {
    List<String> words = new ArrayList<>();
    expected.forEach(word -> words.add(word.asText()));
    assertEquals(words, WordTokenizer.tokenize(text.asText()), text.asText());
  }

  @Test
  void everyWordHasTheOriginalsStemAndSynonyms() throws Exception {
    List<Executable> checks = new ArrayList<>();
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    for (JsonNode row : TextFixture.read("text-words.json").root().get("words")) {
      String word = row.get(0).asText();
      checks.add(() -> assertEquals(row.get(1).asText(), PorterStemmer.stem(word), word));
      checks.add(
          () -> {
            String names = String.join("\n", Synonyms.of(word).stream().sorted().toList());
            byte[] digest = sha.digest(names.getBytes(StandardCharsets.UTF_8));
            String hex = HexFormat.of().formatHex(digest).substring(0, 12);
            assertEquals(row.get(3).asText(), hex, word + ": " + names);
          });
    }
    assertAll(checks);
  }

  @Test
  void everyPairAndTheMeanHaveTheOriginalsMeteor() {
    List<String> references = fixture.texts("reference");
    List<String> hypotheses = fixture.texts("hypothesis");
    double[] expected = fixture.numbers("meteor");
    double sum = 0;
    for (int n = 0; n < expected.length; n++) {
      double meteor = Meteor.of(references.get(n), hypotheses.get(n));
      assertEquals(expected[n], meteor, 1e-9, references.get(n));
      sum += meteor;
    }
    assertEquals(fixture.corpus("meteor"), sum / expected.length, 1e-9);
  }

  @Test
  void theExamplesOfNltksDocumentationComeOut() {
    String hypothesis =
        "It is a guide to action which ensures that the military always obeys the commands of the"
            + " party";
    String reference =
        "It is a guide to action that ensures that the military will forever heed Party commands";
    assertEquals(0.6944, Meteor.of(reference, hypothesis), 5e-5);
    assertEquals(0, Meteor.of("this is a cat", "non matching hypothesis"));
    String cat = "The cat sat on the mat";
    assertEquals(0.5, Meteor.of(cat, "on the mat sat the cat"), 1e-12);
    assertEquals(0.9654, Meteor.of(cat, "The cat was sat on the mat"), 5e-5);
    String virtual = "creates or updates a virtual machine scale set";
    assertEquals(0.7806, Meteor.of("create or update a vm set", virtual), 5e-5);
  }
}
