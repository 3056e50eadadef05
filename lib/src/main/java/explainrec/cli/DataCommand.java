package explainrec.cli;

import explainrec.data.Check;
import explainrec.data.Prepared;
import explainrec.report.DataTables;
import explainrec.report.ResultTable;
import explainrec.run.Session;
import explainrec.text.ExplainedSplit;
import explainrec.text.Explanations;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./kit data}. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    description = {
      "Reads, filters and splits a data set, and tells what is in it:",
      "what each filter leaves, the paper's Table 1, the split, cold starts, and the leak audit."
    })
final class DataCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private SessionOptions options;

  @Option(
      names = "--name",
      description = "Prints only the data set's name, which is its folder under results/.")
  private boolean nameOnly;

  @Option(
      names = "--explanations",
      paramLabel = "N",
      description = "Prints what short explanations there are and N of them, and writes nothing.")
  private Integer explanations;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Session session = options.open();
    if (nameOnly) {
      out.println(session.source().name());
      out.flush();
      return 0;
    }
    if (explanations != null) {
      explain(session, out);
      return 0;
    }
    Map<String, ResultTable> tables = new LinkedHashMap<>();
    Prepared prepared;
    try (Bars bars = new Bars()) {
      prepared = session.prepare(bars);
      tables.put("data-steps", DataTables.steps(prepared.steps()));
      tables.put("data-table1", DataTables.table1(prepared.statistics()));
      tables.put("data-split", DataTables.split(prepared));
      tables.put("data-leaks", DataTables.leaks(prepared.leaks(bars)));
    }
    Path folder = session.folder().resolve("tables");
    tables.forEach(
        (name, table) -> {
          out.println(table.markdown());
          table.writeTo(folder, name);
        });
    out.println("Written: " + session.shown(folder));
    out.flush();
    return 0;
  }

  private void explain(Session session, PrintWriter out) {
    Check.range("explanations", explanations, 0, 1_000_000);
    ExplainedSplit explained;
    try (Bars bars = new Bars()) {
      explained =
          Explanations.of(
              session.source(), session.prepare(bars), session.settings().explanations(), bars);
    }
    ExplanationSample.print(explained, explanations, session.seed(), out);
    out.flush();
  }
}
