package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers as the ELIXIR paper prints them. */
class PapersTest {
  @Test
  void theWorldStandsBesideTripAdvisor() {
    assertEquals(List.of(0.748, 0.447), Papers.ELIXIR.overall("world", "elixir").orElseThrow());
  }

  @Test
  void aRateBeerSampleStandsBesideRateBeerAndSaysSo() {
    assertEquals(
        List.of(0.486, 0.031, 0.373, 0.030),
        Papers.ELIXIR.aspects("ratebeer-sample", "elixir-no-attention").orElseThrow());
    assertTrue(Papers.ELIXIR.beside("ratebeer-sample").orElseThrow().note().contains("sample"));
  }

  @Test
  void modelsAndDataThatThePaperDoesNotHaveAreEmpty() {
    assertTrue(Papers.ELIXIR.overall("world", "bias").isEmpty());
    assertTrue(Papers.ELIXIR.overall("mine", "elixir").isEmpty());
  }

  @Test
  void everyPublishedLineHasItsNumbersAndATitle() {
    Papers paper = Papers.ELIXIR;
    paper.overall().values().forEach(t -> assertEquals(12, t.size()));
    paper.overall().values().forEach(t -> t.values().forEach(v -> assertEquals(2, v.size())));
    paper.aspects().values().forEach(t -> t.values().forEach(v -> assertEquals(4, v.size())));
    paper.reviews().values().forEach(t -> t.values().forEach(v -> assertEquals(8, v.size())));
    paper
        .reviews()
        .values()
        .forEach(t -> assertTrue(paper.titles().keySet().containsAll(t.keySet())));
    assertEquals(List.of(42.752, 33.544, 37.878), paper.promptTokens().get(50));
  }
}
