package explainrec.data;

import static explainrec.data.Samples.assertInputError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextAndLanguageTest {
  private static TextCleaner cleaner(boolean lowerCase, boolean asciiOnly, int maxWords) {
    return new TextCleaner(
        new DataSettings(
            "none", 1, "any", lowerCase, asciiOnly, maxWords, "error", "drop", "random", 0.8, 0.1,
            42, "keep", 0.8, 3));
  }

  @Test
  void eachCleanUpStepIsASetting() {
    String raw = "  Na\u00efve\u00a0Caf\u00e9,\r\n\tTOO \u20ac dear ";
    assertEquals("nave caf, too dear", cleaner(true, true, 128).clean(raw));
    assertEquals("Nave Caf, TOO dear", cleaner(false, true, 128).clean(raw));
    assertEquals("na\u00efve caf\u00e9, too \u20ac dear", cleaner(true, false, 128).clean(raw));
    TextCleaner two = cleaner(true, true, 2);
    assertEquals("nave caf,", two.clean(raw));
    assertEquals(2, two.words());
    assertEquals("", two.clean(" \u20ac \n"));
    assertEquals(0, two.words());
  }

  @Test
  void foreignTextsAreFoundAndShortEnglishOnesKept() {
    List<String> texts =
        List.of(
            "Nice beer.",
            "Its OK",
            "Tastes like a wet sock, and smells like one too.",
            "Das Zimmer war sehr sauber und das Personal ausgesprochen freundlich.",
            "La habitaci\u00f3n estaba limpia y el desayuno era muy bueno, volveremos pronto.",
            "A dark stout with roasted malt, coffee and a hint of chocolate in the finish.",
            "");
    English english = new English();
    texts.forEach(english::add);
    BitSet expected = new BitSet();
    expected.set(3, 5);
    assertEquals(expected, english.foreign());
  }

  @Test
  void onlyTextsFullOfEnglishWordsSpareTheDetector() {
    assertTrue(English.isSurelyEnglish("The room was small, but IT had a view of the sea"));
    assertFalse(English.isSurelyEnglish("the the the the"), "one word many times");
    assertFalse(
        English.isSurelyEnglish(
            "the band 'of that' spielte laut und das Zimmer war klein, aber wir haben trotzdem"
                + " gut geschlafen und danach gerne und reichlich gegessen"));
    assertFalse(English.isSurelyEnglish(""));
  }

  @Test
  void batchesDoNotShiftTheRows() {
    English english = new English();
    BitSet expected = new BitSet();
    for (int n = 0; n < 4200; n++) {
      boolean foreign = n == 10 || n == 4095 || n == 4096 || n == 4199;
      expected.set(n, foreign);
      english.add(foreign ? "Das Zimmer war sehr sauber und das Fr\u00fchst\u00fcck gut" : "ok");
    }
    assertEquals(expected, english.foreign());
  }

  @Test
  void settingsOutOfRangeNameTheKeyAndWhatIsAllowed() {
    assertInputError(
        () -> Samples.settings("double", 5, "error"), "filter", "single | core | none");
    assertInputError(() -> Samples.settings("core", 0, "error"), "minReviews", "0");
    assertInputError(() -> Samples.settings("core", 5, "ask"), "duplicates", "first");
    assertInputError(() -> shares(0.9, 0.1), "validationShare", "test part");
    assertInputError(() -> shares(Double.NaN, 0.1), "trainShare");
    assertEquals("single", DataSettings.paper().filter());
    assertEquals("core", DataSettings.defaults().filter());
  }

  private static DataSettings shares(double train, double validation) {
    return new DataSettings(
        "none",
        1,
        "any",
        true,
        true,
        128,
        "error",
        "drop",
        "random",
        train,
        validation,
        42,
        "keep",
        0.8,
        3);
  }
}
