package explainrec.cli;

import explainrec.data.InputException;
import explainrec.data.Prepared;
import explainrec.report.ReviewTables;
import explainrec.report.Tables;
import explainrec.run.GeneratorModel;
import explainrec.run.RatingModel;
import explainrec.run.RatingRun;
import explainrec.run.ReviewModel;
import explainrec.run.ReviewResult;
import explainrec.run.ReviewRun;
import explainrec.run.RunResult;
import explainrec.run.Session;
import java.io.PrintWriter;
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

/** {@code ./kit run MODEL}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Trains one model and measures it on the test rows: its ratings and, if it is ELIXIR, its",
      "reviews; or a generator of short explanations, fine-tuned by MMI where --align is given, or",
      "of whole reviews where --reviews is.",
      "Leaves results/DATA/runs/MODEL-seedN/run.json, MODEL-reviews-seedN/run.json, or",
      "MODEL-backbone-seedN and MODEL-mmi-...-seedN/run.json; killed, it goes on where it was."
    })
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private SessionOptions options;

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      description =
          "average, bias, truth (world only), mf, mlp, neumf, alfm, anr, elixir,"
              + " elixir-no-attention, elixir-no-global or elixir-no-aspects; explanations:"
              + " att2seq, peter, peter-plus, apref2seq, nrt, pepler, or elixir with --explanations; whole"
              + " reviews: att2seq, peter, nrt or pepler with --reviews.")
  private String model;

  @Option(
      names = "--align",
      paramLabel = "WITH",
      description = "Fine-tunes a generator by MMI: rating, feature or both.")
  private String align;

  @Option(
      names = "--explanations",
      description = "Of elixir, short explanations in place of reviews.")
  private boolean explanations;

  @Option(
      names = "--reviews",
      description = "Of att2seq, peter and nrt, whole reviews in place of short explanations.")
  private boolean reviews;

  @Option(
      names = "--ratings-only",
      description = "Of elixir and its ablations, leaves the reviews out.")
  private boolean ratingsOnly;

  @Option(
      names = "--tag",
      paramLabel = "WORD",
      defaultValue = "",
      description = "Tells reviews with changed settings from others in folders and tables.")
  private String tag;

  @Option(names = "--settings", description = "Lists every setting with its value, and ends.")
  private boolean listSettings;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (listSettings) {
      options.open().settings().values().forEach((key, value) -> out.println(key + "=" + value));
      out.flush();
      return 0;
    }
    if (model == null) {
      throw new InputException("run: which model? There are: " + RatingModel.ids());
    }
    if (reviews) {
      requireReviews();
    } else if (explains()) {
      new ExplanationPart(out, options, model, align, tag).run();
      return 0;
    }
    if (writesOnly()) {
      reviewsOnly(out);
      return 0;
    }
    RatingModel chosen = RatingModel.of(model);
    if (!tag.isEmpty() && (!chosen.writes() || ratingsOnly)) {
      throw new InputException("run: --tag tells reviews apart, and this run writes none");
    }
    ReviewRun.requireTag(tag);
    Session session = options.open();
    session.chooseDevice(); // refused now rather than after minutes of reading
    Prepared prepared;
    try (Bars bars = new Bars()) {
      prepared = session.prepare(bars);
    }
    boolean joint = session.settings().reviews().training().equals("joint");
    if (!chosen.writes() || ratingsOnly || !joint) {
      ratings(out, session, prepared, chosen);
    }
    if (chosen.writes() && !ratingsOnly) {
      reviews(out, session, prepared, ReviewModel.of(model));
    }
    out.flush();
    return 0;
  }

  /** Refuses {@code --reviews} beside what it contradicts. */
  private void requireReviews() {
    ReviewModel.of(model);
    if (explanations || align != null || ratingsOnly) {
      throw new InputException(
          "run: --reviews asks for whole reviews; leave --explanations, --align and --ratings-only"
              + " out");
    }
  }

  /** Whether a generator is to write whole reviews. */
  private boolean writesOnly() {
    return reviews && ReviewModel.of(model).ratings() == null;
  }

  private void reviewsOnly(PrintWriter out) {
    ReviewRun.requireTag(tag);
    Session session = options.open();
    session.chooseDevice(); // refused now rather than after minutes of reading
    Prepared prepared;
    try (Bars bars = new Bars()) {
      prepared = session.prepare(bars);
    }
    reviews(out, session, prepared, ReviewModel.of(model));
    out.flush();
  }

  /** Whether a generator of short explanations is asked for. */
  private boolean explains() {
    boolean generator = GeneratorModel.known(model);
    boolean asked = explanations || align != null;
    if (asked && !generator) {
      throw new InputException(
          "run: " + model + " writes no short explanations; these do: " + GeneratorModel.ids());
    }
    if (ratingsOnly && asked) {
      throw new InputException("run: --ratings-only leaves out what --explanations asks for");
    }
    return generator && (asked || GeneratorModel.of(model) != GeneratorModel.ELIXIR);
  }

  private static void ratings(
      PrintWriter out, Session session, Prepared prepared, RatingModel chosen) {
    RatingRun run = new RatingRun(session, prepared, chosen, session.seed());
    RunResult result;
    try (StatusLine status = new StatusLine()) {
      result =
          run.report(status)
              .onEpoch(
                  epoch -> {
                    status.clear();
                    line(out, epoch);
                  })
              .run();
    }
    out.println(Tables.ratings(result).markdown());
    finish(out, session, result.deviations(), run.folder());
  }

  private void reviews(PrintWriter out, Session session, Prepared prepared, ReviewModel chosen) {
    ReviewRun run = new ReviewRun(session, prepared, chosen, session.seed(), tag);
    ReviewResult result;
    try (StatusLine status = new StatusLine()) {
      result =
          run.report(status)
              .onEpoch(
                  epoch -> {
                    status.clear();
                    line(out, epoch);
                  })
              .run();
    }
    out.println(ReviewTables.scores(List.of(result)).markdown());
    out.println(ReviewTables.texts(List.of(result)).markdown());
    finish(out, session, result.deviations(), run.folder());
  }

  static void finish(PrintWriter out, Session session, List<String> deviations, Path folder) {
    if (!deviations.isEmpty()) {
      out.println("Where this leaves the paper: " + String.join("; ", deviations));
    }
    out.println("Written: " + session.shown(folder.resolve("run.json")));
    out.flush();
  }

  private static void line(PrintWriter out, ReviewResult.Epoch epoch) {
    out.printf(
        Locale.ROOT,
        "epoch %2d  loss %.4f  validation loss %.4f  BLEU %.2f  METEOR %.2f  %.1f s%n",
        epoch.epoch(),
        epoch.loss(),
        epoch.validationLoss(),
        100 * epoch.bleu(),
        100 * epoch.meteor(),
        epoch.seconds());
    out.flush();
  }

  private static void line(PrintWriter out, RunResult.Epoch epoch) {
    out.printf(
        Locale.ROOT,
        "epoch %2d  loss %.4f  validation RMSE %.4f%s  %.1f s%n",
        epoch.epoch(),
        epoch.loss(),
        epoch.validationRmse(),
        Double.isNaN(epoch.validationAspectRmse())
            ? ""
            : String.format(Locale.ROOT, " (aspects %.4f)", epoch.validationAspectRmse()),
        epoch.seconds());
    out.flush();
  }
}
