package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.World;
import explainrec.data.WorldSettings;
import explainrec.data.WorldTruth;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkedReviewTest {
  private static final WorldTruth TRUTH = new World(WorldSettings.smoke()).truth();
  private static final String REAL =
      "The towels were filthy. The harbour view was a real highlight. The balcony was standard."
          + " The mattress was just right for the night.";
  private static final String WRITTEN =
      "The towels were filthy. The tram stop was disappointing. The front desk team was rude."
          + " We saw the wardrobe.";

  private static String html(String real, String written, WorldTruth truth) {
    return MarkedReview.of("guest-00001", "hotel-00000", real, written, truth)
        .withoutLegend()
        .html();
  }

  /** The sign that stands behind some words. */
  private static String signs(String html, String words) {
    int from = html.indexOf(words + "</span>") + words.length();
    assertTrue(from >= words.length(), words + " is not marked in " + html);
    StringBuilder signs = new StringBuilder();
    while (html.startsWith("</span><sup", from)) {
      int sign = html.indexOf('>', from + 8) + 1;
      signs.append(html.charAt(sign));
      from = sign + 1 + "</sup>".length();
    }
    return signs.toString();
  }

  @Test
  void everyStatementOfTheWrittenReviewIsMarked() {
    String html = html(REAL, WRITTEN, TRUTH);
    String own = TRUTH.features("hotel-00000").toString();
    assertEquals("✓", signs(html, "filthy"));
    assertEquals("✗", signs(html, "disappointing"));
    assertEquals("+", signs(html, "rude"));
    assertEquals(own.contains("tram stop") ? "◆" : "◇", signs(html, "tram stop"));
    assertEquals(own.contains("wardrobe") ? "◆~" : "◇~", signs(html, "wardrobe"));
  }

  @Test
  void theRealReviewShowsWhatWasMissed() {
    String html = html(REAL, WRITTEN, TRUTH);
    assertEquals("✗", signs(html, "a real highlight"));
    assertEquals("~", signs(html, "standard"));
    assertEquals("○", signs(html, "just right for the night"));
    assertFalse(html.contains("mattress</span>"), "features of the real review are not judged");
  }

  @Test
  void theSummaryCountsWhatIsMarked() {
    String html = html(REAL, WRITTEN, TRUTH);
    assertTrue(html.contains("The user speaks of 4 aspects, the model of 4; shared 3, "), html);
    assertTrue(html.contains("of these with the right polarity 1."), html);
  }

  @Test
  void onOtherDataNothingIsMarked() {
    String html = html(REAL, WRITTEN, null);
    assertFalse(html.contains("<sup"), html);
    assertTrue(html.contains(WRITTEN), html);
  }

  @Test
  void nothingInATextBecomesMarkup() {
    for (WorldTruth truth : new WorldTruth[] {TRUTH, null}) {
      String evil = "<script>x</script> the towels & \"rugs\" were <b>filthy</b>";
      String html = html(evil, evil, truth);
      assertFalse(html.contains("<script>"), html);
      assertFalse(html.contains("<b>"), html);
      assertTrue(html.contains("&lt;script&gt;"), html);
      assertTrue(html.contains("&amp;"), html);
    }
    String ids = MarkedReview.of("<i>", "hotel-00000", "", "", null).html();
    assertTrue(ids.contains("&lt;i&gt; about"), ids);
  }

  @Test
  void emptyAndBrokenTextsAreShown() {
    assertTrue(html(REAL, "", TRUTH).contains("the model of 0"));
    assertTrue(html("", "of of of the <unk> towels", TRUTH).contains("&lt;unk&gt;"));
  }

  @Test
  void barsStandBesideTheAspects() {
    List<String> aspects = List.of("cleanliness", "location", "value");
    String html =
        MarkedReview.of("guest-00001", "hotel-00000", REAL, WRITTEN, TRUTH)
            .withAttention(
                aspects,
                new float[] {4.25f, 3, 1},
                new float[] {0.5f, 0.5f, 0},
                new float[] {1, 0, 0})
            .html();
    assertTrue(html.contains("width:65px"), html);
    assertTrue(html.contains("width:130px;background:#E69F00"), html);
    assertTrue(html.contains("4.3 stars"), html);
    assertTrue(html.contains("both</td>"), html);
    assertTrue(html.contains("a feature that this item does not have"), "the legend is there");
    assertThrows(
        IllegalArgumentException.class,
        () ->
            MarkedReview.of("u", "i", "", "", null)
                .withAttention(aspects, new float[2], new float[3], new float[3]));
  }
}
