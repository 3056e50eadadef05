package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import explainrec.run.ExplanationResult;
import explainrec.run.RunResult.Data;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplanationTablesTest {
  private static List<ExplanationResult> byHand() {
    return List.of(
        SampleExplanations.four("peter", "PETER", "mmi-rating", 1, 3, 0.6),
        SampleExplanations.four("peter", "PETER", "mmi-rating", 2, 4, 0.8),
        SampleExplanations.four("peter", "PETER", "backbone", 1, 1, 0.2),
        SampleExplanations.four("peter", "PETER", "backbone", 2, 1, 0.2));
  }

  private static List<String> row(ResultTable table, String title) {
    return table.rows().stream().filter(row -> row.get(0).equals(title)).findFirst().orElseThrow();
  }

  private static String cell(ResultTable table, String title, String heading) {
    return row(table, title).get(table.headings().indexOf(heading));
  }

  @Test
  void alignmentIsTheMeanOverSeedsInThePapersUnits() {
    ResultTable table = ExplanationTables.alignment(byHand());
    assertEquals(2, table.rows().size());
    assertEquals("PETER", table.rows().get(0).get(0));
    assertEquals("PETER + MMI(R;E)", table.rows().get(1).get(0));
    // one row of four is a star off
    assertEquals("0.500 ± 0.000", cell(table, "PETER", "rating: RMSE"));
    assertEquals("0.250 ± 0.000", cell(table, "PETER", "rating: MAE"));
    // H(R) of four classes is log 4: 0.2 / 1.386; (0.6 + 0.8) / 2 / 1.386, sd 0.1414 / 1.386
    assertEquals("0.144 ± 0.000", cell(table, "PETER", "I(R;E)/H(R): judge"));
    assertEquals("0.505 ± 0.102", cell(table, "PETER + MMI(R;E)", "I(R;E)/H(R): judge"));
    assertEquals("–", cell(table, "PETER", "I(R;E)/H(R): reward model"));
    assertEquals("0.505 ± 0.102", cell(table, "PETER + MMI(R;E)", "I(R;E)/H(R): reward model"));
    assertEquals("87.5 ± 17.7", cell(table, "PETER + MMI(R;E)", "accuracy, %: 5-class"));
    assertEquals("25.0 ± 0.0", cell(table, "PETER", "FMR, %"));
    assertTrue(
        table.notes().stream().anyMatch(note -> note.contains("75.0% (5 classes) and 90.0%")),
        "the classifier's own accuracy stands below");
  }

  @Test
  void saysWhatAccuracyIsWorth() {
    int[] rating = {3, 3, 3, 4, 4, 1};
    int[] read = {3, 3, 4, 4, 3, 3};
    assertEquals(0.5, AccuracyTable.commonest(rating), 1e-12);
    assertEquals(4 / 6.0, AccuracyTable.commonest(read), 1e-12);
    // 2 of 3, 1 of 2, 0 of 1
    assertEquals((2 / 3.0 + 0.5) / 3, AccuracyTable.balanced(rating, read), 1e-12);
    ResultTable table = ExplanationTables.accuracy(byHand());
    // four rows, four classes: balanced accuracy is accuracy
    assertEquals("25.0 ± 0.0", cell(table, "PETER", "%: always the commonest"));
    assertEquals("87.5 ± 17.7", cell(table, "PETER + MMI(R;E)", "%: balanced accuracy"));
  }

  @Test
  void aGivenRatingHasNoError() {
    ResultTable table =
        ExplanationTables.alignment(
            List.of(SampleExplanations.four("att2seq", "Att2Seq", "backbone", 1, 1, 0.2)));
    assertEquals("–", cell(table, "Att2Seq", "rating: RMSE"));
    assertEquals("0.144", cell(table, "Att2Seq", "I(R;E)/H(R): judge"));
  }

  @Test
  void textsAreMeasuredAsPeterDoes() {
    ResultTable table = ExplanationTables.texts(byHand());
    // matches 2, 1, 1, 1 of 4, 3, 2, 1 in each row; nothing is too short
    double bleu4 = 100 * Math.pow(0.5 * (1 / 3.0) * 0.5 * 1, 0.25);
    assertEquals("50.00 ± 0.00", cell(table, "PETER", "BLEU-1"));
    assertEquals(String.format("%.2f ± 0.00", bleu4), cell(table, "PETER", "BLEU-4"));
    assertEquals("25.00 ± 0.00", cell(table, "PETER", "ROUGE-L"));
    assertEquals("0.750 ± 0.000", cell(table, "PETER", "USR"));
    assertEquals("0.167 ± 0.000", cell(table, "PETER", "DIV")); // one of six pairs shares one
    assertEquals("0.075 ± 0.000", cell(table, "PETER", "FCR")); // 3 of 40
    assertEquals("2.72 ± 0.00", cell(table, "PETER", "perplexity")); // 20 nats, 20 tokens
  }

  @Test
  void backbonesComeFirstAndChangesHaveWords() {
    List<String> titles =
        new ExplanationRuns(SampleExplanations.study(1))
            .groups().stream().map(ExplanationRuns.Group::title).toList();
    assertEquals(
        List.of(
            "ApRef2Seq",
            "ApRef2Seq + MMI(F;E)",
            "ApRef2Seq + MMI(F;E), without KL",
            "Att2Seq",
            "Att2Seq + MMI(R;E)",
            "Att2Seq + MMI(R;E), DPO",
            "Att2Seq + MMI(R;E), token credit",
            "PETER",
            "PETER + MMI(R;E)",
            "PETER + MMI(R;E), without L_backbone",
            "PETER+",
            "PETER+ + MMI(F;E) + MMI(R;E)"),
        titles);
  }

  @Test
  void aTagSetsApartWhatSettingsInTablesDoNot() {
    List<ExplanationResult> runs =
        List.of(
            SampleExplanations.four("att2seq", "Att2Seq", "mmi-rating", 1, 3, 0.6),
            SampleExplanations.four("att2seq", "Att2Seq", "mmi-rating-eight", 1, 3, 0.6));
    List<String> titles =
        new ExplanationRuns(runs).groups().stream().map(ExplanationRuns.Group::title).toList();
    assertEquals(List.of("Att2Seq + MMI(R;E)", "Att2Seq + MMI(R;E) (eight)"), titles);
  }

  @Test
  void eachFineTunedGeneratorStandsAgainstItsOwnBackbone() {
    ResultTable table = ExplanationTables.significance(SampleExplanations.study(1, 2, 3));
    List<String> accuracy =
        table.rows().stream()
            .filter(row -> row.get(0).equals("Att2Seq + MMI(R;E)"))
            .filter(row -> row.get(1).equals("5-class accuracy, %"))
            .findFirst()
            .orElseThrow();
    assertTrue(Double.parseDouble(accuracy.get(4)) > 10, accuracy.toString());
    assertEquals("3 of 3", accuracy.get(7));
    assertEquals("< 0.0001", accuracy.get(8));
    assertFalse(
        table.rows().stream()
            .anyMatch(row -> row.get(0).startsWith("Att2Seq") && row.get(1).equals("RMSE")),
        "Att2Seq predicts no rating");
  }

  @Test
  void thePapersNumbersStandBesideOurs() {
    ResultTable table = ExplanationTables.table10(byHand());
    assertEquals(3, table.rows().size());
    assertEquals("0.7978", cell(table, "PETER", "paper, TripAdvisor (Hong Kong): RMSE"));
    assertEquals("0.500 ± 0.000", cell(table, "PETER", "here, world: RMSE"));
    assertEquals("PETER + MMI(R;E), without L_backbone (not run here)", table.rows().get(1).get(0));
    assertEquals("–", table.rows().get(1).get(1));
    assertEquals("78.12", table.rows().get(1).get(8));
    ResultTable eleven = ExplanationTables.table11(SampleExplanations.study(1));
    assertEquals("69.21", eleven.rows().get(1).get(10));
    assertFalse(eleven.rows().get(1).contains("–"));
  }

  @Test
  void onlyGeneratorsWithAPartLeftOutStandInTheAblation() {
    List<ExplanationResult> runs = SampleExplanations.study(1, 2);
    ResultTable table = ExplanationTables.ablation(runs).orElseThrow();
    assertEquals(
        List.of("ApRef2Seq", "ApRef2Seq + MMI(F;E)", "ApRef2Seq + MMI(F;E), without KL"),
        table.rows().stream().map(row -> row.get(0)).toList());
    // 60 steps of 128 requests with 5 samples
    assertEquals("38,400", table.rows().get(1).get(1));
    assertTrue(ExplanationTables.ablation(byHand()).isEmpty());
    ResultTable methods = ExplanationTables.methods(runs).orElseThrow();
    assertEquals(
        List.of(
            "Att2Seq",
            "Att2Seq + MMI(R;E)",
            "Att2Seq + MMI(R;E), DPO",
            "Att2Seq + MMI(R;E), token credit"),
        methods.rows().stream().map(row -> row.get(0)).toList());
  }

  @Test
  void estimatorsThatStayStandBelowThoseThatGoOnLearning() {
    List<ExplanationResult> runs = SampleExplanations.att2seq(0.3, 0.4, 1, 2, 3);
    runs.addAll(SampleExplanations.kept(1, 2, 3));
    ResultTable table = ExplanationTables.refit(runs).orElseThrow();
    assertEquals(
        List.of("Att2Seq", "Att2Seq + MMI(R;E)", "Att2Seq + MMI(R;E), estimator kept"),
        table.rows().stream().map(row -> row.get(0)).toList());
    assertTrue(table.columns().stream().anyMatch(c -> c.title().equals("I(R; polarity)")));
    assertEquals("< 0.0001", cell(table, "Att2Seq + MMI(R;E), estimator kept", "p (Holm)"));
    assertTrue(ExplanationTables.refit(SampleExplanations.study(1)).isEmpty());
    String claim = "Att2Seq + MMI(R;E), estimator kept has a higher I(R;E)/H(R) than Att2Seq's";
    assertEquals(
        List.of("holds"),
        ExplanationTables.claims(runs).rows().stream()
            .filter(row -> row.get(0).startsWith(claim))
            .map(row -> row.get(7))
            .toList());
  }

  @Test
  void runsThatWereJudgedDifferentlyAreNotCompared() {
    ExplanationResult run = byHand().get(0);
    Data other = new Data("world", List.of(), "f2", "s1", 10, 8, 80, 10, 4);
    refused("different data", run, changed(run, "backbone", other, "e1", run.estimator()));
    Data split = new Data("world", List.of(), "f1", "s2", 10, 8, 80, 10, 4);
    refused("different splits", run, changed(run, "backbone", split, "e1", run.estimator()));
    refused(
        "different explanations", run, changed(run, "backbone", run.data(), "e2", run.estimator()));
    ExplanationResult.Estimator judge =
        new ExplanationResult.Estimator("a", "b", 1, 9, 800, 700, 0.7, 0.9);
    refused("different judges", run, changed(run, "backbone", run.data(), "e1", judge));
    refused("the same seed twice", run, run);
  }

  private static void refused(String why, ExplanationResult a, ExplanationResult b) {
    InputException thrown =
        assertThrows(InputException.class, () -> ExplanationTables.alignment(List.of(a, b)));
    assertTrue(thrown.getMessage().contains(why), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("world/peter-mmi-rating-seed1"), thrown.getMessage());
  }

  static ExplanationResult changed(
      ExplanationResult run,
      String variant,
      Data data,
      String explained,
      ExplanationResult.Estimator estimator) {
    return new ExplanationResult(
        run.kind(),
        run.format(),
        run.model(),
        run.title(),
        variant,
        run.profile(),
        run.seed(),
        run.settings(),
        run.deviations(),
        data,
        explained,
        run.versions(),
        run.device(),
        estimator,
        run.cost(),
        run.epochs(),
        run.bestEpoch(),
        run.steps(),
        run.test(),
        run.metrics());
  }

  @Test
  void settingsNameWhatPaperAndCodeHave() {
    ResultTable table = ExplanationTables.settings(byHand().get(0));
    assertEquals(List.of("samples", "5", "5", "5", "the paper", ""), row(table, "samples"));
    assertEquals("the authors' code", row(table, "klWeight").get(4));
    assertEquals("klWeight = 0.1 (paper: not stated)", row(table, "klWeight").get(5));
    assertEquals("–", row(table, "klWeight").get(2));
  }

  @Test
  void allTablesOfAStudyAreMade() {
    Map<String, ResultTable> tables = ExplanationTables.all(SampleExplanations.study(1, 2));
    assertTrue(
        tables
            .keySet()
            .containsAll(
                List.of(
                    "mmi-alignment",
                    "mmi-texts",
                    "mmi-significance",
                    "mmi-table10",
                    "mmi-table11",
                    "mmi-ablation",
                    "mmi-methods",
                    "claims-mmi",
                    "mmi-cost",
                    "mmi-deviations",
                    "mmi-settings-peter")),
        tables.keySet().toString());
    List<ExplanationResult> one = List.of(byHand().get(2));
    assertFalse(ExplanationTables.all(one).containsKey("mmi-significance"));
  }
}
