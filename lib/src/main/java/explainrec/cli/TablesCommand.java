package explainrec.cli;

import explainrec.report.ResultTable;
import explainrec.report.Results;
import java.io.PrintWriter;
import java.nio.file.Path;
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
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "For instance results/world.")
  private Path folder;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, ResultTable> tables = Results.read(folder).tables();
    tables.forEach(
        (name, table) -> {
          out.println(table.markdown());
          table.writeTo(folder.resolve("tables"), name);
        });
    out.println("Written: " + folder.resolve("tables"));
    out.flush();
    return 0;
  }
}
