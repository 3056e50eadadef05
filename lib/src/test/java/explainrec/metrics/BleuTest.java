package explainrec.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class BleuTest {
  private final TextFixture fixture = TextFixture.read("text-elixir.json");

  @Test
  void everyPairHasTheOriginalsBleu() {
    List<String> references = fixture.texts("reference");
    List<String> hypotheses = fixture.texts("hypothesis");
    double[] expected = fixture.numbers("bleu");
    for (int n = 0; n < expected.length; n++) {
      Bleu bleu = Bleu.ofTexts(List.of(references.get(n)), List.of(hypotheses.get(n)));
      assertEquals(expected[n], bleu.score(), 1e-9, references.get(n));
    }
  }

  @Test
  void theCorpusHasTheOriginalsBleu() {
    Bleu bleu = Bleu.ofTexts(fixture.texts("reference"), fixture.texts("hypothesis"));
    assertEquals(fixture.corpus("bleu"), bleu.score(), 1e-9);
  }

  @Test
  void aPeriodStaysInANumberAndIsSplitOffAtTheEnd() {
    assertEquals(
        List.of("It", "cost", "1,000.50", "in", "2019", "-", "20", ",", "well-spent", "."),
        Tokenizer13a.tokenize("It cost 1,000.50 in 2019-20, well-spent."));
  }

  @Test
  void theShortestReferenceSetsTheBrevityPenalty() {
    List<String> hypothesis = List.of("a", "b", "c");
    List<String> longer = List.of("a", "b", "c", "d", "e", "f");
    Bleu one = Bleu.of(List.of(longer), List.of(hypothesis), 2);
    Bleu two = Bleu.ofMany(List.of(List.of(longer, List.of("x", "y"))), List.of(hypothesis), 2);
    assertEquals(Math.exp(-1), one.score(), 1e-12);
    assertEquals(1, two.score(), 1e-12);
  }

  @Test
  void aPrecisionOfZeroMakesBleuZero() {
    assertEquals(0, Bleu.ofTexts(List.of("a b c"), List.of("a b c")).score());
    assertEquals(1, Bleu.ofTexts(List.of("a b c d"), List.of("a b c d")).score(), 1e-12);
  }

  @Test
  void listsOfDifferentLengthsAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Bleu.ofTexts(List.of("a", "b"), List.of("a")));
  }

  @Test
  void addedCountsGiveTheCorpusScore() {
    // "a b c d e" against "a b c d x": 4 of 5 words, 3 of 4 pairs, 2 of 3 triples, 1 of 2.
    List<String> hypotheses = List.of("a b c d e", "p q r s");
    List<String> references = List.of("a b c d x", "p q r s t u");
    long[] sums = {4 + 4, 3 + 3, 2 + 2, 1 + 1, 5 + 4, 4 + 3, 3 + 2, 2 + 1, 5 + 4, 5 + 6};
    assertEquals(Bleu.ofTexts(references, hypotheses).score(), Bleu.ofSums(sums).score(), 1e-15);
    assertEquals(0, Bleu.ofSums(new long[10]).score());
    assertThrows(IllegalArgumentException.class, () -> Bleu.ofSums(new long[9]));
  }
}
