package explainrec.cli;

import explainrec.data.Prepared;
import explainrec.report.ExplanationTables;
import explainrec.run.ExplanationResult;
import explainrec.run.GeneratorModel;
import explainrec.run.MmiRun;
import explainrec.run.Session;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The part of {@code ./kit run} that makes generators of short explanations. */
final class ExplanationPart {
  private final PrintWriter out;
  private final SessionOptions options;
  private final GeneratorModel model;
  private final String align;
  private final String tag;

  ExplanationPart(PrintWriter out, SessionOptions options, String model, String align, String tag) {
    this.out = out;
    this.options = options;
    this.model = GeneratorModel.of(model);
    this.align = align;
    this.tag = tag;
  }

  void run() {
    Session session = options.open();
    session.chooseDevice(); // refused now rather than after minutes of reading
    Map<String, String> changes = align == null ? Map.of() : Map.of("align", align);
    session.with(changes); // refused now, too
    Prepared prepared;
    try (Bars bars = new Bars()) {
      prepared = session.prepare(bars);
    }
    MmiRun run = new MmiRun(session, prepared, model, session.seed(), tag, changes);
    ExplanationResult result;
    try (StatusLine status = new StatusLine()) {
      result =
          run.report(status)
              .onEpoch(
                  epoch -> {
                    status.clear();
                    line(epoch);
                  })
              .run();
    }
    out.println(ExplanationTables.alignment(List.of(result)).markdown());
    out.println(ExplanationTables.texts(List.of(result)).markdown());
    RunCommand.finish(out, session, result.deviations(), run.folder());
  }

  private void line(ExplanationResult.Epoch epoch) {
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "epoch %2d  loss %.4f", epoch.epoch(), epoch.loss()));
    epoch
        .validation()
        .forEach(
            (name, value) -> line.append(String.format(Locale.ROOT, "  %s %.3f", name, value)));
    out.println(line.append(String.format(Locale.ROOT, "  %.1f s", epoch.seconds())));
    out.flush();
  }
}
