package explainrec.data;

import static explainrec.data.Samples.assertInputError;
import static explainrec.data.Samples.readAll;
import static explainrec.data.Samples.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeerSourceTest {
  private static final String LITERAL =
      "{'review/appearance': 2.5, 'beer/beerId': '17', 'review/palate': 3, 'review/taste': 4.0,"
          + " 'review/timeUnix': 1234817823L, 'review/timeStruct': {'mday': 16, 'more': (1, [2])},"
          + " 'review/overall': 1.5, 'review/text': u'it\\'s \\xe9 \\u20ac\\tok', 'beer/ABV': nan,"
          + " 'user/profileName': \"o'neil\", 'review/aroma': 2.0, 'beer/style': None}\n";
  private static final String BLOCK =
      """
      beer/name: Own Brew: Second
      beer/beerId: 99
      review/appearance: 4/5
      review/aroma: 6/10
      review/palate: 3/5
      review/taste: 7/10
      review/overall: 13/20
      review/time: 1157587200
      review/profileName: brewer
      review/text: malty: very malty

      """;

  @TempDir Path folder;

  private BeerSource beer(String text) throws IOException {
    return new BeerSource(write(folder, "beer.txt", text), "beer");
  }

  @Test
  void aPythonLiteralIsReadAsData() throws IOException {
    Review review = readAll(beer(LITERAL)).get(0);
    assertEquals("o'neil", review.user());
    assertEquals("17", review.item());
    assertEquals(1.5, review.overall());
    assertArrayEquals(new double[] {2.5, 2, 3, 4}, review.aspects());
    assertEquals("it's \u00e9 \u20ac\tok", review.text());
    assertEquals(1234817823L, review.time());
  }

  @Test
  void blocksAreReadWithTheScalesOfTheirFractions() throws IOException {
    BeerSource source = beer(BLOCK + BLOCK.replace("99", "98").replace("13/20", "0/20"));
    assertEquals(new Scale(1, 20), source.overallScale());
    assertEquals(
        List.of(new Scale(1, 5), new Scale(1, 10), new Scale(1, 5), new Scale(1, 10)),
        source.aspectScales());
    List<Review> reviews = readAll(source);
    assertEquals(13, reviews.get(0).overall());
    assertEquals("brewer", reviews.get(0).user());
    assertEquals("malty: very malty", reviews.get(0).text());
    assertTrue(Double.isNaN(reviews.get(1).overall()), "0 means not given");
    assertEquals(12, reviews.get(1).line());
  }

  @Test
  void aFirstRecordWithoutARatingDoesNotHideItsScale() throws IOException {
    BeerSource source = beer(BLOCK.replace("review/aroma: 6/10\n", "") + BLOCK);
    assertEquals(new Scale(1, 10), source.aspectScales().get(1));
    assertTrue(Double.isNaN(readAll(source).get(0).aspects()[1]));
    assertEquals(6, readAll(source).get(1).aspects()[1]);
  }

  @Test
  void aLineThatIsNoLiteralIsNamed() throws IOException {
    for (String bad : List.of("{'a': open('x')}", "{'a': 'x", "{'a' 1}", "{'a': 1} 2", "{'a': }")) {
      BeerSource source = beer(LITERAL + bad + "\n");
      assertInputError(() -> readAll(source), "beer.txt:2:", "Python dictionary");
    }
    BeerSource deep = beer(LITERAL + "{'a': " + "[".repeat(9000) + "]".repeat(9000) + "}\n");
    assertInputError(() -> readAll(deep), "beer.txt:2:");
  }

  @Test
  void aRatingOffTheScaleIsNamed() throws IOException {
    BeerSource high =
        beer(LITERAL + LITERAL.replace("'review/overall': 1.5", "'review/overall': 6"));
    assertInputError(() -> readAll(high), "beer.txt:2:", "overall", "1 to 5");
    BeerSource nan = beer(LITERAL.replace("'review/taste': 4.0", "'review/taste': nan"));
    assertInputError(() -> readAll(nan), "beer.txt:1:", "taste");
    BeerSource mixed = beer(BLOCK + BLOCK.replace("13/20", "13/30"));
    assertInputError(() -> readAll(mixed), "beer.txt:12:", "13/30");
  }

  @Test
  void aLineOutsideABlockIsNamed() throws IOException {
    BeerSource source = beer(BLOCK + "no key here\n");
    assertInputError(() -> readAll(source), "beer.txt:12:", "key: value");
  }

  @Test
  void literalsKnowPythonsEscapes() throws PythonLiteral.Malformed {
    Map<String, String> read =
        PythonLiteral.dictionary(
            "{'a': 'x\\\\y\\n\\101\\x41', \"b\": r'\\d', 'c': -1.5e3, 'd': True, 'e': 'q\\'',}");
    assertEquals("x\\y\nAA", read.get("a"));
    assertEquals("\\d", read.get("b"));
    assertEquals("-1.5e3", read.get("c"));
    assertEquals("True", read.get("d"));
    assertEquals("q'", read.get("e"));
    assertNull(PythonLiteral.dictionary("{'n': None}").get("n"));
    assertThrows(PythonLiteral.Malformed.class, () -> PythonLiteral.dictionary("{'a': '\\xzz'}"));
  }
}
