package explainrec.report;

import explainrec.run.ReviewResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The paper's table of eta: scores of reviews by number of prompt tokens. */
final class EtaTable {
  private static final String ETA = "promptTokens";

  private EtaTable() {}

  static ResultTable of(List<ReviewResult> all) {
    List<SeedGroup<ReviewResult>> groups = groups(all);
    ReviewRuns every = new ReviewRuns(all);
    Optional<Papers.Beside> beside = Papers.ELIXIR.beside(every.dataset());
    ResultTable.Builder table =
        ResultTable.titled("How many prompt tokens? Reviews on " + every.dataset() + ", percent")
            .column(Column.number("eta", 0));
    for (ReviewMetric metric : ReviewClaims.OF_SETTINGS) {
      Column.Kind seeds = Column.Kind.SEEDS;
      table.column(Column.of(metric.title(), seeds, 2).higher().under("here"));
      table.column(Column.of(metric.title() + " 95%", Column.Kind.INTERVAL, 2).under("here"));
    }
    table.column(Column.of("seconds an epoch", Column.Kind.SEEDS, 1).under("here"));
    if (beside.isPresent()) {
      for (ReviewMetric metric : ReviewClaims.OF_SETTINGS) {
        table.column(Column.number(metric.title(), 2).under("paper, TripAdvisor"));
      }
    }
    TreeSet<Integer> etas = new TreeSet<>(Papers.ELIXIR.promptTokens().keySet());
    groups.forEach(group -> etas.add(eta(group)));
    for (int eta : etas) {
      table.row(row(eta, groups, beside.isPresent()));
    }
    if (groups.isEmpty()) {
      table.note("No runs of ELIXIR here that differ in eta (promptTokens) alone.");
    } else {
      ReviewRuns runs = new ReviewRuns(groups.stream().flatMap(g -> g.runs().stream()).toList());
      table.note(ReviewNotes.languageModels(runs.all())).note(runs.origin());
    }
    beside.ifPresent(
        b ->
            table.note(
                "The paper prints eta on TripAdvisor only, with T5-small; a dash: not run."));
    return table.build();
  }

  private static List<Cell> row(int eta, List<SeedGroup<ReviewResult>> groups, boolean beside) {
    List<Cell> cells = new ArrayList<>(List.of(Cell.of((double) eta)));
    Optional<SeedGroup<ReviewResult>> group =
        groups.stream().filter(g -> eta(g) == eta).findFirst();
    for (ReviewMetric metric : ReviewClaims.OF_SETTINGS) {
      cells.add(
          group
              .map(g -> g.overSeeds(run -> metric.of(run, SeedGroup.once(metric.size(run)))))
              .orElse(Cell.MISSING));
      cells.add(group.map(g -> Cell.of(g.interval(metric))).orElse(Cell.MISSING));
    }
    cells.add(
        group.map(g -> g.overSeeds(run -> run.cost().secondsPerEpoch())).orElse(Cell.MISSING));
    if (beside) {
      List<Double> published = Papers.ELIXIR.promptTokens().get(eta);
      for (int m = 0; m < ReviewClaims.OF_SETTINGS.size(); m++) {
        cells.add(published == null ? Cell.MISSING : Cell.of(published.get(m)));
      }
    }
    return cells;
  }

  /** Runs of ELIXIR that differ in eta alone, ascending; empty when there are none. */
  static List<SeedGroup<ReviewResult>> groups(List<ReviewResult> all) {
    List<ReviewResult> sweep = Variants.sweepReviews(all, "elixir", ETA);
    List<SeedGroup<ReviewResult>> groups = new ArrayList<>();
    for (ReviewResult run : sweep) {
      if (groups.isEmpty() || !groups.get(groups.size() - 1).title().equals(run.title())) {
        List<ReviewResult> seeds =
            sweep.stream().filter(other -> other.title().equals(run.title())).toList();
        groups.add(new SeedGroup<>("elixir", run.title(), seeds));
      }
    }
    return groups;
  }

  static int eta(SeedGroup<ReviewResult> group) {
    return ((Number) group.runs().get(0).settings().get(ETA)).intValue();
  }
}
