package explainrec.report;

import explainrec.metrics.Statistics;
import explainrec.run.ReviewResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The claims about written reviews, each judged on the runs of one data set. */
final class ReviewClaims {
  private static final List<ReviewMetric> JUDGED =
      List.of(
          ReviewMetric.METEOR,
          ReviewMetric.BLEU,
          ReviewMetric.ROUGE_1,
          ReviewMetric.ROUGE_2,
          ReviewMetric.ROUGE_L,
          ReviewMetric.BERT_F1);

  /** What the paper's table of eta prints, in its order. */
  static final List<ReviewMetric> OF_SETTINGS =
      List.of(ReviewMetric.METEOR, ReviewMetric.BLEU, ReviewMetric.ROUGE_2);

  private static final String TESTS =
      "METEOR, ROUGE, BERTScore: paired t-test on one score a test row, averaged over seeds, with"
          + " Cohen's d_z. BLEU has no score a row: paired bootstrap over test rows, "
          + Statistics.RESAMPLES
          + " resamples; where all of them agree, p is that of a normal distribution with their"
          + " mean and deviation.";
  private static final String RULE =
      "A claim holds when the mean score differs in its favour with p < 0.05 (Holm over this"
          + " table) and every seed agrees; it does not hold when the same is true the other way"
          + " round; else it is not decided.";

  private ReviewClaims() {}

  /** One comparison with its place in a table. */
  private record Line(
      String claim, Cell published, ReviewMetric metric, Optional<PairedComparison> found) {}

  /**
   * Model against model, on all test rows or on those that are not leaked.
   *
   * @param all runs of one data set; those with a tag stand in for models that have none without
   */
  static ResultTable models(List<ReviewResult> all, boolean withoutLeaked) {
    ReviewRuns runs = new ReviewRuns(all);
    int[] kept = runs.rows(withoutLeaked);
    boolean bert = all.stream().anyMatch(run -> run.test().bertF1() != null);
    List<Line> lines = new ArrayList<>();
    for (ReviewMetric metric : JUDGED) {
      for (Papers.Claim claim : Papers.ELIXIR.reviewClaims()) {
        if (bert || !metric.bert()) {
          lines.add(line(runs, claim, metric, kept));
        }
      }
    }
    String where = runs.dataset() + (withoutLeaked ? " without leaked rows" : "");
    ResultTable.Builder table =
        rows("Claims about reviews, judged on " + where, runs, lines)
            .note(ReviewNotes.family(runs.all()));
    return withoutLeaked ? table.note(ReviewNotes.leaks(runs)).build() : table.build();
  }

  private static Line line(ReviewRuns runs, Papers.Claim claim, ReviewMetric metric, int[] kept) {
    List<SeedGroup<ReviewResult>> sides =
        Variants.comparable(runs.groups(), claim.better(), claim.worse());
    String tag = sides.isEmpty() ? "" : Variants.tag(sides.get(0).model());
    String words =
        title(claim.better())
            + " beats "
            + title(claim.worse())
            + ", "
            + metric.title()
            + (tag.isEmpty() ? "" : " (" + tag + ")");
    Cell published =
        paper(
            Papers.ELIXIR.reviews(runs.dataset(), claim.better()),
            Papers.ELIXIR.reviews(runs.dataset(), claim.worse()),
            metric.ordinal());
    return new Line(
        words,
        published,
        metric,
        sides.isEmpty() ? Optional.empty() : compare(sides.get(0), sides.get(1), metric, kept));
  }

  private static Optional<PairedComparison> compare(
      SeedGroup<ReviewResult> left,
      SeedGroup<ReviewResult> right,
      ReviewMetric metric,
      int[] kept) {
    SomeRows score = new SomeRows(metric, kept);
    boolean measured =
        left != null
            && right != null
            && !Double.isNaN(left.mean(score))
            && !Double.isNaN(right.mean(score));
    return measured ? PairedComparison.of(left, right, score) : Optional.empty();
  }

  private static String title(String model) {
    return Papers.ELIXIR.titles().getOrDefault(model, model);
  }

  private static Cell paper(Optional<List<Double>> left, Optional<List<Double>> right, int place) {
    return left.isEmpty() || right.isEmpty()
        ? Cell.MISSING
        : Cell.of(Verdict.against(left.get().get(place), right.get().get(place), 2));
  }

  /**
   * Setting against setting: eta step by step, and the kit's own questions about psi and others.
   *
   * @param all runs of one data set, variants included
   */
  static ResultTable settings(List<ReviewResult> all) {
    ReviewRuns every = new ReviewRuns(all);
    int[] kept = every.rows(false);
    List<Line> lines = new ArrayList<>();
    List<ReviewResult> used = new ArrayList<>();
    for (ReviewMetric metric : OF_SETTINGS) {
      for (Papers.SettingClaim claim : Papers.ELIXIR.settingClaims()) {
        List<ReviewResult> sweep = Variants.sweepReviews(all, "elixir", claim.setting());
        used.addAll(sweep);
        lines.add(
            new Line(
                claim.sentence() + ", " + metric.title(),
                published(every.dataset(), claim, metric),
                metric,
                compare(
                    value(sweep, claim.setting(), claim.better()),
                    value(sweep, claim.setting(), claim.worse()),
                    metric,
                    kept)));
      }
    }
    ReviewRuns runs =
        used.isEmpty() ? every : new ReviewRuns(List.copyOf(new java.util.LinkedHashSet<>(used)));
    return rows("Claims about ELIXIR's settings, judged on " + every.dataset(), runs, lines)
        .note("Each pair of runs differs in this one setting and in nothing else.")
        .build();
  }

  private static SeedGroup<ReviewResult> value(
      List<ReviewResult> sweep, String setting, String value) {
    List<ReviewResult> runs =
        sweep.stream()
            .filter(run -> String.valueOf(run.settings().get(setting)).equals(value))
            .toList();
    return runs.isEmpty() ? null : new SeedGroup<>("elixir", runs.get(0).title(), runs);
  }

  private static Cell published(String dataset, Papers.SettingClaim claim, ReviewMetric metric) {
    boolean known =
        claim.setting().equals("promptTokens") && Papers.ELIXIR.beside(dataset).isPresent();
    int place = OF_SETTINGS.indexOf(metric);
    return known
        ? Cell.of(
            Verdict.against(
                Papers.ELIXIR.promptTokens().get(Integer.valueOf(claim.better())).get(place),
                Papers.ELIXIR.promptTokens().get(Integer.valueOf(claim.worse())).get(place),
                2))
        : Cell.MISSING;
  }

  private static ResultTable.Builder rows(String title, ReviewRuns runs, List<Line> lines) {
    double[] corrected = PairedComparison.holm(lines.stream().map(Line::found).toList());
    ResultTable.Builder table = ClaimTable.titled(title, ClaimTable.paper(runs.dataset()));
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      if (i > 0 && line.metric() != lines.get(i - 1).metric()) {
        table.rule();
      }
      table.row(cells(line, corrected[i]));
    }
    return table
        .note(ReviewNotes.languageModels(runs.all()))
        .note(runs.origin())
        .note(RULE + " A dash under the paper's numbers marks a question of this kit.")
        .note(TESTS);
  }

  private static List<Cell> cells(Line line, double p) {
    if (line.found().isEmpty()) {
      return ClaimTable.missing(line.claim(), line.published());
    }
    PairedComparison c = line.found().get();
    return List.of(
        Cell.of(line.claim()),
        line.published(),
        Cell.of(Verdict.against(c.left(), c.right(), 2)),
        Cell.of(ClaimTable.difference(c.left() - c.right(), c.interval(), 2)),
        Cell.of(c.leftBetter() + " of " + c.seeds()),
        Cell.of(p),
        Cell.of(c.effect()),
        Cell.of(verdict(c, p)));
  }

  /**
   * Judges a claim.
   *
   * @param c the comparison, or null when a run is missing
   * @param p the corrected p-value
   */
  static String verdict(PairedComparison c, double p) {
    return c == null
        ? ClaimTable.UNDECIDED
        : Verdict.of(c.left() - c.right(), c.seeds(), c.leftBetter(), c.rightBetter(), p);
  }
}
