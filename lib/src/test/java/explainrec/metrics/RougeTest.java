package explainrec.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RougeTest {
  private final TextFixture fixture = TextFixture.read("text-elixir.json");

  @Test
  void everyPairAndTheMeanHaveTheOriginalsRouge() {
    List<String> references = fixture.texts("reference");
    List<String> hypotheses = fixture.texts("hypothesis");
    List<Rouge> pairs = new ArrayList<>();
    for (int n = 0; n < references.size(); n++) {
      Rouge rouge = Rouge.of(references.get(n), hypotheses.get(n));
      assertEquals(fixture.numbers("rouge1")[n], rouge.rouge1(), 1e-9, references.get(n));
      assertEquals(fixture.numbers("rouge2")[n], rouge.rouge2(), 1e-9, references.get(n));
      assertEquals(fixture.numbers("rougeL")[n], rouge.rougeL(), 1e-9, references.get(n));
      assertEquals(fixture.numbers("rougeLsum")[n], rouge.rougeLsum(), 1e-9, references.get(n));
      pairs.add(rouge);
    }
    Rouge mean = Rouge.mean(pairs);
    assertEquals(fixture.corpus("rouge1"), mean.rouge1(), 1e-9);
    assertEquals(fixture.corpus("rouge2"), mean.rouge2(), 1e-9);
    assertEquals(fixture.corpus("rougeL"), mean.rougeL(), 1e-9);
    assertEquals(fixture.corpus("rougeLsum"), mean.rougeLsum(), 1e-9);
  }

  @Test
  void linesInAnotherOrderCostRougeLButNotRougeLsum() {
    Rouge rouge = Rouge.of("good room\nbad food", "bad food\ngood room");
    assertEquals(0.5, rouge.rougeL(), 1e-12);
    assertEquals(1, rouge.rougeLsum(), 1e-12);
  }

  @Test
  void caseAndPunctuationDoNotCount() {
    assertEquals(1, Rouge.of("Good, clean room!", "good CLEAN room").rouge2(), 1e-12);
  }
}
