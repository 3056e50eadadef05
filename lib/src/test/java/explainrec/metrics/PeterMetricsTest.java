package explainrec.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
