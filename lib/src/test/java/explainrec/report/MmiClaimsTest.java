package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.run.ExplanationResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class MmiClaimsTest {
  private static final ResultTable TABLE =
      ExplanationTables.claims(SampleExplanations.study(1, 2, 3));

  private static List<String> claim(String sentence) {
    return claim(TABLE, sentence);
  }

  private static List<String> claim(ResultTable table, String sentence) {
    return table.rows().stream()
        .filter(row -> row.get(0).equals(sentence))
        .findFirst()
        .orElseThrow(() -> new AssertionError(sentence + " is none of\n" + table));
  }

  @Test
  void aClearGainHolds() {
    List<String> row =
        claim("Att2Seq + MMI(R;E) has a higher 5-class accuracy, % than Att2Seq's backbone");
    assertEquals("main text", row.get(1));
    assertEquals("not at hand", row.get(2));
    assertEquals("3 of 3", row.get(5));
    assertEquals("holds", row.get(7));
  }

  @Test
  void theAppendixsNumbersStandBeside() {
    assertEquals(
        "0.44 > 0.18",
        claim("PETER + MMI(R;E) has a higher I(R;E)/H(R) than PETER's backbone").get(2));
    assertEquals(
        "0.9389 > 0.8088",
        claim("PETER + MMI(R;E), without L_backbone has a higher RMSE than PETER + MMI(R;E)")
            .get(2));
    assertEquals(
        "69.21 > 55.90",
        claim("PETER+ + MMI(F;E) + MMI(R;E) has a higher FMR, % than PETER+'s backbone").get(2));
  }

  @Test
  void noWorseThanAFifthBelowIsJudgedAgainstTheFactor() {
    List<String> row =
        claim("Att2Seq + MMI(R;E) has a USR no worse than 20% below that of Att2Seq's backbone");
    assertEquals("this kit", row.get(1));
    // the printed numbers are the two scores, the difference is to 0.8 times the second
    String[] sides = row.get(3).split(" [<>=] ");
    double difference = Double.parseDouble(sides[0]) - 0.8 * Double.parseDouble(sides[1]);
    assertEquals(difference, Double.parseDouble(row.get(4).split(" ")[0]), 0.0021);
    assertEquals("holds", row.get(7));
  }

  @Test
  void featuresAmongTheMostFrequentHaveClaimsOfTheirOwn() {
    assertEquals(
        "holds",
        claim(
                "ApRef2Seq + MMI(F;E) has a higher FMR, %, top 50 estimated than ApRef2Seq's backbone")
            .get(7));
    // levels 0.4 and 0.6: extracted as they are, estimated 0.2 and 0.6
    List<String> gain =
        claim(
            "ApRef2Seq + MMI(F;E) gains more FMR, %, top 50, with features estimated than extracted");
    assertEquals("holds", gain.get(7));
    String[] sides = gain.get(3).split(" > ");
    assertEquals(40, Double.parseDouble(sides[0]), 8);
    assertEquals(20, Double.parseDouble(sides[1]), 8);
  }

  @Test
  void topFeaturesAreCountedFromTheMostFrequentOn() {
    ExplanationResult run =
        SampleExplanations.four("apref2seq", "ApRef2Seq", "backbone", 1, 1, 0.2);
    int[] once = {1, 1, 1, 1};
    assertEquals(
        50, new TopFeatures(10, false).of(run, once), 1e-9); // features 0 and 1, the first named
    assertEquals(100 / 3.0, new TopFeatures(20, false).of(run, once), 1e-9);
    assertEquals(25, new TopFeatures(0, false).of(run, once), 1e-9);
    assertEquals(25, new TopFeatures(10, true).of(run, once), 1e-9);
    assertTrue(Double.isNaN(new TopFeatures(10, false).of(run, new int[] {0, 0, 1, 1})));
  }

  @Test
  void ofTwoNegativeBoundsNoneWins() {
    ResultTable table = ExplanationTables.claims(SampleExplanations.att2seq(0.1, 0.2, 1, 2, 3));
    List<String> row =
        claim(table, "Att2Seq + MMI(R;E) has a higher I(R;E)/H(R) than Att2Seq's backbone");
    assertTrue(row.get(3).matches("−.* > −.*"), row.get(3));
    assertEquals("3 of 3", row.get(5));
    assertEquals("not decided: no information on either side", row.get(7));
  }

  @Test
  void whatDidNotRunIsNotDecided() {
    assertEquals(
        List.of("not run", "–", "–", "–", "not decided: not run"),
        claim("ELIXIR + MMI(R;E) has a higher I(R;E)/H(R) than ELIXIR's backbone").subList(3, 8));
  }
}
