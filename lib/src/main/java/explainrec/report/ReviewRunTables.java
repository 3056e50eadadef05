package explainrec.report;

import explainrec.metrics.Statistics;
import explainrec.run.ReviewResult;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Tables about review runs: size, cost, texts, deviations. */
final class ReviewRunTables {
  private static final String PSI = "psi";
  private static final String RATING = "rating";
  private static final String LM = "lm";
  private static final double MILLION = 1e6;

  private ReviewRunTables() {}

  static ResultTable parameters(ReviewResult run, long ratingModule, List<PsiSize> sizes) {
    ResultTable.Builder table =
        ResultTable.titled(run.title() + ": numbers by part, " + run.data().name())
            .column(Column.text("Part"))
            .column(Column.text("how it is learnt"))
            .column(Column.number("numbers", 0))
            .column(Column.number("times " + stated(), 2));
    Map<String, Long> trained = run.cost().parameters();
    long all = 0;
    boolean joint = trained.containsKey(RATING);
    long rating = joint ? trained.get(RATING) : ratingModule;
    if (rating > 0) {
      all += rating;
      table.row(size("rating module", joint ? "with psi" : "before psi, then frozen", rating));
    }
    long psi = trained.getOrDefault(PSI, 0L);
    all += psi;
    table.row(size(psi(run), "trained", psi));
    if (run.lm() != null) {
      all += run.lm().parameters();
      String how = run.lm().frozen() ? "pre-trained, frozen" : "pre-trained, then with psi";
      table.row(size(run.lm().name(), how, run.lm().parameters()));
    }
    table.rule().row(size("all of this run", "", all));
    String psiBefore = "";
    for (PsiSize size : sizes) {
      if (!size.where().equals(psiBefore)) {
        table.rule();
      }
      psiBefore = size.where();
      table.row(size(size.psi() + " at " + size.where() + "'s size", "", size.numbers()));
    }
    table.rule().row(size("ELIXIR as the paper counts it", "", stated(1)));
    if (run.lm() != null) {
      table.note("Language model: " + run.lm().label() + ".");
    }
    return table
        .note(
            "The paper's "
                + stated()
                + " is T5-small's own size; psi, which is what is trained, is not counted in it.")
        .build();
  }

  private static String stated() {
    return Papers.ELIXIR.statedMillions() + "M";
  }

  private static double stated(double times) {
    return times * Papers.ELIXIR.statedMillions() * MILLION;
  }

  private static String psi(ReviewResult run) {
    return Arrays.asList("psi", "promptTokens").stream()
        .filter(key -> run.settings().containsKey(key))
        .map(key -> (key.equals("psi") ? "psi " : "eta ") + run.settings().get(key))
        .collect(Collectors.joining(", "));
  }

  private static List<Cell> size(String part, String how, double numbers) {
    return List.of(Cell.of(part), Cell.of(how), Cell.of(numbers), Cell.of(numbers / stated(1)));
  }

  static ResultTable cost(List<ReviewResult> all) {
    ReviewRuns runs = new ReviewRuns(all);
    ResultTable.Builder table =
        ResultTable.titled("What writing reviews costs on " + runs.dataset())
            .column(Column.text("Model"))
            .column(Column.number("trained numbers", 0))
            .column(Column.number("epochs", 0))
            .column(Column.number("best epoch", 1))
            .column(Column.of("seconds an epoch", Column.Kind.SEEDS, 1))
            .column(Column.of("reviews a second", Column.Kind.SEEDS, 0))
            .column(Column.of("seconds to write the test", Column.Kind.SEEDS, 1))
            .column(Column.of("seconds in all", Column.Kind.SEEDS, 1))
            .column(Column.number("peak memory, MiB", 0))
            .column(Column.text("device"));
    for (SeedGroup<ReviewResult> group : runs.groups()) {
      Set<String> devices = new LinkedHashSet<>();
      group.runs().forEach(run -> devices.add(run.device()));
      table.row(
          List.of(
              Cell.of(group.title()),
              group.overSeeds(run -> run.cost().trained()),
              group.overSeeds(run -> run.epochs().size()),
              group.overSeeds(ReviewResult::bestEpoch),
              group.overSeeds(run -> run.cost().secondsPerEpoch()),
              group.overSeeds(run -> run.cost().reviewsPerSecond()),
              group.overSeeds(run -> run.cost().writeSeconds()),
              group.overSeeds(run -> run.cost().seconds()),
              group.overSeeds(run -> run.cost().peakMemoryMiB()),
              Cell.of(String.join(", ", devices))));
    }
    return table
        .note(ReviewNotes.languageModels(runs.all()))
        .note(runs.origin())
        .note("Means over seeds; memory is the highest resident memory of the whole process.")
        .build();
  }

  static ResultTable texts(List<ReviewResult> all) {
    ReviewRuns runs = new ReviewRuns(all);
    ResultTable.Builder table =
        ResultTable.titled("What the written reviews of " + runs.dataset() + " look like")
            .column(Column.text("Model"))
            .column(Column.of("words a review", Column.Kind.SEEDS, 1))
            .column(Column.number("shortest", 0))
            .column(Column.number("longest", 0))
            .column(Column.of("different reviews, %", Column.Kind.SEEDS, 1))
            .column(
                Column.of("loss a token", Column.Kind.SEEDS, 3)
                    .under("of the real reviews")
                    .lower())
            .column(
                Column.of("perplexity", Column.Kind.SEEDS, 1).under("of the real reviews").lower());
    for (SeedGroup<ReviewResult> group : runs.groups()) {
      table.row(
          List.of(
              Cell.of(group.title()),
              group.overSeeds(
                  run -> Arrays.stream(run.test().words()).average().orElse(Double.NaN)),
              Cell.of(
                  Arrays.stream(
                          group.each(run -> Arrays.stream(run.test().words()).min().orElse(0)))
                      .min()
                      .orElse(Double.NaN)),
              Cell.of(
                  Arrays.stream(
                          group.each(run -> Arrays.stream(run.test().words()).max().orElse(0)))
                      .max()
                      .orElse(Double.NaN)),
              group.overSeeds(
                  run -> 100 * run.metrics().getOrDefault("uniqueSentenceRatio", Double.NaN)),
              group.overSeeds(ReviewRunTables::loss),
              group.overSeeds(run -> Math.exp(loss(run)))));
    }
    return table
        .note(ReviewNotes.languageModels(runs.all()))
        .note(runs.origin())
        .note(
            "Loss: mean negative log-likelihood of a real review's tokens, eq. 12, mean over test"
                + " rows; perplexity is e to the power of it. Both depend on the language model's"
                + " tokens.")
        .build();
  }

  private static double loss(ReviewResult run) {
    return run.test().loss() == null ? Double.NaN : Statistics.mean(run.test().loss());
  }
}
