package explainrec.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import explainrec.data.Interactions;
import explainrec.data.Split;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reviews as words, and words as reviews. */
final class WholeReviewsTest {
  @Test
  void signsStandApartAndNumbersAndShortFormsStayWhole() {
    assertEquals(
        List.of(
            "i",
            "don't",
            "mind",
            "the",
            "well-kept",
            "pool",
            ",",
            "1,200",
            "feet",
            "(",
            "3.5",
            "stars",
            ")",
            "!",
            "!"),
        ReviewWords.APART.split("i don't mind the well-kept pool, 1,200 feet (3.5 stars)!!"));
    assertEquals(List.of(), ReviewWords.APART.split("  "));
    assertEquals(List.of(), ReviewWords.BETWEEN_BLANKS.split("  "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the pool, in short: great! (we'll be back.)",
        "he said \"never again\", twice; 100% agreed",
        "$40 a night? no.",
        "plain words only"
      })
  void aTextsOwnWordsMakeItAgain(String text) {
    for (ReviewWords how : ReviewWords.values()) {
      assertEquals(text, how.join(how.split(text)));
    }
  }

  @Test
  void everyRowKeepsItsPlaceAndItsText() {
    Split split = split("the pool is great.", "bad, really bad.", "left out", "fine");
    ExplainedSplit whole = WholeReviews.of(split, ReviewWords.APART);
    assertSame(split, whole.split());
    assertEquals(List.of("bad", ",", "really", "bad", "."), words(whole, 1));
    assertNull(whole.explanations().get(2), "in no part of the split");
    assertEquals(List.of(), whole.features());
    assertEquals(-1, whole.featureOf()[0]);
    ExplainedSplit other = WholeReviews.of(split, ReviewWords.BETWEEN_BLANKS);
    assertEquals(List.of("bad,", "really", "bad."), words(other, 1));
    assertFalse(whole.hash().equals(other.hash()));
  }

  private static List<String> words(ExplainedSplit whole, int row) {
    return whole.explanations().get(row).words();
  }

  @Test
  void aReviewWithoutWordsIsNamed() {
    InputException e =
        assertThrows(
            InputException.class,
            () -> WholeReviews.of(split("good", " ", "x", "fine"), ReviewWords.APART));
    assertTrue(e.getMessage().contains("user u1 on item i1"), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }

  /** A row of train, one of validation, one of none, one of test. */
  private static Split split(String... texts) {
    Interactions data =
        new Interactions(
            "given",
            List.of(),
            List.of("u0", "u1", "u2", "u3"),
            List.of("i0", "i1", "i2", "i3"),
            new int[] {0, 1, 2, 3},
            new int[] {0, 1, 2, 3},
            new float[] {1, 2, 3, 4},
            new float[0],
            new long[4],
            row -> texts[row]);
    return new Split(data, new int[] {0}, new int[] {1}, new int[] {3}, "random", 1, "given");
  }
}
