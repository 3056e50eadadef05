package explainrec.report;

import explainrec.run.ExplanationResult;
import java.util.List;
import java.util.Map;

/** What runs of explanation generators cost, and where their settings come from. */
final class ExplanationRunTables {
  private static final Map<String, String> FROM =
      Map.of("paper", "the paper", "code", "the authors' code", "inferred", "inferred by the kit");

  private ExplanationRunTables() {}

  static ResultTable cost(List<ExplanationResult> all) {
    ExplanationRuns runs = new ExplanationRuns(all);
    ResultTable.Builder table =
        ResultTable.titled("What explanations cost on " + runs.dataset())
            .column(Column.text("Generator"))
            .column(Column.number("trained numbers", 0))
            .column(Column.number("epochs", 0))
            .column(Column.number("best epoch", 1))
            .column(Column.of("seconds an epoch", Column.Kind.SEEDS, 1))
            .column(Column.of("examples or samples a second", Column.Kind.SEEDS, 0))
            .column(Column.of("seconds to write the test", Column.Kind.SEEDS, 1))
            .column(Column.of("seconds in all", Column.Kind.SEEDS, 1))
            .column(Column.number("peak memory, MiB", 0))
            .column(Column.text("device"));
    for (ExplanationRuns.Group group : runs.groups()) {
      table.row(
          List.of(
              Cell.of(group.title()),
              group.cell(run -> run.cost().parameters()),
              group.cell(run -> run.epochs().size()),
              group.cell(ExplanationResult::bestEpoch),
              group.cell(run -> run.cost().secondsPerEpoch()),
              group.cell(run -> run.cost().examplesPerSecond()),
              group.cell(run -> run.cost().writeSeconds()),
              group.cell(run -> run.cost().seconds()),
              group.cell(run -> run.cost().peakMemoryMiB()),
              Cell.of(RunSets.devices(group.runs()))));
    }
    return table
        .note(runs.origin())
        .note(
            "Means over seeds. Backbones learn from examples, MMI from samples of them; what MMI"
                + " costs is without its backbone's cost. Memory is the highest resident memory of"
                + " the whole process.")
        .build();
  }

  /** Every setting of a run that paper or code speak of, theirs beside it. */
  static ResultTable settings(ExplanationResult run) {
    ResultTable.Builder table =
        ResultTable.titled(
                "Settings of "
                    + run.title()
                    + ExplanationVariant.of(run).words()
                    + ", profile "
                    + run.profile())
            .column(Column.text("setting"))
            .column(Column.text("here"))
            .column(Column.text("paper"))
            .column(Column.text("authors' code"))
            .column(Column.text("the kit's default is from"))
            .column(Column.text("where this run leaves it"));
    for (Map.Entry<String, MmiPaper.Setting> known : MmiPaper.MMI.settings().entrySet()) {
      Object value = run.settings().get(known.getKey());
      if (value != null) {
        MmiPaper.Setting setting = known.getValue();
        table.row(
            List.of(
                Cell.of(known.getKey()),
                Cell.of(String.valueOf(value)),
                Cell.of(setting.paper()),
                Cell.of(setting.code()),
                Cell.of(FROM.get(setting.from())),
                Cell.of(deviation(run, known.getKey()))));
      }
    }
    return table
        .note(
            "A dash: it is not said. The authors' repository lacks modules that its scripts import,"
                + " so values without a trace in it cannot be known.")
        .note("All settings, the data's and the generator's too, are in the run's file.")
        .build();
  }

  private static String deviation(ExplanationResult run, String setting) {
    return run.deviations().stream()
        .filter(sentence -> sentence.startsWith(setting + " ="))
        .findFirst()
        .orElse("");
  }
}
