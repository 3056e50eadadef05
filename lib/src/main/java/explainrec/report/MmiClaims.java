package explainrec.report;

import explainrec.report.PairedComparison.Side;
import explainrec.run.ExplanationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The claims about MMI, each judged on the runs of one data set. */
final class MmiClaims {
  private static final String NOT_AT_HAND = "not at hand";
  private final ExplanationRuns runs;

  /**
   * Prepares the table.
   *
   * @param runs of one data set
   */
  MmiClaims(List<ExplanationResult> runs) {
    this.runs = new ExplanationRuns(runs);
  }

  ResultTable table() {
    List<MmiPaper.Claim> claims = MmiPaper.MMI.claims();
    List<Optional<PairedComparison>> found = claims.stream().map(this::compare).toList();
    double[] corrected = PairedComparison.holm(found);
    ResultTable.Builder table =
        ResultTable.titled("Claims about MMI, judged on " + runs.dataset())
            .column(Column.text("Claim"))
            .column(Column.text("who says so"))
            .column(Column.text("published"))
            .column(Column.text("here"))
            .column(Column.text("difference, 95%"))
            .column(Column.text("seeds"))
            .column(Column.of("p (Holm)", Column.Kind.PROBABILITY, 4))
            .column(Column.text("verdict"));
    for (int i = 0; i < claims.size(); i++) {
      if (i > 0 && !topic(claims.get(i)).equals(topic(claims.get(i - 1)))) {
        table.rule();
      }
      table.row(row(claims.get(i), found.get(i).orElse(null), corrected[i]));
    }
    return table
        .note(runs.origin())
        .note(AlignmentTables.judge(runs))
        .note(
            "A claim holds when the mean over seeds differs in its favour with p < 0.05 (Holm over"
                + " this table) and every seed agrees; it does not hold when the same is true the"
                + " other way round; else it is not decided. \"No worse than 20% below\" asks"
                + " whether the score is above 0.8 times the backbone's. Mutual information is never"
                + " negative: where both sides' bounds are at or below 0, neither is shown to tell"
                + " anything, and none wins.")
        .note(ExplanationVerdicts.TESTS)
        .note(MmiPaper.MMI.note() + " (" + MmiPaper.MMI.source() + ")")
        .build();
  }

  private static String topic(MmiPaper.Claim claim) {
    return claim.source() + claim.gain() + claim.factor() + claim.estimated();
  }

  private Optional<SeedGroup<ExplanationResult>> above(MmiPaper.Claim claim) {
    return runs.find(claim.model(), claim.align(), claim.changes())
        .map(ExplanationRuns.Group::seeds);
  }

  private Optional<SeedGroup<ExplanationResult>> below(MmiPaper.Claim claim) {
    return runs.find(claim.model(), claim.over().align(), claim.over().changes())
        .map(ExplanationRuns.Group::seeds);
  }

  private static Score<ExplanationResult> score(MmiPaper.Claim claim) {
    return claim.top() > 0
        ? new TopFeatures(claim.top(), claim.estimated())
        : ExplanationScore.of(claim.score());
  }

  private Optional<PairedComparison> compare(MmiPaper.Claim claim) {
    Optional<SeedGroup<ExplanationResult>> above = above(claim);
    Optional<SeedGroup<ExplanationResult>> below = below(claim);
    if (above.isEmpty() || below.isEmpty()) {
      return Optional.empty();
    }
    Score<ExplanationResult> score = score(claim);
    return claim.gain()
        ? PairedComparison.of(
            Side.gain(above.get(), below.get(), score),
            Side.gain(above.get(), below.get(), new TopFeatures(claim.top(), false)))
        : PairedComparison.of(
            Side.of(1, above.get(), score), Side.of(claim.factor(), below.get(), score));
  }

  private List<Cell> row(MmiPaper.Claim claim, PairedComparison c, double p) {
    int decimals = decimals(claim);
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(sentence(claim)));
    cells.add(Cell.of(claim.source().equals("kit") ? "this kit" : claim.source()));
    cells.add(Cell.of(published(claim)));
    if (c == null) {
      cells.addAll(List.of(Cell.of("not run"), Cell.MISSING, Cell.MISSING, Cell.MISSING));
      cells.add(Cell.of("not decided: not run"));
      return cells;
    }
    double right = c.right() / (claim.gain() ? 1 : claim.factor());
    cells.add(Cell.of(Verdict.against(c.left(), right, decimals)));
    cells.add(Cell.of(ClaimTable.difference(c.left() - c.right(), c.interval(), decimals)));
    cells.add(Cell.of(c.leftBetter() + " of " + c.seeds()));
    cells.add(Cell.of(p));
    cells.add(
        Cell.of(
            saysNothing(claim, c.left(), right)
                ? "not decided: no information on either side"
                : Verdict.of(c.left() - c.right(), c.seeds(), c.leftBetter(), c.rightBetter(), p)));
    return cells;
  }

  /** Whether both are bounds of mutual information at or below the 0 that it cannot fall below. */
  private static boolean saysNothing(MmiPaper.Claim claim, double left, double right) {
    return claim.top() == 0
        && ExplanationScore.of(claim.score()).isBound()
        && left <= 0
        && right <= 0;
  }

  private static int decimals(MmiPaper.Claim claim) {
    return claim.top() > 0 ? 1 : ExplanationScore.of(claim.score()).decimals();
  }

  private static String published(MmiPaper.Claim claim) {
    if (claim.source().equals("kit")) {
      return Column.DASH;
    }
    Optional<Double> above =
        MmiPaper.MMI.value(claim.model(), claim.align(), claim.changes(), claim.score());
    Optional<Double> below =
        MmiPaper.MMI.value(
            claim.model(), claim.over().align(), claim.over().changes(), claim.score());
    boolean numbers = above.isPresent() && below.isPresent() && claim.top() == 0;
    return numbers
        ? Verdict.against(above.get(), below.get(), claim.score().equals("rmse") ? 4 : 2)
        : NOT_AT_HAND;
  }

  /** A claim in words. */
  static String sentence(MmiPaper.Claim claim) {
    String model = MmiPaper.MMI.titles().get(claim.model());
    String above = model + new ExplanationVariant(claim.align(), claim.changes(), "").words();
    String title = score(claim).title();
    if (claim.gain()) {
      return above
          + " gains more "
          + new TopFeatures(claim.top(), false).title()
          + ", with features estimated than extracted";
    }
    MmiPaper.Over over = claim.over();
    String below =
        over.align().equals(ExplanationVariant.NONE)
            ? model + "'s backbone"
            : model + new ExplanationVariant(over.align(), over.changes(), "").words();
    return claim.factor() == 1
        ? above + " has a higher " + title + " than " + below
        : above + " has a " + title + " no worse than 20% below that of " + below;
  }
}
