package explainrec.data;

import static explainrec.data.Samples.assertInputError;
import static explainrec.data.Samples.readAll;
import static explainrec.data.Samples.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedSourcesTest {
  private static final String YAML =
      """
      name: cafes
      format: FORMAT
      user: who
      item: where
      text: said
      time: {column: when, format: yyyy-MM-dd}
      overall: {column: stars, scale: [0, 10]}
      aspects:
        food: {column: f, scale: [1, 5]}
        noise: {column: n, scale: [1, 20]}
      """;
  private static final String GOOD =
      "{\"who\":\"ann\",\"where\":7,\"stars\":5,\"f\":\"4.5\",\"n\":20,\"said\":\" fine \","
          + "\"when\":\"1970-01-02\",\"more\":{\"deep\":[1,2]}}\n";

  @TempDir Path folder;
  private Mapping jsonMapping;
  private Mapping csvMapping;

  @BeforeEach
  void mappings() throws IOException {
    jsonMapping = Mappings.read(write(folder, "j.yaml", YAML.replace("FORMAT", "jsonl")));
    csvMapping = Mappings.read(write(folder, "c.yaml", YAML.replace("FORMAT", "csv")));
  }

  private ReviewSource json(String text) throws IOException {
    return new JsonLinesSource(write(folder, "a.jsonl", text), jsonMapping);
  }

  private ReviewSource csv(String text) throws IOException {
    return new CsvSource(write(folder, "a.csv", text), csvMapping);
  }

  @Test
  void aJsonLineBecomesAReviewOnTheSourcesOwnScales() throws IOException {
    ReviewSource source = json(GOOD);
    Review review = readAll(source).get(0);
    assertEquals("ann", review.user());
    assertEquals("7", review.item());
    assertEquals(5, review.overall());
    assertArrayEquals(new double[] {4.5, 20}, review.aspects());
    assertEquals("fine", review.text());
    assertEquals(86400, review.time());
    assertEquals(1, review.line());
    assertEquals(List.of("food", "noise"), source.aspects());
    assertEquals(3, source.overallScale().toFive(5));
  }

  @Test
  void nullAndAbsentValuesAreMissingNotErrors() throws IOException {
    Review review = readAll(json(GOOD + "\n{\"who\":null,\"where\":\"x\",\"f\":null}\n")).get(1);
    assertEquals("", review.user());
    assertTrue(Double.isNaN(review.overall()));
    assertTrue(Double.isNaN(review.aspects()[0]));
    assertEquals(Review.NO_TIME, review.time());
    assertEquals(3, review.line());
  }

  @Test
  void gzipIsToldByItsBytesNotByTheName() throws IOException {
    Path file = folder.resolve("plain-name.jsonl");
    Files.write(file, Samples.gzip(GOOD + GOOD));
    assertEquals(2, readAll(new JsonLinesSource(file, jsonMapping)).size());
  }

  @Test
  void aTruncatedGzipNamesTheFileAndSaysTruncated() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int n = 0; n < 500; n++) {
      text.append(GOOD.replace("fine", "fine " + n * 7919));
    }
    byte[] whole = Samples.gzip(text.toString());
    Path file = folder.resolve("cut.jsonl.gz");
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    JsonLinesSource source = new JsonLinesSource(file, jsonMapping);
    assertInputError(() -> readAll(source), "cut.jsonl.gz:", "truncated", "again");
  }

  @Test
  void aLineThatIsNoJsonIsNamed() throws IOException {
    ReviewSource broken = json(GOOD + "{\"who\": oops\n");
    assertInputError(() -> readAll(broken), "a.jsonl:2:", "not JSON");
    ReviewSource list = json(GOOD + "[1]\n");
    assertInputError(() -> readAll(list), "a.jsonl:2:", "JSON object");
    ReviewSource cut = json(GOOD + GOOD.substring(0, 40));
    assertInputError(() -> readAll(cut), "a.jsonl:2:", "not JSON");
  }

  @Test
  void aRatingOffItsScaleIsNamedWithLineAndScale() throws IOException {
    for (String bad : List.of("21", "0.5", "NaN", "\"good\"", "true")) {
      ReviewSource source = json(GOOD + GOOD.replace("\"n\":20", "\"n\":" + bad));
      assertInputError(() -> readAll(source), "a.jsonl:2:", "noise", "1 to 20");
    }
  }

  @Test
  void aMappedAspectThatNoRecordHasIsNamed() throws IOException {
    ReviewSource source = json(GOOD.replace("\"f\"", "\"fff\""));
    assertInputError(() -> readAll(source), "aspect food", "column 'f'", "mapping");
  }

  @Test
  void aDateInAnotherFormatIsNamed() throws IOException {
    ReviewSource source = json(GOOD.replace("1970-01-02", "2 Jan 1970"));
    assertInputError(() -> readAll(source), "a.jsonl:1:", "yyyy-MM-dd");
  }

  @Test
  void csvKeepsSeparatorsAndLineBreaksInsideQuotes() throws IOException {
    List<Review> reviews =
        readAll(
            csv(
                "who,where,said,stars,f,n,when\n"
                    + "ann,7,\"good, \"\"really\"\"\ngood\",10,5,20,1970-01-02\n"
                    + "bob,8,plain,0,1,1,\n"));
    assertEquals("good, \"really\"\ngood", reviews.get(0).text());
    assertEquals(2, reviews.get(0).line());
    assertEquals(4, reviews.get(1).line());
    assertEquals(Review.NO_TIME, reviews.get(1).time());
  }

  @Test
  void aCsvRowOfAnotherWidthIsNamed() throws IOException {
    ReviewSource source = csv("who,where,said,stars,f,n\nann,7,good, really,10,5,20\n");
    assertInputError(() -> readAll(source), "a.csv:2:", "7 values", "6 columns");
  }

  @Test
  void aCsvColumnThatIsNotThereIsNamed() throws IOException {
    ReviewSource source = csv("who,where,said,stars,f\nann,7,good,10,5\n");
    assertInputError(() -> readAll(source), "aspect noise", "column 'n'");
  }

  @Test
  void theFingerprintFollowsBytesAndMapping() throws IOException {
    String before = json(GOOD).fingerprint();
    assertEquals(before, json(GOOD).fingerprint());
    assertNotEquals(before, json(GOOD.replace("ann", "amy")).fingerprint());
  }

  @Test
  void aMappingWithAMissingOrUnknownKeySaysWhich() throws IOException {
    Path missing = write(folder, "m.yaml", "name: x\nformat: jsonl\nuser: u\n");
    assertInputError(() -> Mappings.read(missing), "m.yaml", "'overall' is missing", "YAML");
    Path unknown = write(folder, "k.yaml", YAML + "colour: red\n");
    assertInputError(() -> Mappings.read(unknown), "k.yaml", "'colour'");
    Path broken = write(folder, "b.yaml", "name: [x\n");
    assertInputError(() -> Mappings.read(broken), "b.yaml", "not YAML");
    String yaml = YAML.replace("FORMAT", "jsonl").replace("scale: [1, 20]", "scales: 3");
    Path noScale = write(folder, "s.yaml", yaml);
    assertInputError(() -> Mappings.read(noScale), "s.yaml", "aspect noise", "'scale'");
    Path format = write(folder, "f.yaml", YAML.replace("FORMAT", "xml"));
    assertInputError(() -> Mappings.read(format), "format", "xml", "jsonl");
  }

  @Test
  void everyMappingThatComesWithTheKitCanBeRead() {
    assertEquals(
        List.of("ratebeer-sample", "reviews"),
        Mappings.known().stream().map(Mapping::name).toList());
  }
}
