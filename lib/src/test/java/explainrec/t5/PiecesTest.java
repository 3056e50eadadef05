package explainrec.t5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.text.PieceTrainer;
import explainrec.text.Pieces;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kit's own vocabulary, read by Hugging Face's tokenizer. */
class PiecesTest {
  private static final List<String> TEXTS =
      List.of(
          "the rooms were clean and the staff was kind, but the lift was slow.",
          "we loved the rooms; the staff didn't forget us!",
          "the breakfast wasn't worth 25 dollars, the rooms were.");

  @TempDir private Path folder;
  private Pieces pieces;
  private T5Tokenizer tokenizer;

  @BeforeEach
  void open() {
    pieces = PieceTrainer.train(TEXTS, 300, 8);
    pieces.save(folder.resolve("tokenizer.json"));
    tokenizer = T5Tokenizer.open(folder.resolve("tokenizer.json"));
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  @Test
  void textsComeBackAsTheyWere() {
    for (String text : TEXTS) {
      assertEquals(text, tokenizer.decode(tokenizer.encode(text)));
    }
    String other = "quite (un)expected: 7.5/10 -- \"ok\" & 'fine' <3 ~100% @home {a_b}";
    assertEquals(other, tokenizer.decode(tokenizer.encode(other)));
    assertEquals("one two", tokenizer.decode(tokenizer.encode("  one \n two ")));
    assertEquals(pieces.size(), tokenizer.size());
  }

  @Test
  void idsAreTheMergedPiecesAndTheEnd() {
    int[] ids = tokenizer.encode("the rooms!");
    List<String> found = Arrays.stream(ids).mapToObj(pieces.all()::get).toList();
    assertEquals(List.of("\u2581the", "\u2581rooms", "!", "</s>"), found);
    assertTrue(pieces.startsWord(ids[1]));
    assertFalse(pieces.startsWord(ids[2]));
    assertArrayEquals(new int[] {Pieces.END}, tokenizer.encode(""));
  }

  @Test
  void noAsciiTextHasAnUnknownPieceAndOthersDo() {
    Random random = new Random(1);
    for (int n = 0; n < 200; n++) {
      StringBuilder text = new StringBuilder();
      for (int c = 0; c < 40; c++) {
        text.append((char) (' ' + random.nextInt(95)));
      }
      int[] ids = tokenizer.encode(text.toString());
      assertTrue(Arrays.stream(ids).noneMatch(id -> id == Pieces.UNKNOWN), text.toString());
    }
    int[] ids = tokenizer.encode("\u4f60");
    assertTrue(Arrays.stream(ids).anyMatch(id -> id == Pieces.UNKNOWN));
  }

  @Test
  void sentinelsAreOnePieceEachAndLeftOutOfTexts() {
    int[] ids = tokenizer.encode("the <extra_id_0> rooms <extra_id_7>");
    assertTrue(Arrays.stream(ids).anyMatch(id -> id == pieces.sentinel(0)));
    assertTrue(Arrays.stream(ids).anyMatch(id -> id == pieces.sentinel(7)));
    assertFalse(tokenizer.decode(ids).contains("extra"));
  }
}
