package explainrec.report;

import explainrec.data.InputException;
import explainrec.run.ReviewResult;
import explainrec.run.ReviewResult.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** What written reviews say about the generated world, counted. */
final class ReviewContentTable {
  /** The shares, in the order of the columns; each is pooled over all reviews. */
  enum Share {
    /** Aspects of the real reviews that the written ones speak of, too. */
    SAID("real aspects also said", Content::aspectsShared, Content::aspectsReal),
    /** Aspects of the written reviews that the real ones speak of, too. */
    ASKED("said aspects also real", Content::aspectsShared, Content::aspects),
    /** Of the shared aspects, praised where the real one praises, and so on. */
    POLARITY("polarity right", Content::polarityRight, Content::aspectsShared),
    /** Features of the written reviews that the item really has. */
    FEATURES("features of this item", Content::featuresOfItem, Content::features);

    private final String title;
    private final ToIntFunction<Content> part;
    private final ToIntFunction<Content> whole;

    Share(String title, ToIntFunction<Content> part, ToIntFunction<Content> whole) {
      this.title = title;
      this.part = part;
      this.whole = whole;
    }

    String title() {
      return title;
    }

    /** Percent; NaN when there is nothing to take a share of. */
    double percent(List<Content> content) {
      long parts = content.stream().mapToLong(part::applyAsInt).sum();
      long all = content.stream().mapToLong(whole::applyAsInt).sum();
      return all == 0 ? Double.NaN : 100.0 * parts / all;
    }
  }

  private ReviewContentTable() {}

  static ResultTable of(List<ReviewResult> all, Map<String, List<Content>> beside) {
    ReviewRuns runs = new ReviewRuns(all);
    if (runs.all().stream().anyMatch(run -> run.test().content() == null)) {
      throw new InputException(
          runs.dataset()
              + ": what a review says can be counted on the generated world only, --data world");
    }
    ResultTable.Builder table =
        ResultTable.titled("What the written reviews say, counted on " + runs.dataset())
            .column(Column.text("Reviews by"))
            .column(Column.of("written", Column.Kind.SEEDS, 2).under("aspects a review"))
            .column(Column.number("real", 2).under("aspects a review"))
            .column(percent(Share.SAID).under("aspects, %"))
            .column(percent(Share.ASKED).under("aspects, %"))
            .column(percent(Share.POLARITY).under("aspects, %"))
            .column(Column.of("a review", Column.Kind.SEEDS, 2).under("features"))
            .column(Column.of("of this item, %", Column.Kind.SEEDS, 1).higher().under("features"))
            .column(Column.of("made up, %", Column.Kind.SEEDS, 1).lower().under("features"));
    for (SeedGroup<ReviewResult> group : runs.groups()) {
      Function<ToDoubleFunction<List<Content>>, Cell> cell =
          number -> group.overSeeds(run -> number.applyAsDouble(run.test().content()));
      table.row(row(group.title(), cell));
    }
    if (!beside.isEmpty()) {
      table.rule();
    }
    beside.forEach(
        (title, content) ->
            table.row(row(title, number -> Cell.of(number.applyAsDouble(content))), false));
    return table
        .note(ReviewNotes.languageModels(runs.all()))
        .note(runs.origin())
        .note(
            "Counted over all test rows: aspects of the real review that the written one speaks of,"
                + " aspects of the written one that the real one speaks of, and how many of the"
                + " shared ones are praised or blamed alike. A statement's aspect is that"
                + " of its feature. A feature is made up when this item does not have it.")
        .build();
  }

  private static Column percent(Share share) {
    return Column.of(share.title(), Column.Kind.SEEDS, 1).higher();
  }

  private static List<Cell> row(
      String title, Function<ToDoubleFunction<List<Content>>, Cell> cell) {
    List<Cell> cells = new ArrayList<>(List.of(Cell.of(title)));
    cells.add(cell.apply(content -> mean(content, Content::aspects)));
    cells.add(Cell.of(cell.apply(content -> mean(content, Content::aspectsReal)).value()));
    cells.add(cell.apply(Share.SAID::percent));
    cells.add(cell.apply(Share.ASKED::percent));
    cells.add(cell.apply(Share.POLARITY::percent));
    cells.add(cell.apply(content -> mean(content, Content::features)));
    cells.add(cell.apply(Share.FEATURES::percent));
    cells.add(cell.apply(content -> 100 - Share.FEATURES.percent(content)));
    return cells;
  }

  private static double mean(List<Content> content, ToIntFunction<Content> number) {
    return content.stream().mapToInt(number).average().orElse(Double.NaN);
  }
}
