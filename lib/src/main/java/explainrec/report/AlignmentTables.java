package explainrec.report;

import explainrec.run.ExplanationResult;
import explainrec.run.ExplanationResult.Estimator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What explanations agree with, and how good their text is. */
final class AlignmentTables {
  /** The columns of the text table. */
  static final List<ExplanationScore> TEXT =
      List.of(
          ExplanationScore.BLEU_1,
          ExplanationScore.BLEU_4,
          ExplanationScore.ROUGE_1,
          ExplanationScore.ROUGE_2,
          ExplanationScore.ROUGE_L,
          ExplanationScore.USR,
          ExplanationScore.DIV);

  private AlignmentTables() {}

  static ResultTable alignment(List<ExplanationResult> all) {
    ExplanationRuns runs = new ExplanationRuns(all);
    boolean truth = runs.haveTruth();
    ResultTable.Builder table =
        ResultTable.titled("Explanations of " + runs.dataset() + ": what they agree with")
            .column(Column.text("Generator"))
            .column(ExplanationScore.RMSE.column().under("rating"))
            .column(ExplanationScore.MAE.column().under("rating"))
            .column(titled(ExplanationScore.MI_RATING, "judge").under("I(R;E)/H(R)"))
            .column(titled(ExplanationScore.MI_RATING_REWARD, "reward model").under("I(R;E)/H(R)"))
            .column(titled(ExplanationScore.SENTIMENT_5, "5-class").under("accuracy, %"))
            .column(titled(ExplanationScore.SENTIMENT_2, "2-class").under("accuracy, %"))
            .column(titled(ExplanationScore.MI_FEATURE, "judge").under("I(F;E), nats"))
            .column(
                titled(ExplanationScore.MI_FEATURE_REWARD, "reward model").under("I(F;E), nats"))
            .column(ExplanationScore.FMR.column());
    if (truth) {
      table.column(Column.of("polarity right, %", Column.Kind.SEEDS, 1).under("truth").higher());
      table.column(titled(ExplanationScore.TRUE_MI_RATING, "I(R; polarity)").under("truth"));
    }
    runs.rows(table, group -> alignmentRow(group, truth));
    table.note(runs.origin()).note(seeds(runs) + meaning(runs)).note(judge(runs));
    if (truth) {
      table.note(
          "Truth: the polarity that a statement has in the world's own grammar; right where it is"
              + " the likeliest at the explained rating. I(R; polarity) is counted, in nats.");
    }
    return table.build();
  }

  private static Column titled(ExplanationScore score, String title) {
    Column column = score.column();
    return new Column("", title, column.kind(), column.decimals(), column.better());
  }

  private static List<Cell> alignmentRow(ExplanationRuns.Group group, boolean truth) {
    List<Cell> cells = new ArrayList<>(List.of(Cell.of(group.title())));
    for (ExplanationScore score :
        List.of(
            ExplanationScore.RMSE,
            ExplanationScore.MAE,
            ExplanationScore.MI_RATING,
            ExplanationScore.MI_RATING_REWARD,
            ExplanationScore.SENTIMENT_5,
            ExplanationScore.SENTIMENT_2,
            ExplanationScore.MI_FEATURE,
            ExplanationScore.MI_FEATURE_REWARD,
            ExplanationScore.FMR)) {
      cells.add(group.cell(score));
    }
    if (truth) {
      cells.add(group.cell("truePolarity", 100));
      cells.add(group.cell(ExplanationScore.TRUE_MI_RATING));
    }
    return cells;
  }

  /** What ± is. */
  static String seeds(ExplanationRuns runs) {
    return runs.severalSeeds() ? "± is the standard deviation over seeds. " : "";
  }

  private static String meaning(ExplanationRuns runs) {
    boolean given = runs.all().stream().anyMatch(ExplanationScore::ratingGiven);
    return "Ratings are clipped to 1–5"
        + (given ? "; a dash: the rating was given, not predicted" : "")
        + ". I(R;E) and I(F;E): Donsker-Varadhan bounds in nats on the test rows; H(R) is the"
        + " entropy of the explained ratings.";
  }

  /** Who judged, and how good the judge's classifier is. */
  static String judge(ExplanationRuns runs) {
    Set<String> judges = new LinkedHashSet<>();
    double five = 0;
    double two = 0;
    for (ExplanationResult run : runs.all()) {
      Estimator e = run.estimator();
      judges.add(
          String.format(
              Locale.ROOT,
              "%s, seed %d, %,d real explanations",
              e.judgeEncoder(),
              e.judgeSeed(),
              e.judgeRows()));
      five += 100 * e.judgeAccuracy5() / runs.all().size();
      two += 100 * e.judgeAccuracy2() / runs.all().size();
    }
    return String.format(
        Locale.ROOT,
        "The judge learnt from other rows with another seed than the reward model (%s). Its"
            + " classifier gives held-out real explanations their own class in %.1f%% (5 classes)"
            + " and %.1f%% (2 classes) of the cases.",
        String.join("; ", judges),
        five,
        two);
  }

  static ResultTable texts(List<ExplanationResult> all) {
    ExplanationRuns runs = new ExplanationRuns(all);
    ResultTable.Builder table =
        ResultTable.titled("Explanations of " + runs.dataset() + ": their text")
            .column(Column.text("Generator"));
    TEXT.forEach(score -> table.column(score.column()));
    table
        .column(Column.of("FCR", Column.Kind.SEEDS, 3).higher())
        .column(ExplanationScore.WORDS.column())
        .column(ExplanationScore.PERPLEXITY.column());
    runs.rows(table, AlignmentTables::textRow);
    return table
        .note(runs.origin())
        .note(
            seeds(runs)
                + "Metrics of the PETER family on given words, BLEU and ROUGE times 100; those of"
                + " ELIXIR's family that have the same names are others.")
        .note(
            "Perplexity a token under the frozen backbone: what fine-tuning writes, read by what it"
                + " came from. Lower than the backbone's own means safer text, much higher means"
                + " text that the backbone would not write.")
        .build();
  }

  private static List<Cell> textRow(ExplanationRuns.Group group) {
    List<Cell> cells = new ArrayList<>(List.of(Cell.of(group.title())));
    TEXT.forEach(score -> cells.add(group.cell(score)));
    cells.add(group.cell("fcr", 1));
    cells.add(group.cell(ExplanationScore.WORDS));
    cells.add(group.cell(ExplanationScore.PERPLEXITY));
    return cells;
  }
}
