package explainrec.cli;

import explainrec.data.AtomicFiles;
import explainrec.data.InputException;
import explainrec.data.Prepared;
import explainrec.elixir.ElixirModel;
import explainrec.elixir.Explanation;
import explainrec.run.Cluster;
import explainrec.run.Pairs;
import explainrec.run.ReviewModel;
import explainrec.run.ReviewRun;
import explainrec.run.Session;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./kit explain USER ITEM}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Says what ELIXIR expects of a user and an item: ratings, what matters, and the review.",
      "Trains the model first where ./kit run has not. With --pairs for many pairs in one call."
    })
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private SessionOptions options;

  @Mixin private SparkOptions spark;

  @Parameters(index = "0", arity = "0..1", paramLabel = "USER", description = "As in the data.")
  private String user;

  @Parameters(index = "1", arity = "0..1", paramLabel = "ITEM", description = "As in the data.")
  private String item;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = "elixir",
      description = "elixir (default), elixir-no-attention or elixir-no-global.")
  private String model;

  @Option(names = "--tag", paramLabel = "WORD", defaultValue = "", description = "Of ./kit run.")
  private String tag;

  @Option(
      names = "--pairs",
      paramLabel = "FILE",
      description = "CSV with the columns user and item; the answer is JSON, one line a pair.")
  private Path pairs;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the answers to --pairs go (standard output).")
  private Path out;

  @Override
  public Integer call() {
    if (pairs == null && (user == null || item == null)) {
      throw new InputException("explain: whom and what? Give USER and ITEM, or --pairs FILE");
    }
    if (pairs != null && user != null) {
      throw new InputException("explain: either USER and ITEM or --pairs FILE, not both");
    }
    if (pairs == null && spark.given()) {
      throw new InputException("explain: --spark is for many pairs, give --pairs FILE");
    }
    Pairs asked = pairs == null ? new Pairs(List.of(user), List.of(item)) : Pairs.read(pairs);
    ReviewModel chosen = ReviewModel.of(model).requireElixir();
    Session session = options.open();
    session.chooseDevice(); // refused now rather than after minutes of reading
    if (spark.given()) {
      explainElsewhere(session, chosen, asked);
      return 0;
    }
    List<Explanation> answers;
    List<String> aspects;
    try (Bars bars = new Bars()) {
      Prepared prepared = session.prepare(bars);
      aspects = prepared.interactions().aspects();
      ReviewRun run = made(session, prepared, chosen, asked);
      try (ElixirModel elixir = run.open()) {
        answers = elixir.explain(asked.users(), asked.items(), bars);
      }
    }
    if (pairs == null) {
      PrintWriter console = spec.commandLine().getOut();
      print(console, answers.get(0), aspects);
      console.flush();
    } else {
      write(session, answers.stream().map(WorkCommand::line).toList());
    }
    return 0;
  }

  private void explainElsewhere(Session session, ReviewModel chosen, Pairs asked) {
    List<String> answers;
    try (Bars bars = new Bars();
        StatusLine status = new StatusLine();
        Cluster cluster = spark.connect(status)) {
      Prepared prepared = session.prepare(bars);
      made(session, prepared, chosen, asked);
      answers = cluster.explain(session, prepared, chosen.id(), tag, asked, bars);
    }
    write(session, answers);
  }

  private ReviewRun made(Session session, Prepared prepared, ReviewModel chosen, Pairs asked) {
    ElixirModel.requireKnown(prepared.interactions(), asked.users(), asked.items());
    ReviewRun run = new ReviewRun(session, prepared, chosen, session.seed(), tag);
    try (StatusLine status = new StatusLine()) {
      run.report(status).run();
    }
    return run;
  }

  private void write(Session session, List<String> answers) {
    PrintWriter console = spec.commandLine().getOut();
    if (out == null) {
      answers.forEach(answer -> console.print(answer + "\n"));
    } else {
      AtomicFiles.write(
          out,
          stream -> {
            for (String answer : answers) {
              stream.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
            }
          });
      console.println("Written: " + session.shown(out));
    }
    console.flush();
  }

  private static void print(PrintWriter out, Explanation answer, List<String> aspects) {
    out.printf(Locale.ROOT, "%s on %s%n", answer.user(), answer.item());
    out.printf(Locale.ROOT, "  %-16s %5s  %s%n", "", "stars", "matters to user, to item");
    out.printf(Locale.ROOT, "  %-16s %5.2f%n", "overall", answer.overall());
    for (int a = 0; a < aspects.size(); a++) {
      out.printf(Locale.ROOT, "  %-16s %5.2f", aspects.get(a), answer.aspects()[a]);
      if (answer.userAttention() != null) {
        out.printf(
            Locale.ROOT,
            "  %4.0f%% %4.0f%%",
            100 * answer.userAttention()[a],
            100 * answer.itemAttention()[a]);
      }
      out.println();
    }
    out.println("  " + answer.review());
  }
}
