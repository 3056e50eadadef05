package explainrec.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import explainrec.data.InputException;
import explainrec.data.Review;
import explainrec.data.World;
import explainrec.data.WorldMention;
import explainrec.data.WorldPolarity;
import explainrec.data.WorldReading;
import explainrec.data.WorldSettings;
import explainrec.data.WorldTruth;
import explainrec.run.ReviewContent.Judgement;
import explainrec.run.ReviewResult.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReviewContentTest {
  private static final World WORLD = new World(WorldSettings.smoke());
  private static final WorldTruth TRUTH = WORLD.truth();
  private static final String ITEM = "hotel-00000";
  private static final String REAL =
      "The towels were filthy. The harbour view was a real highlight. The balcony was standard.";

  private static Content of(String written) {
    return ReviewContent.of(written, REAL, TRUTH, ITEM);
  }

  /** A feature of an aspect that the hotel has, or has not. */
  private static String feature(String aspect, boolean has, List<String> choice) {
    List<String> own = TRUTH.features(ITEM).get(aspect);
    return choice.stream().filter(f -> own.contains(f) == has).findFirst().orElseThrow();
  }

  @Test
  void theRealReviewItselfIsAllRight() {
    List<Review> reviews = new ArrayList<>();
    WORLD.read(
        review -> {
          if (reviews.size() < 200) {
            reviews.add(review);
          }
        });
    for (Review review : reviews) {
      Content content = ReviewContent.of(review.text(), review.text(), TRUTH, review.item());
      assertEquals(content.aspectsReal(), content.aspects());
      assertEquals(content.aspectsReal(), content.aspectsShared());
      assertEquals(content.aspectsReal(), content.polarityRight());
    }
  }

  @Test
  void oppositeAndMissingPolaritiesAreNotRight() {
    assertEquals(3, of("").aspectsReal());
    Content content = of("The towels were spotless. The harbour view. The pillows were dreadful.");
    assertEquals(2, content.aspectsShared());
    assertEquals(0, content.polarityRight());
    assertEquals(1, of("the towels were dirty").polarityRight());
  }

  @Test
  void anAspectSaidTwiceCountsOnceAndContradictionsAreNotRight() {
    Content content = of("The towels were filthy. The sauna was filthy. The towels were dirty.");
    assertEquals(
        List.of(1, 1, 1),
        List.of(content.aspects(), content.aspectsShared(), content.polarityRight()));
    assertEquals(2, content.features());
    assertEquals(0, of("The towels were filthy. The sauna was spotless.").polarityRight());
  }

  @Test
  void madeUpFeaturesAreToldFromThoseOfTheItem() {
    Map<String, List<String>> own = TRUTH.features(ITEM);
    String has = own.get("cleanliness").get(0);
    List<String> catalogue = List.of("rooftop pool", "bed linen", "sauna", "towels", "rugs");
    String hasNot = feature("cleanliness", false, catalogue);
    Content content = of("The " + has + " was spotless. The " + hasNot + " was spotless.");
    assertEquals(2, content.features());
    assertEquals(1, content.featuresOfItem());
  }

  @Test
  void brokenTextsSayNothing() {
    for (String text :
        new String[] {null, "", "   ", "the the the", "\u0000<pad>??", "caf\u00e9!"}) {
      assertEquals(new Content(0, 3, 0, 0, 0, 0), of(text));
    }
  }

  @Test
  void eachStatementIsJudged() {
    var real = WorldReading.of(REAL);
    assertEquals(Judgement.RIGHT, judge(real, "cleanliness", WorldPolarity.NEGATIVE));
    assertEquals(Judgement.WRONG, judge(real, "cleanliness", WorldPolarity.POSITIVE));
    assertEquals(Judgement.VAGUE, judge(real, "rooms", null));
    assertEquals(Judgement.EXTRA, judge(real, "value", WorldPolarity.POSITIVE));
  }

  private static Judgement judge(
      explainrec.data.WorldContent real, String aspect, WorldPolarity polarity) {
    return ReviewContent.judge(new WorldMention(aspect, "", polarity), real);
  }

  @Test
  void anUnknownItemIsRefused() {
    assertThrows(InputException.class, () -> ReviewContent.of("", REAL, TRUTH, "hotel-99999"));
  }
}
