package explainrec.cli;

import explainrec.data.Fetch;
import explainrec.data.FetchReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./kit fetch NAME}. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    description = {
      "Downloads a data set or a model from its publisher to data/NAME/; called again, it resumes.",
      "Prints licence and terms, and says what to do where a source wants a request by mail."
    })
final class FetchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "tripadvisor, ratebeer or t5-small.")
  private String name;

  @Option(names = "--to", paramLabel = "DIR", description = "Data folder (data, in the checkout).")
  private Path folder;

  @Override
  public Integer call() {
    Path home = Path.of(System.getenv().getOrDefault("EXPLAINREC_HOME", "."));
    FetchReport report;
    try (Bars bars = new Bars()) {
      report = Fetch.run(name, folder == null ? home.resolve("data") : folder, bars);
    }
    report.lines().forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().flush();
    return report.complete() ? 0 : 2;
  }
}
