package explainrec.cli;

import explainrec.data.InputException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The library's command line; {@code ./kit} builds what is missing and hands its words on to this.
 */
@Command(
    name = "kit",
    mixinStandardHelpOptions = true,
    versionProvider = Kit.Version.class,
    description = "The ExplainRec Kit: ELIXIR and MMI, reproduced in Java.",
    subcommands = {
      RunCommand.class,
      ExplainCommand.class,
      StudyCommand.class,
      DataCommand.class,
      FetchCommand.class,
      TablesCommand.class,
      BenchCommand.class,
      CompletionCommand.class,
      WorkCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Kit {
  private Kit() {}

  /**
   * Runs a command and ends the process: 0 when it worked, 2 when something the user gave is wrong,
   * 1 for a fault of the kit.
   *
   * @param arguments the command and its options
   */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /**
   * Runs a command.
   *
   * @param arguments the command and its options
   * @return the exit code
   */
  public static int execute(String... arguments) {
    CommandLine line = new CommandLine(new Kit());
    line.setParameterExceptionHandler(Kit::badArguments);
    line.setExecutionExceptionHandler(Kit::failed);
    return line.execute(arguments);
  }

  private static int badArguments(CommandLine.ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    if (e.getCause() instanceof InputException input) {
      command.getErr().println("kit: " + input.getMessage());
    } else {
      command
          .getErr()
          .println(
              "kit: "
                  + e.getMessage().lines().findFirst().orElse("")
                  + "; see "
                  + name
                  + " --help");
    }
    return 2;
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult arguments) {
    PrintWriter err = command.getErr();
    if (e instanceof InputException) {
      err.println("kit: " + e.getMessage());
      return 2;
    }
    if (e instanceof UncheckedIOException && e.getCause() instanceof FileSystemException file) {
      err.println(
          "kit: " + file.getMessage() + ": cannot be read or written; check the path and rights");
      return 2;
    }
    err.println("kit: this is a fault of the kit, not yours; please report what follows");
    e.printStackTrace(err);
    return 1;
  }

  /** Tells the version from the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Kit.class.getPackage().getImplementationVersion();
      return new String[] {"explainrec-kit " + (version == null ? "in development" : version)};
    }
  }

  /** Prints a completion script for bash and zsh. */
  static String completion() {
    return AutoComplete.bash("kit", new CommandLine(new Kit()));
  }
}
