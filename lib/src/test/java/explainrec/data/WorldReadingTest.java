package explainrec.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class WorldReadingTest {
  @Test
  void readingAThousandReviewsFindsWhatWasSaidInAnyCaseAndWithoutPunctuation() {
    World world = new World(WorldSettings.smoke());
    WorldTruth truth = world.truth();
    for (int row = 0; row < 1_000; row++) {
      String text = world.text(row);
      String lower = text.toLowerCase(Locale.ROOT);
      assertEquals(truth.said(row), WorldReading.of(text), text);
      assertEquals(truth.said(row), WorldReading.of(lower), lower);
      String bare = lower.replaceAll("[^a-z0-9 ]", " ");
      assertEquals(truth.said(row), WorldReading.of(bare), bare);
    }
  }

  @Test
  void longestPhraseWins() {
    WorldContent read = WorldReading.of("the towels were neither dirty nor gleaming.");
    assertEquals(
        List.of(new WorldMention("cleanliness", "towels", WorldPolarity.NEUTRAL)), read.mentions());
    assertNull(read.verdict());
  }

  @Test
  void aPhraseWithoutPartnerStaysInItsSentence() {
    WorldContent read =
        WorldReading.of("the harbour view. the towels were filthy. went out of their way.");
    assertEquals(
        List.of(
            new WorldMention("location", "harbour view", null),
            new WorldMention("cleanliness", "towels", WorldPolarity.NEGATIVE),
            new WorldMention("service", "", WorldPolarity.POSITIVE)),
        read.mentions());
  }

  @Test
  void openersAndClosersSayNothing() {
    WorldGrammar.Sheet sheet = WorldGrammar.instance().sheet();
    List<String> texts = new ArrayList<>(sheet.closers());
    sheet.openers().forEach(o -> texts.add(o.replaceAll("\\{[a-z]+\\}", " ")));
    sheet.slots().values().forEach(texts::addAll);
    sheet.frames().forEach(f -> texts.add(f.replaceAll("\\{[a-z]+\\}", " ")));
    for (String text : texts) {
      assertEquals(new WorldContent(List.of(), null), WorldReading.of(text), text);
    }
  }

  @Test
  void textsFromElsewhereSayNothing() {
    assertTrue(WorldReading.of("").mentions().isEmpty());
    assertTrue(WorldReading.of("Pours a hazy amber; caf\u00e9 notes...").mentions().isEmpty());
  }

  @Test
  void spansAreWhereTheWordsStand() {
    String text = "Nice. THE TOWELS were, well, filthy! We loved the harbour view";
    List<String> parts = new ArrayList<>();
    for (WorldSpan span : WorldReading.spans(text)) {
      parts.add(
          span.mention() + ":" + span.feature() + ":" + text.substring(span.from(), span.to()));
    }
    assertEquals(List.of("0:true:TOWELS", "0:false:filthy", "1:true:harbour view"), parts);
  }

  @Test
  void spansOfAThousandReviewsNameEveryFeatureAndTheVerdictOnce() {
    World world = new World(WorldSettings.smoke());
    for (int row = 0; row < 1_000; row++) {
      String text = world.text(row);
      WorldContent read = WorldReading.of(text);
      List<String> features = new ArrayList<>();
      int verdicts = 0;
      int phrases = 0;
      for (WorldSpan span : WorldReading.spans(text)) {
        if (span.feature()) {
          features.add(text.substring(span.from(), span.to()).toLowerCase(Locale.ROOT));
        } else if (span.mention() == WorldReading.VERDICT) {
          verdicts++;
        } else {
          phrases++;
        }
      }
      assertEquals(read.mentions().stream().map(WorldMention::feature).toList(), features, text);
      assertEquals(read.verdict() == null ? 0 : 1, verdicts, text);
      assertEquals(read.mentions().size(), phrases, text);
    }
  }
}
