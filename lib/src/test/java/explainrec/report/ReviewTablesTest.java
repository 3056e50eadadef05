package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import explainrec.metrics.PairedTest;
import explainrec.metrics.Statistics;
import explainrec.metrics.Statistics.Interval;
import explainrec.run.ReviewResult;
import explainrec.run.ReviewResult.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tables of reviews against numbers worked out by hand; see {@link SampleReviews#four}. */
class ReviewTablesTest {
  private static final ReviewOptions PLAIN = ReviewOptions.DEFAULT.withInterval(false);
  private static final ReviewResult FOUR = SampleReviews.four("elixir", "ELIXIR", 1, 0);

  private static List<ReviewResult> twoSeeds() {
    return List.of(FOUR, SampleReviews.four("elixir", "ELIXIR", 2, 0.02));
  }

  @Test
  void scoresAreMeansOverRowsAndSeedsAndBleuIsThatOfTheCorpus() {
    ResultTable table = ReviewTables.scores(twoSeeds(), PLAIN);
    assertEquals(
        List.of(
            "Model",
            "METEOR",
            "BLEU",
            "ROUGE-1",
            "ROUGE-2",
            "ROUGE-L",
            "BERTScore P",
            "BERTScore R",
            "BERTScore F1"),
        table.headings());
    // Means of 0.1, 0.3, 0.3, 0.9 and 0.02 more; 14/20, 10/16, 9/12, 8/8 words, pairs and so on.
    String mean = "41.00 ± 1.41";
    assertEquals(
        List.of("ELIXIR, t5-mini", mean, "75.69 ± 0.00", mean, mean, mean, mean, mean, mean),
        table.rows().get(0));
  }

  @Test
  void thePapersRowStandsBelowWithItsLanguageModel() {
    ResultTable table = ReviewTables.scores(List.of(FOUR), PLAIN);
    assertEquals(2, table.rows().size());
    assertEquals(
        List.of(
            "ELIXIR, T5-small (paper, TripAdvisor)",
            "42.75",
            "33.54",
            "53.29",
            "37.88",
            "44.05",
            "90.69",
            "88.48",
            "89.55"),
        table.rows().get(1));
    assertFalse(table.best(1, 1), "the paper's row is no rival");
    ResultTable all = ReviewTables.scores(List.of(FOUR), PLAIN.withPaperOnly(true));
    assertEquals(1 + 6, all.rows().size());
    assertTrue(all.notes().toString().contains("Att2Seq"), all.notes().toString());
    assertEquals(1, ReviewTables.scores(List.of(FOUR), PLAIN.withPaper(false)).rows().size());
  }

  @Test
  void languageModelFamilyAndEncoderAreNamed() {
    String notes = ReviewTables.scores(List.of(FOUR)).notes().toString();
    assertTrue(notes.contains("pre-trained by the kit on this data's train split"), notes);
    assertTrue(notes.contains("1,500,000 numbers, frozen"), notes);
    assertTrue(notes.contains("ELIXIR family"), notes);
    assertTrue(notes.contains(SampleReviews.ENCODER), notes);
    assertTrue(notes.contains("roberta-large"), notes);
    ResultTable plain = ReviewTables.scores(List.of(SampleReviews.plain(FOUR)));
    assertEquals(Column.DASH, plain.rows().get(0).get(9));
    assertTrue(plain.notes().toString().contains("not asked for"), plain.notes().toString());
  }

  @Test
  void everyTableOfNumbersNamesTheLanguageModel() {
    ReviewTables.all(SampleReviews.study(1, 2))
        .forEach(
            (name, table) ->
                assertTrue(
                    name.equals("reviews-deviations")
                        || table.notes().toString().contains(SampleReviews.MINI.label()),
                    name));
  }

  @Test
  void intervalsHoldTheScoreAndComeFromTheSameRows() {
    ResultTable table = ReviewTables.scores(List.of(FOUR));
    assertEquals("METEOR 95%", table.headings().get(2));
    assertEquals("BLEU 95%", table.headings().get(4));
    Interval meteor = Statistics.bootstrapMean(FOUR.test().meteor(), 1);
    Cell cell = table.lines().get(0).cells().get(2);
    assertEquals(100 * meteor.low(), cell.value(), 1e-9);
    assertEquals(100 * meteor.high(), cell.second(), 1e-9);
    Cell bleu = table.lines().get(0).cells().get(4);
    assertTrue(bleu.value() < 75.69 && 75.69 < bleu.second());
    // A resample of the three equal rows alone scores (1/12)^(1/4), one of the last row alone 1.
    assertTrue(bleu.value() >= 100 * Math.pow(1 / 12.0, 0.25) - 1e-9, "" + bleu.value());
    assertTrue(bleu.second() <= 100 + 1e-9);
  }

  @Test
  void leakedRowsAreLeftOutOfBleusCountsToo() {
    ResultTable table = ReviewTables.variants(List.of(FOUR));
    assertEquals(List.of("all", "4", "40.00", "75.69"), table.rows().get(0).subList(1, 5));
    assertEquals(
        List.of("without leaked", "3", "23.33", "53.73"), table.rows().get(1).subList(1, 5));
    assertTrue(table.notes().toString().contains("1 of 4 test rows"), table.notes().toString());
  }

  @Test
  void contentIsPooledOverRows() {
    ResultTable table = ReviewTables.content(List.of(FOUR));
    assertEquals(
        List.of("ELIXIR, t5-mini", "3.00", "4.50", "44.4", "66.7", "75.0", "2.50", "40.0", "60.0"),
        table.rows().get(0));
    Map<String, List<Content>> beside =
        Map.of("somebody else", List.of(new Content(2, 4, 1, 1, 1, 1)));
    ResultTable both = ReviewTables.content(List.of(FOUR), beside);
    assertEquals(
        List.of("somebody else", "2.00", "4.00", "25.0", "50.0", "100.0", "1.00", "100.0", "0.0"),
        both.rows().get(1));
    assertThrows(
        InputException.class, () -> ReviewTables.content(List.of(SampleReviews.plain(FOUR))));
  }

  @Test
  void parametersStandBesideThePapersSixtyMillion() {
    ResultTable table =
        ReviewTables.parameters(
            FOUR, 2_800_000, List.of(new PsiSize("psi paper", "TripAdvisor", 747_161_600L)));
    assertEquals(
        List.of(
            List.of("rating module", "before psi, then frozen", "2,800,000", "0.05"),
            List.of("psi light, eta 20", "trained", "1,234,567", "0.02"),
            List.of("t5-mini", "pre-trained, frozen", "1,500,000", "0.03"), // 0.025, half up
            List.of("all of this run", "", "5,534,567", "0.09"),
            List.of("psi paper at TripAdvisor's size", "", "747,161,600", "12.45"),
            List.of("ELIXIR as the paper counts it", "", "60,000,000", "1.00")),
        table.rows());
  }

  @Test
  void textsShowLengthsAndPerplexity() {
    List<String> row = ReviewTables.texts(List.of(FOUR)).rows().get(0);
    // Words 4, 4, 4, 8; losses 1.9, 1.7, 1.7, 1.1; e^1.6 = 4.953.
    assertEquals(List.of("ELIXIR, t5-mini", "5.0", "4", "8", "–", "1.600", "5.0"), row);
  }

  @Test
  void costHoldsMeansOverSeeds() {
    List<String> row = ReviewTables.cost(twoSeeds()).rows().get(0);
    assertEquals(
        List.of("ELIXIR, t5-mini", "1,234,567", "5", "3.0", "20.5 ± 0.0", "180 ± 0"),
        row.subList(0, 6));
    assertEquals(
        List.of(List.of("psi = light (paper: paper)", "ELIXIR")),
        ReviewTables.deviations(twoSeeds()).rows());
    assertEquals("psi = light (paper: paper)", ReviewTables.settings(FOUR).rows().get(0).get(2));
  }

  @Test
  void runsThatDifferInPsiStandInRowsOfTheirOwn() {
    List<ReviewResult> runs = new ArrayList<>(twoSeeds());
    runs.add(SampleReviews.set(FOUR, "psi", "paper"));
    List<List<String>> rows = ReviewTables.scores(runs, PLAIN.withPaper(false)).rows();
    assertEquals(
        List.of("ELIXIR, t5-mini, psi light", "ELIXIR, t5-mini, psi paper"),
        rows.stream().map(row -> row.get(0)).toList());
    InputException twice =
        assertThrows(InputException.class, () -> ReviewTables.scores(List.of(FOUR, FOUR)));
    assertTrue(twice.getMessage().contains("same seed twice"), twice.getMessage());
  }

  @Test
  void runsOnOtherDataOrSplitsAreRefused() {
    for (ReviewResult other :
        List.of(SampleReviews.on(FOUR, "ratebeer", "s1"), SampleReviews.on(FOUR, "world", "s2"))) {
      InputException e =
          assertThrows(InputException.class, () -> ReviewTables.scores(List.of(FOUR, other)));
      assertTrue(e.getMessage().contains("different"), e.getMessage());
    }
    assertThrows(InputException.class, () -> ReviewTables.scores(List.of()));
  }

  @Test
  void significanceTestsRowsForMeteorAndResamplesForBleu() {
    List<ReviewResult> runs = SampleReviews.study(1);
    ResultTable table = ReviewTables.significance(runs, "elixir");
    PairedTest meteor = PairedTest.of(runs.get(0).test().meteor(), runs.get(1).test().meteor());
    Cell effect = table.lines().get(0).cells().get(8);
    assertEquals(meteor.cohenDz(), effect.value(), 1e-12);
    assertEquals(List.of("METEOR", "-Aspects, t5-mini"), table.rows().get(0).subList(0, 2));
    assertEquals("1 of 1", table.rows().get(0).get(6));
    Cell p = table.lines().get(1).cells().get(7);
    assertEquals(2.0 / 1001, p.value(), 1e-12, "no resample turns the order round");
    assertThrows(InputException.class, () -> ReviewTables.significance(runs, "peter"));
  }

  @Test
  void aModelThatIsNoBetterIsNotSignificantlyBetter() {
    List<ReviewResult> runs =
        List.of(
            SampleReviews.noisy("elixir", "ELIXIR", 5, 200, 0.4),
            SampleReviews.noisy("elixir-no-aspects", "-Aspects", 6, 200, 0.4));
    ReviewTables.significance(runs, "elixir")
        .lines()
        .forEach(line -> assertTrue(line.cells().get(7).value() > 0.05, line.toString()));
  }

  @Test
  void claimsAreDecidedOnlyWhenBothModelsRan() {
    List<List<String>> rows = ReviewTables.claims(SampleReviews.study(1, 2)).rows();
    assertEquals("ELIXIR beats -Aspects, METEOR", rows.get(0).get(0));
    assertEquals("42.75 > 27.64", rows.get(0).get(1));
    assertEquals("2 of 2", rows.get(0).get(4));
    assertEquals("holds", rows.get(0).get(7));
    assertEquals("ELIXIR beats PEPLER, METEOR", rows.get(1).get(0));
    assertEquals(
        List.of("not run", "–", "–", "–", "–", "not decided: not run"), rows.get(1).subList(2, 8));
    assertEquals("33.54 > 10.03", line(rows, "ELIXIR beats -Aspects, BLEU").get(1));
    assertEquals("–", line(rows, "ELIXIR beats -Global, ROUGE-L").get(1));
  }

  private static List<String> line(List<List<String>> rows, String claim) {
    return rows.stream().filter(row -> row.get(0).equals(claim)).findFirst().orElseThrow();
  }

  @Test
  void claimsWithoutLeakedRowsLeaveThemOut() {
    List<ReviewResult> runs =
        List.of(
            SampleReviews.four("elixir", "ELIXIR", 1, 0),
            SampleReviews.four("elixir-no-aspects", "-Aspects", 1, 0.01));
    List<List<String>> rows = ReviewTables.claimsWithoutLeaked(runs).rows();
    // The leaked row's 0.9 and 0.91 are left out; what is left differs by 0.01 everywhere.
    assertEquals("23.33 < 24.33", rows.get(0).get(2));
    assertEquals("−1.00 [−1.00, −1.00]", rows.get(0).get(3));
    // BLEU of three equal rows: the fourth root of 6/12 * 3/9 * 3/6 * 3/3.
    assertEquals("53.73 = 53.73", line(rows, "ELIXIR beats -Aspects, BLEU").get(2));
  }

  @Test
  void claimsAboutSettingsCompareRunsThatDifferInNothingElse() {
    List<ReviewResult> runs = new ArrayList<>();
    for (long seed = 1; seed <= 2; seed++) {
      ReviewResult five = SampleReviews.noisy("elixir-eta-5", "ELIXIR (eta-5)", seed, 200, 0.42);
      ReviewResult two = SampleReviews.noisy("elixir-eta-2", "ELIXIR (eta-2)", seed, 200, 0.3);
      ReviewResult other = SampleReviews.noisy("elixir-eta-10", "ELIXIR (eta-10)", seed, 200, 0.6);
      runs.add(SampleReviews.set(five, "promptTokens", 5));
      runs.add(SampleReviews.set(two, "promptTokens", 2));
      ReviewResult ten = SampleReviews.set(other, "promptTokens", 10);
      runs.add(SampleReviews.set(ten, "lightRank", 8)); // differs in more than eta
    }
    List<List<String>> rows = ReviewTables.settingClaims(runs).rows();
    List<String> step = line(rows, "eta 5 beats eta 2, METEOR");
    assertEquals("16.73 > 12.16", step.get(1));
    assertEquals("holds", step.get(7));
    assertEquals("not run", line(rows, "eta 10 beats eta 5, METEOR").get(2));
    assertEquals("–", line(rows, "psi paper beats psi light, BLEU").get(1));
    ResultTable table = ReviewTables.eta(runs);
    assertEquals(
        List.of("2", "5", "10", "20", "50"), table.rows().stream().map(row -> row.get(0)).toList());
    assertEquals("12.16", table.rows().get(0).get(8));
    assertEquals("–", table.rows().get(2).get(1), "the run of eta 10 differs in more");
  }

  @Test
  void aClaimNeedsEverySeed() {
    Interval interval = new Interval(1, 2);
    assertEquals("holds", ReviewClaims.verdict(compared(3, 2, 2, 2, 0, interval), 0.01));
    assertEquals("not decided", ReviewClaims.verdict(compared(3, 2, 2, 1, 1, interval), 0.01));
    assertEquals("not decided", ReviewClaims.verdict(compared(3, 2, 2, 2, 0, interval), 0.06));
    assertEquals("does not hold", ReviewClaims.verdict(compared(2, 3, 2, 0, 2, interval), 0.01));
    assertEquals("holds (one seed)", ReviewClaims.verdict(compared(3, 2, 1, 1, 0, interval), 0));
  }

  private static PairedComparison compared(
      double left, double right, int seeds, int won, int lost, Interval interval) {
    return new PairedComparison(left, right, seeds, won, lost, interval, 0.01, 0.5);
  }
}
