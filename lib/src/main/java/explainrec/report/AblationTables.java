package explainrec.report;

import explainrec.run.ExplanationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What each part of the fine-tuning does, and other ways to the same reward. */
final class AblationTables {
  private static final List<String> PARTS = List.of("noKl", "noEntropy", "noDwa");
  static final List<String> REFIT = List.of("noRefit");
  private static final List<String> METHODS = List.of("token", "dpo");
  private static final List<ExplanationScore> BESIDE =
      List.of(
          ExplanationScore.BLEU_4,
          ExplanationScore.USR,
          ExplanationScore.DIV,
          ExplanationScore.WORDS,
          ExplanationScore.PERPLEXITY);

  private AblationTables() {}

  /** Generators fine-tuned without KL, entropy or DWA, each below the whole. */
  static Optional<ResultTable> parts(List<ExplanationResult> all) {
    return table(
        all,
        PARTS,
        "MMI on %s without one of its parts",
        "p: whether the alignment differs from that of the whole, on the same test rows.");
  }

  /**
   * Generators fine-tuned with the estimators left as reviews have taught them, below the paper's.
   */
  static Optional<ResultTable> refit(List<ExplanationResult> all) {
    return table(
        all,
        REFIT,
        "Who teaches the estimator, on %s",
        "MMI as the paper has it: between epochs the estimator learns from what the generator"
            + " writes now. Estimator kept: it stays as real explanations have taught it. p: whether"
            + " the alignment differs between the two, on the same test rows.");
  }

  /** Generators fine-tuned by token credit and DPO, each below REINFORCE. */
  static Optional<ResultTable> methods(List<ExplanationResult> all) {
    return table(
        all,
        METHODS,
        "Three ways to the same reward on %s",
        "The first row of each generator is the paper's REINFORCE. Samples: explanations drawn"
            + " while fine-tuning. p: whether the alignment differs from REINFORCE's, on the same"
            + " test rows.");
  }

  /** A row before its p-value is corrected. */
  private record Entry(
      ExplanationRuns.Group group, boolean first, Optional<PairedComparison> found) {}

  private static Optional<ResultTable> table(
      List<ExplanationResult> all, List<String> changes, String title, String note) {
    ExplanationRuns runs = new ExplanationRuns(all);
    List<Entry> entries = new ArrayList<>();
    for (ExplanationRuns.Group whole : runs.groups()) {
      List<ExplanationRuns.Group> others =
          runs.groups().stream().filter(group -> changed(group, whole, changes)).toList();
      boolean plain = !whole.variant().backbone() && whole.variant().changes().isEmpty();
      if (plain && !others.isEmpty()) {
        runs.backbone(whole).ifPresent(b -> entries.add(new Entry(b, true, Optional.empty())));
        boolean first = runs.backbone(whole).isEmpty();
        entries.add(new Entry(whole, first, Optional.empty()));
        for (ExplanationRuns.Group other : others) {
          entries.add(
              new Entry(
                  other,
                  false,
                  PairedComparison.of(other.seeds(), whole.seeds(), alignment(whole))));
        }
      }
    }
    return entries.isEmpty() ? Optional.empty() : Optional.of(rows(runs, entries, title, note));
  }

  private static boolean changed(
      ExplanationRuns.Group group, ExplanationRuns.Group whole, List<String> changes) {
    ExplanationVariant variant = group.variant();
    return group.model().equals(whole.model())
        && variant.align().equals(whole.variant().align())
        && !variant.changes().isEmpty()
        && changes.containsAll(variant.changes());
  }

  private static ExplanationScore alignment(ExplanationRuns.Group group) {
    return group.variant().alignsRating() ? ExplanationScore.MI_RATING : ExplanationScore.FMR;
  }

  private static ResultTable rows(
      ExplanationRuns runs, List<Entry> entries, String title, String note) {
    List<ExplanationScore> aligned = new ArrayList<>();
    if (entries.stream().anyMatch(e -> e.group().variant().alignsRating())) {
      aligned.add(ExplanationScore.MI_RATING);
      if (runs.haveTruth()) {
        aligned.add(ExplanationScore.TRUE_MI_RATING);
      }
      aligned.add(ExplanationScore.SENTIMENT_5);
    }
    if (entries.stream().anyMatch(e -> e.group().variant().alignsFeature())) {
      aligned.add(ExplanationScore.MI_FEATURE);
      aligned.add(ExplanationScore.FMR);
    }
    ResultTable.Builder table =
        ResultTable.titled(title.formatted(runs.dataset())).column(Column.text("Generator"));
    table.column(Column.number("samples", 0));
    aligned.forEach(score -> table.column(score.column()));
    table.column(Column.of("p (Holm)", Column.Kind.PROBABILITY, 4));
    BESIDE.forEach(score -> table.column(score.column()));
    double[] p = PairedComparison.holm(entries.stream().map(Entry::found).toList());
    for (int i = 0; i < entries.size(); i++) {
      ExplanationRuns.Group group = entries.get(i).group();
      if (entries.get(i).first()) {
        table.rule();
      }
      List<Cell> cells = new ArrayList<>(List.of(Cell.of(group.title())));
      cells.add(group.variant().backbone() ? Cell.MISSING : group.cell(AblationTables::samples));
      aligned.forEach(score -> cells.add(group.cell(score)));
      cells.add(Cell.of(p[i]));
      BESIDE.forEach(score -> cells.add(group.cell(score)));
      table.row(cells);
    }
    return table
        .note(runs.origin())
        .note(AlignmentTables.seeds(runs) + AlignmentTables.judge(runs))
        .note(note + " " + ExplanationVerdicts.TESTS)
        .build();
  }

  /** Explanations drawn in all steps; batches that are not full are counted as if they were. */
  private static double samples(ExplanationResult run) {
    double[] steps = run.steps().getOrDefault("reward", new double[0]);
    return steps.length * number(run, "mmiBatchSize") * number(run, "samples");
  }

  private static double number(ExplanationResult run, String setting) {
    return run.settings().get(setting) instanceof Number value ? value.doubleValue() : Double.NaN;
  }
}
