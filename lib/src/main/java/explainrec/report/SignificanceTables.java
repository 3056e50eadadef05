package explainrec.report;

import explainrec.data.InputException;
import explainrec.metrics.Statistics;
import explainrec.run.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Paired tests between models, and the paper's claims judged by them. */
final class SignificanceTables {
  static final String HOLDS = "holds";
  static final String FAILS = "does not hold";
  static final String OPEN = "not decided";
  static final String NOT_RUN = "not run";
  private static final String ELIXIR = "elixir";
  private static final double LEVEL = 0.05;
  private static final List<String> RIVALS =
      List.of("elixir-no-attention", "elixir-no-global", "average", "bias");
  private static final List<String> RIVAL_TITLES =
      List.of("-Attention", "-Global", "Average", "User+item bias");
  private final Study study;

  SignificanceTables(List<RunResult> runs) {
    study = new Study(runs);
  }

  ResultTable significance(String reference) {
    if (!study.models().containsKey(reference)) {
      throw new InputException(
          "no run of "
              + reference
              + " to compare with; there are: "
              + String.join(", ", study.models().keySet()));
    }
    List<Comparison> comparisons = new ArrayList<>();
    for (boolean overall : new boolean[] {true, false}) {
      for (String other : study.models().keySet()) {
        if (!other.equals(reference) && (overall || bothRateAspects(reference, other))) {
          comparisons.add(Comparison.of(study, reference, other, overall));
        }
      }
    }
    String name = study.title(reference);
    ResultTable.Builder table =
        ResultTable.titled(name + " against the others on " + study.dataset() + ": paired tests");
    columns(table, name);
    double[] tP = holm(comparisons, c -> c.squared().tP());
    double[] wilcoxonP = holm(comparisons, c -> c.absolute().wilcoxonP());
    for (int n = 0; n < comparisons.size(); n++) {
      if (n > 0 && comparisons.get(n).overall() != comparisons.get(n - 1).overall()) {
        table.rule();
      }
      table.row(row(comparisons.get(n), tP[n], wilcoxonP[n]));
    }
    return table
        .note(study.origin())
        .note(
            "Differences are "
                + name
                + " minus the other: below 0, "
                + name
                + " errs less. 95%: bootstrap over test rows, "
                + Statistics.RESAMPLES
                + " resamples.")
        .note(
            "Both tests pair test rows, each row's error averaged over the seeds that both models"
                + " have, on aspects over these too. t: paired, on squared errors, effect d_z ="
                + " mean/sd of the differences. Wilcoxon: signed ranks of absolute errors, effect ="
                + " rank-biserial correlation. p-values are two-sided and corrected by Holm over"
                + " their column.")
        .build();
  }

  private boolean bothRateAspects(String a, String b) {
    return rowsOfAspects(a) > 0 && rowsOfAspects(b) > 0;
  }

  private int rowsOfAspects(String model) {
    return study.models().get(model).get(0).test().aspects().length;
  }

  private void columns(ResultTable.Builder table, String name) {
    String squared = "RMSE, t test";
    String absolute = "MAE, Wilcoxon";
    table
        .column(Column.text("Rating"))
        .column(Column.text(name + " against"))
        .column(Column.number("Seeds", 0))
        .column(Column.number("Rows", 0))
        .column(Column.number("difference", 3).under(squared))
        .column(Column.of("95%", Column.Kind.INTERVAL, 3).under(squared))
        .column(Column.of("p (Holm)", Column.Kind.PROBABILITY, 4).under(squared))
        .column(Column.number("d_z", 2).under(squared))
        .column(Column.number("difference", 3).under(absolute))
        .column(Column.of("95%", Column.Kind.INTERVAL, 3).under(absolute))
        .column(Column.of("p (Holm)", Column.Kind.PROBABILITY, 4).under(absolute))
        .column(Column.number("effect", 2).under(absolute));
  }

  private List<Cell> row(Comparison c, double tP, double wilcoxonP) {
    boolean none = c.seeds() == 0;
    return List.of(
        Cell.of(c.overall() ? "overall" : "aspects"),
        Cell.of(study.title(c.other())),
        Cell.of(c.seeds()),
        none ? Cell.MISSING : Cell.of(c.squared().rows()),
        Cell.of(c.rmseDifference()),
        Cell.of(c.rmse()),
        Cell.of(tP),
        none ? Cell.MISSING : Cell.of(c.squared().cohenDz()),
        Cell.of(c.maeDifference()),
        Cell.of(c.mae()),
        Cell.of(wilcoxonP),
        none ? Cell.MISSING : Cell.of(c.absolute().rankBiserial()));
  }

  private static double[] holm(
      List<Comparison> comparisons, java.util.function.ToDoubleFunction<Comparison> p) {
    return Statistics.holm(
        comparisons.stream()
            .mapToDouble(c -> c == null || c.seeds() == 0 ? Double.NaN : p.applyAsDouble(c))
            .toArray());
  }

  ResultTable claims() {
    List<Comparison> comparisons = new ArrayList<>();
    for (boolean overall : new boolean[] {true, false}) {
      for (String rival : RIVALS) {
        comparisons.add(claim(rival, overall));
      }
    }
    double[] p = holm(comparisons, c -> c.squared().tP());
    ResultTable.Builder table =
        ResultTable.titled("Claims about ratings, held against the runs on " + study.dataset())
            .column(Column.text("Claim"))
            .column(Column.text("Said by"))
            .column(Column.number("ELIXIR", 3).under("RMSE here"))
            .column(Column.number("other", 3).under("RMSE here"))
            .column(Column.number("difference", 3).under("RMSE here"))
            .column(Column.of("95%", Column.Kind.INTERVAL, 3).under("RMSE here"))
            .column(Column.of("p (Holm)", Column.Kind.PROBABILITY, 4))
            .column(Column.text("Seeds won"))
            .column(Column.number("difference in the paper", 3))
            .column(Column.text("Verdict"));
    for (int n = 0; n < comparisons.size(); n++) {
      boolean overall = n < RIVALS.size();
      if (n == RIVALS.size()) {
        table.rule();
      }
      table.row(line(n % RIVALS.size(), overall, comparisons.get(n), p[n]));
    }
    return notes(table).build();
  }

  private Comparison claim(String rival, boolean overall) {
    boolean there =
        study.models().containsKey(ELIXIR)
            && study.models().containsKey(rival)
            && (overall || bothRateAspects(ELIXIR, rival));
    Comparison comparison = there ? Comparison.of(study, ELIXIR, rival, overall) : null;
    return comparison == null || comparison.seeds() == 0 ? null : comparison;
  }

  private List<Cell> line(int rival, boolean overall, Comparison c, double p) {
    String claim =
        "ELIXIR beats "
            + RIVAL_TITLES.get(rival)
            + (overall ? " on overall RMSE" : " on aspect RMSE, mean over aspects");
    boolean own = RIVALS.get(rival).equals("bias");
    String source = own ? "asked by the kit" : overall ? "paper, Table 2" : "paper, Table 3";
    List<Cell> cells = new ArrayList<>(List.of(Cell.of(claim), Cell.of(source)));
    if (c == null) {
      for (int n = 0; n < 6; n++) {
        cells.add(Cell.MISSING);
      }
    } else {
      cells.add(Cell.of(c.reference()));
      cells.add(Cell.of(c.rival()));
      cells.add(Cell.of(c.rmseDifference()));
      cells.add(Cell.of(c.rmse()));
      cells.add(Cell.of(p));
      cells.add(Cell.of(c.won() + " of " + c.seeds()));
    }
    cells.add(Cell.of(published(RIVALS.get(rival), overall)));
    cells.add(Cell.of(c == null ? NOT_RUN : verdict(c, p)));
    return cells;
  }

  /** Decided only when test and interval agree that the difference is not 0. */
  private static String verdict(Comparison c, double p) {
    if (p < LEVEL && c.rmse().high() < 0) {
      return HOLDS;
    }
    return p < LEVEL && c.rmse().low() > 0 ? FAILS : OPEN;
  }

  private double published(String rival, boolean overall) {
    Papers paper = Papers.ELIXIR;
    Optional<List<Double>> ours =
        overall ? paper.overall(study.dataset(), ELIXIR) : paper.aspects(study.dataset(), ELIXIR);
    Optional<List<Double>> theirs =
        overall ? paper.overall(study.dataset(), rival) : paper.aspects(study.dataset(), rival);
    return ours.isPresent() && theirs.isPresent()
        ? ours.get().get(0) - theirs.get().get(0)
        : Double.NaN;
  }

  private ResultTable.Builder notes(ResultTable.Builder table) {
    table.note(study.origin());
    table.note(
        "Differences are ELIXIR minus the other: below 0, ELIXIR errs less. A claim holds when the"
            + " paired t test on squared errors (Holm over all claims) gives p < 0.05 and the 95%"
            + " interval (bootstrap over test rows) lies below 0; it does not hold when the interval"
            + " lies above 0; else it is not decided.");
    table.note(
        "The test covers the choice of test rows, not of seeds; \"seeds won\" counts the seeds in"
            + " which ELIXIR has the lower RMSE.");
    Papers.ELIXIR
        .beside(study.dataset())
        .ifPresent(b -> table.note(b.note() + " (" + Papers.ELIXIR.source() + ")"));
    return table;
  }
}
