package explainrec.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextMetricsTest {
  private final TextFixture fixture = TextFixture.read("text-elixir.json");

  @Test
  void allPairsAndTheCorpusHaveTheOriginalsValues() {
    TextMetrics metrics = TextMetrics.of(fixture.texts("reference"), fixture.texts("hypothesis"));
    metrics.named().forEach((name, value) -> assertEquals(fixture.corpus(name), value, 1e-9, name));
    assertArrayEquals(fixture.numbers("bleu"), metrics.pairBleu(), 1e-9);
    assertArrayEquals(fixture.numbers("meteor"), metrics.pairMeteor(), 1e-9);
    assertArrayEquals(
        fixture.numbers("rougeL"),
        metrics.pairRouge().stream().mapToDouble(Rouge::rougeL).toArray(),
        1e-9);
  }

  @Test
  void aMissingHypothesisIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> TextMetrics.of(List.of("a", "b"), List.of("a")));
  }
}
