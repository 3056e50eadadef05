package explainrec.cli;

import explainrec.data.InputException;
import explainrec.data.Prepared;
import explainrec.report.ResultTable;
import explainrec.report.StudyTables;
import explainrec.run.Cluster;
import explainrec.run.Session;
import explainrec.run.StudyFile;
import explainrec.run.StudyResult;
import explainrec.run.StudyRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./kit study NAME|FILE}. */
@Command(
    name = "study",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a study: models with their settings, each with several seeds, one run after the other,",
      "each in its own folder; what is there already is not made again, and a study that was stopped",
      "goes on. Ends with the table, also in results/DATA/tables/study-NAME.{csv,md,tex}. Without a",
      "name it lists the studies that come with the kit."
    },
    footer = {
      "",
      "A study of your own, say heads.yaml (settings by name: ./kit run --settings):",
      "  title: Does scaling the attention help?",
      "  kind: ratings                  # or reviews, or explanations",
      "  seeds: 3                       # or [1, 2, 3]; without, the profile's number",
      "  metrics: [rmse, mae]",
      "  models:",
      "    - elixir",
      "    - {model: elixir, tag: scaled, settings: {attentionScale: sqrt}}",
      "  compare: elixir                # optional: paired tests of it against the others",
      "  search:                        # optional: settings by trials on validation",
      "    trials: 4",
      "    space:",
      "      elixir: {learningRate: [0.0003, 0.001], dropout: [0, 0.1, 0.2]}",
      "      elixir-scaled: {learningRate: [0.0003, 0.001], dropout: [0, 0.1, 0.2]}",
      "",
      "A folder whose run was made from other code, settings or data, was changed by hand, or came",
      "with the checkout (it has no checkpoint/) is never replaced or taken silently: the study",
      "stops, and --again or --keep say what to do. Exit code 1 when a run failed: the others go on."
    })
final class StudyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private SessionOptions options;

  @Mixin private SparkOptions spark;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME|FILE",
      description = "A study that comes with the kit, or a YAML file.")
  private String study;

  @Option(names = "--dry-run", description = "Shows what would run, and ends.")
  private boolean dryRun;

  @Option(
      names = "--again",
      description = "Makes runs anew where something else stands in their folders.")
  private boolean again;

  @Option(
      names = "--keep",
      description =
          "Takes runs made elsewhere or by other code, if their settings and data are the study's.")
  private boolean keep;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (study == null) {
      StudyFile.presets().forEach((name, title) -> out.printf("%-20s %s%n", name, title));
      out.flush();
      return 0;
    }
    if (again && keep) {
      throw new InputException("study: --again makes runs anew, --keep takes them; give one");
    }
    boolean elsewhere = spark.givenForRuns();
    // Everything is read and checked before the first run.
    List<Session> sessions = new ArrayList<>();
    List<StudyFile> studies = new ArrayList<>();
    Session first = options.open();
    List<String> names = StudyFile.of(study, first).data();
    for (String name : names.isEmpty() || options.hasData() ? List.of("") : names) {
      Session session = name.isEmpty() ? first : options.open(name);
      session.chooseDevice();
      sessions.add(session);
      studies.add(StudyFile.of(study, session));
    }
    if (!elsewhere || dryRun) {
      return runAll(out, sessions, studies, null);
    }
    try (StatusLine status = new StatusLine();
        Cluster cluster = spark.connect(status)) {
      return runAll(out, sessions, studies, cluster);
    }
  }

  private int runAll(
      PrintWriter out, List<Session> sessions, List<StudyFile> studies, Cluster cluster) {
    int failed = 0;
    for (int n = 0; n < sessions.size(); n++) {
      failed +=
          dryRun
              ? show(out, sessions.get(n), studies.get(n))
              : run(out, sessions.get(n), studies.get(n), cluster);
    }
    return failed == 0 ? 0 : 1;
  }

  private static Prepared prepare(Session session) {
    try (Bars bars = new Bars()) {
      return session.prepare(bars);
    }
  }

  private int show(PrintWriter out, Session session, StudyFile file) {
    List<StudyRun.Planned> planned = new StudyRun(session, prepare(session), file).plan();
    if (file.search() != null) {
      out.println(
          "First "
              + file.search().trials()
              + " trials for each of "
              + String.join(", ", file.search().spaces().keySet())
              + "; their runs have the settings that win.");
    }
    for (StudyRun.Planned one : planned) {
      String words =
          switch (one.state().kind()) {
            case MISSING -> "to be made";
            case STARTED -> "begun, goes on";
            case FINISHED -> "there";
            default -> one.state().words();
          };
      out.println(session.shown(one.run().folder(session)) + ": " + words);
    }
    long there = planned.stream().filter(one -> !one.state().toMake()).count();
    out.printf(
        "%s on %s: %d runs, %d of them to be made%n",
        file.name(), session.source().name(), planned.size(), planned.size() - there);
    out.flush();
    return 0;
  }

  private int run(PrintWriter out, Session session, StudyFile file, Cluster cluster) {
    StudyRun run = new StudyRun(session, prepare(session), file);
    if (cluster != null) {
      run.on(cluster);
    }
    if (again) {
      run.again();
    }
    if (keep) {
      run.keep();
    }
    StudyResult found;
    try (StatusLine status = new StatusLine()) {
      found =
          run.report(status)
              .news(
                  line -> {
                    status.clear();
                    out.println(line);
                    out.flush();
                  })
              .run();
    }
    ResultTable table = StudyTables.of(found);
    Path tables = session.folder().resolve("tables");
    String name = "study-" + file.name();
    table.writeTo(tables, name);
    out.println(table.markdown());
    if (!file.compare().isEmpty()) {
      ResultTable tests = StudyTables.tests(found);
      tests.writeTo(tables, name + "-tests");
      out.println(tests.markdown());
    }
    out.println("Written: " + session.shown(tables.resolve(name + ".md")) + ", .csv, .tex");
    if (found.failed() > 0) {
      out.println(found.failed() + " of " + file.runs().size() + " runs failed; see the notes");
    }
    out.flush();
    return found.failed();
  }
}
