package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import explainrec.data.World;
import explainrec.data.WorldPolarity;
import explainrec.data.WorldSettings;
import explainrec.data.WorldTruth;
import explainrec.run.WrittenExplanation;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeforeAfterTest {
  private static final WorldTruth TRUTH = new World(WorldSettings.profile("smoke")).truth();

  private static WrittenExplanation written(int row, double rating, String text) {
    return new WrittenExplanation(
        row, "u1", "i<1>", rating, rating, "", "the staff was rude", text);
  }

  private static int count(String html, String sign) {
    return html.split(sign, -1).length - 1;
  }

  @Test
  void polaritiesAreMarkedAndWavyWhereAnotherIsLikelier() {
    assertEquals(WorldPolarity.POSITIVE, TRUTH.explanation().likeliestPolarity(5));
    List<WrittenExplanation> before = List.of(written(3, 5, "the towels were filthy"));
    List<WrittenExplanation> after = List.of(written(3, 5, "the towels were spotless"));
    String html = BeforeAfter.of(before, after, TRUTH).html();
    assertEquals(2, count(html, ">▼<"), html); // the real one and the backbone's
    assertEquals(1, count(html, ">▲<"), html);
    assertEquals(2, count(html, "underline wavy"), html);
    assertTrue(html.contains("i&lt;1&gt;"));
  }

  @Test
  void otherDataHaveNoMarks() {
    List<WrittenExplanation> one = List.of(written(3, 5, "the towels were filthy"));
    assertFalse(BeforeAfter.of(one, one, null).html().contains("▼"));
  }

  @Test
  void differentRowsAreRefused() {
    List<WrittenExplanation> one = List.of(written(3, 5, "a"));
    List<WrittenExplanation> other = List.of(written(4, 5, "a"));
    assertThrows(InputException.class, () -> BeforeAfter.of(one, other, null));
  }
}
