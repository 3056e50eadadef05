package explainrec.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PeterMetricsTest {
  private final TextFixture fixture = TextFixture.read("text-peter.json");

  /** Words of each text; an empty text has none. */
  private List<List<String>> words(String key) {
    return fixture.texts(key).stream()
        .map(text -> text.isEmpty() ? List.<String>of() : Arrays.asList(text.split(" ")))
        .toList();
  }

  @Test
  void everyPairHasTheOriginalsRouge() {
    List<List<String>> references = words("reference");
    List<List<String>> hypotheses = words("hypothesis");
    for (int n = 0; n < references.size(); n++) {
      List<String> r = references.get(n);
      List<String> h = hypotheses.get(n);
      assertEquals(fixture.numbers("rouge1")[n], 100 * PeterMetrics.rougeN(r, h, 1), 1e-9);
      assertEquals(fixture.numbers("rouge2")[n], 100 * PeterMetrics.rougeN(r, h, 2), 1e-9);
      assertEquals(fixture.numbers("rougel")[n], 100 * PeterMetrics.rougeL(r, h), 1e-9);
    }
  }

  @Test
  void theCorpusHasTheOriginalsNumbers() {
    List<String> features = new ArrayList<>();
    fixture.root().get("features").forEach(feature -> features.add(feature.asText()));
    PeterMetrics metrics =
        PeterMetrics.of(
            words("reference"), words("hypothesis"), fixture.texts("feature"), features);
    assertEquals(fixture.corpus("bleu1"), metrics.bleu1(), 1e-9);
    assertEquals(fixture.corpus("bleu4"), metrics.bleu4(), 1e-9);
    assertEquals(fixture.corpus("rouge1"), metrics.rouge1(), 1e-9);
    assertEquals(fixture.corpus("rouge2"), metrics.rouge2(), 1e-9);
    assertEquals(fixture.corpus("rougel"), metrics.rougeL(), 1e-9);
    assertEquals(fixture.corpus("usr"), metrics.usr(), 1e-12);
    assertEquals(fixture.corpus("div"), metrics.div(), 1e-12);
    assertEquals(fixture.corpus("fcr"), metrics.fcr(), 1e-12);
    assertEquals(fixture.corpus("fmr"), metrics.fmr(), 1e-12);
  }

  @Test
  void diversityIsTheMeanOverAllPairsOfExplanations() {
    List<String> features = List.of("room", "staff", "pool", "never-said");
    List<String> words = List.of("room", "staff", "pool", "good", "the");
    SplittableRandom random = new SplittableRandom(42);
    List<List<String>> explanations = new ArrayList<>();
    for (int n = 0; n < 60; n++) {
      List<String> explanation = new ArrayList<>();
      for (int k = random.nextInt(6); k > 0; k--) {
        explanation.add(words.get(random.nextInt(words.size())));
      }
      explanations.add(explanation);
    }
    int shared = 0;
    int pairs = 0;
    for (int a = 0; a < explanations.size(); a++) {
      for (int b = a + 1; b < explanations.size(); b++) {
        for (String feature : features) {
          boolean both =
              explanations.get(a).contains(feature) && explanations.get(b).contains(feature);
          shared += both ? 1 : 0;
        }
        pairs++;
      }
    }
    List<String> targets = Collections.nCopies(explanations.size(), "room");
    PeterMetrics metrics = PeterMetrics.of(explanations, explanations, targets, features);
    assertEquals((double) shared / pairs, metrics.div(), 1e-12);
    assertTrue(shared > 0);
  }

  @Test
  void aRepeatedWordCountsOnce() {
    assertEquals(1, PeterMetrics.rougeN(List.of("good"), List.of("good", "good", "good"), 1), 1e-7);
  }

  @Test
  void oneTargetIsNeededForEachExplanation() {
    List<List<String>> words = List.of(List.of("good", "room"));
    assertThrows(
        IllegalArgumentException.class,
        () -> PeterMetrics.of(words, words, List.of(), List.of("room")));
  }
}
