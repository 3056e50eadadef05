package explainrec.report;

import explainrec.run.ExplanationResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The kit's tables about short explanations and MMI; each is made from result files by code. */
public final class ExplanationTables {
  private ExplanationTables() {}

  /**
   * What explanations agree with: rating errors, bounds of mutual information by the judge and by
   * the reward model, the judge's sentiment accuracy, FMR, and on the world the truth.
   *
   * @param runs generators and seeds on one data set
   * @return a row a generator, each backbone above what MMI made of it
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable alignment(List<ExplanationResult> runs) {
    return AlignmentTables.alignment(runs);
  }

  /**
   * How good the text is: BLEU, ROUGE, USR, DIV, FCR, length, perplexity.
   *
   * @param runs generators and seeds on one data set
   * @return a row a generator
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable texts(List<ExplanationResult> runs) {
    return AlignmentTables.texts(runs);
  }

  /**
   * Accuracy by five classes beside what texts would have that all say the same, and averaged over
   * classes: gains and losses of mutual information need not show in it.
   *
   * @param runs generators and seeds on one data set
   * @return a row a generator
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable accuracy(List<ExplanationResult> runs) {
    return AccuracyTable.of(runs);
  }

  /**
   * Each backbone against what MMI made of it: paired tests on the same rows and seeds, corrected
   * by Holm over the table.
   *
   * @param runs generators and seeds on one data set
   * @return a row for each score of each fine-tuned generator that has its backbone beside it
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable significance(List<ExplanationResult> runs) {
    return ExplanationVerdicts.significance(runs);
  }

  /**
   * The appendix's Table 10: PETER, and PETER with MMI with and without its own loss.
   *
   * @param runs generators and seeds on one data set
   * @return its rows, ours beside the paper's
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable table10(List<ExplanationResult> runs) {
    return PaperTables.of(runs, "Table 10");
  }

  /**
   * The appendix's Table 11: PETER+, and PETER+ with both rewards at once.
   *
   * @param runs generators and seeds on one data set
   * @return its rows, ours beside the paper's
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable table11(List<ExplanationResult> runs) {
    return PaperTables.of(runs, "Table 11");
  }

  /**
   * MMI without KL, without entropy, without DWA.
   *
   * @param runs generators and seeds on one data set
   * @return rows of each generator that was fine-tuned without a part; empty when none was
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static Optional<ResultTable> ablation(List<ExplanationResult> runs) {
    return AblationTables.parts(runs);
  }

  /**
   * MMI with estimators that go on learning from what is written, as the paper has it, and with
   * estimators that stay as real explanations have taught them.
   *
   * @param runs generators and seeds on one data set
   * @return rows of each generator that was fine-tuned by both; empty when none was
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static Optional<ResultTable> refit(List<ExplanationResult> runs) {
    return AblationTables.refit(runs);
  }

  /**
   * REINFORCE, token credit and DPO.
   *
   * @param runs generators and seeds on one data set
   * @return rows of each generator that was fine-tuned in another way; empty when none was
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static Optional<ResultTable> methods(List<ExplanationResult> runs) {
    return AblationTables.methods(runs);
  }

  /**
   * The claims about MMI, each judged on these runs.
   *
   * @param runs generators and seeds on one data set
   * @return a row a claim
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable claims(List<ExplanationResult> runs) {
    return new MmiClaims(runs).table();
  }

  /**
   * A run's settings beside those of the paper and of the authors' code, and which of them the
   * kit's default follows.
   *
   * @param run any run
   * @return a row a setting
   */
  public static ResultTable settings(ExplanationResult run) {
    return ExplanationRunTables.settings(run);
  }

  /**
   * Every setting that paper or code speak of, with all values that runs have of it.
   *
   * @param runs any runs
   * @return a row a setting
   */
  public static ResultTable published(List<ExplanationResult> runs) {
    Map<String, SettingTables.Published> known = new LinkedHashMap<>();
    MmiPaper.MMI
        .settings()
        .forEach(
            (key, s) ->
                known.put(key, new SettingTables.Published(s.paper(), s.code(), s.from(), null)));
    return SettingTables.deviations(
        MmiPaper.MMI.name(),
        MmiPaper.MMI.source(),
        known,
        runs,
        "The authors' repository lacks modules that its scripts import, so values without a trace"
            + " in it cannot be known.");
  }

  /**
   * Where the runs leave the paper.
   *
   * @param runs any runs
   * @return a row for each deviation, with the models it concerns
   */
  public static ResultTable deviations(List<ExplanationResult> runs) {
    return RunSets.deviations(runs);
  }

  /**
   * Time, memory and size of each generator.
   *
   * @param runs generators and seeds on one data set
   * @return a row a generator, means over seeds
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static ResultTable cost(List<ExplanationResult> runs) {
    return ExplanationRunTables.cost(runs);
  }

  /**
   * All tables that result files alone suffice for, by the names of their files.
   *
   * @param runs generators and seeds on one data set, at least one
   * @return file name without ending to table, in the order of reading
   * @throws explainrec.data.InputException when the runs are not comparable
   */
  public static Map<String, ResultTable> all(List<ExplanationResult> runs) {
    return all(runs, claims(runs));
  }

  /** The same with claims that are judged already, which takes longest. */
  static Map<String, ResultTable> all(List<ExplanationResult> runs, ResultTable claims) {
    ExplanationRuns study = new ExplanationRuns(runs);
    Map<String, ResultTable> tables = new LinkedHashMap<>();
    tables.put("mmi-alignment", alignment(runs));
    tables.put("mmi-accuracy", accuracy(runs));
    tables.put("mmi-texts", texts(runs));
    boolean compared =
        study.groups().stream()
            .anyMatch(g -> !g.variant().backbone() && study.backbone(g).isPresent());
    if (compared) {
      tables.put("mmi-significance", significance(runs));
    }
    for (String name : MmiPaper.MMI.tables().keySet()) {
      if (PaperTables.ran(study, name)) {
        tables.put(
            "mmi-" + name.toLowerCase(Locale.ROOT).replace(" ", ""), PaperTables.of(runs, name));
      }
    }
    ablation(runs).ifPresent(table -> tables.put("mmi-ablation", table));
    refit(runs).ifPresent(table -> tables.put("mmi-refit", table));
    methods(runs).ifPresent(table -> tables.put("mmi-methods", table));
    tables.put("claims-mmi", claims);
    tables.put("mmi-cost", cost(runs));
    tables.put("mmi-deviations", deviations(runs));
    study.groups().stream()
        .filter(group -> !group.variant().backbone() && group.variant().changes().isEmpty())
        .forEach(
            group ->
                tables.putIfAbsent("mmi-settings-" + group.model(), settings(group.runs().get(0))));
    return tables;
  }
}
