package explainrec.cli;

import explainrec.report.ExplanationTables;
import explainrec.report.RatingOptions;
import explainrec.report.ResultTable;
import explainrec.report.ReviewTables;
import explainrec.report.RunFiles;
import explainrec.report.Tables;
import explainrec.run.ExplanationResult;
import explainrec.run.RatingModel;
import explainrec.run.ReviewResult;
import explainrec.run.RunResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./kit tables DIR}. */
@Command(
    name = "tables",
    mixinStandardHelpOptions = true,
    description = "Makes the tables of a results folder again, from its run.json files alone.")
final class TablesCommand implements Callable<Integer> {
  private static final String REFERENCE = "elixir";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "For instance results/world.")
  private Path folder;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, ResultTable> tables = new LinkedHashMap<>();
    List<RunResult> ratings = RunFiles.read(folder);
    if (!ratings.isEmpty()) {
      ratings(ratings, tables);
    }
    List<ReviewResult> reviews = RunFiles.reviews(folder);
    if (!reviews.isEmpty()) {
      tables.putAll(ReviewTables.all(reviews));
    }
    List<ExplanationResult> explanations = RunFiles.explanations(folder);
    if (!explanations.isEmpty()) {
      tables.putAll(ExplanationTables.all(explanations));
    }
    tables.forEach(
        (name, table) -> {
          out.println(table.markdown());
          table.writeTo(folder.resolve("tables"), name);
        });
    out.println("Written: " + folder.resolve("tables"));
    out.flush();
    return 0;
  }

  private static void ratings(List<RunResult> runs, Map<String, ResultTable> tables) {
    RatingOptions plain = RatingOptions.DEFAULT.withWithoutLeaked(false);
    tables.put("ratings-overall", Tables.overallRatings(runs, plain));
    tables.put("ratings-aspects", Tables.aspectRatings(runs, plain));
    tables.put("ratings-per-aspect", Tables.perAspect(runs));
    // The floor is that of all rows, so it does not stand beside parts of them.
    List<RunResult> models =
        runs.stream().filter(run -> !run.model().equals(RatingModel.TRUTH.id())).toList();
    RatingOptions variants =
        RatingOptions.DEFAULT.withInterval(false).withPaper(false).withClipped(true);
    tables.put("ratings-overall-variants", Tables.overallRatings(models, variants));
    tables.put("ratings-aspects-variants", Tables.aspectRatings(models, variants));
    if (runs.stream().anyMatch(run -> run.model().equals(REFERENCE))) {
      tables.put("ratings-significance", Tables.significance(runs, REFERENCE));
      tables.put("ratings-claims", Tables.claims(runs));
    }
    tables.put("ratings-cost", Tables.cost(runs));
    tables.put("ratings-deviations", Tables.deviations(runs));
  }
}
