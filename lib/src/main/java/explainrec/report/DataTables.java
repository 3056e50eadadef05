package explainrec.report;

import explainrec.data.ColdStart;
import explainrec.data.DataStatistics;
import explainrec.data.FilterStep;
import explainrec.data.LeakAudit;
import explainrec.data.Prepared;
import explainrec.data.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tables about data: what filters leave, the paper's Table 1, splits, cold starts, leaks. */
public final class DataTables {
  private DataTables() {}

  /**
   * Reviews, users and items left after each step.
   *
   * @param steps in order, the first being what was read
   * @return a row a step
   */
  public static ResultTable steps(List<FilterStep> steps) {
    ResultTable.Builder table =
        ResultTable.titled("From raw reviews to interactions")
            .column(Column.text("After the step"))
            .column(Column.number("Reviews", 0))
            .column(Column.number("Users", 0))
            .column(Column.number("Items", 0));
    for (FilterStep step : steps) {
      table.row(
          List.of(
              Cell.of(step.name()),
              Cell.of(step.rows()),
              Cell.of(step.users()),
              Cell.of(step.items())));
    }
    return table.build();
  }

  /**
   * The data set beside those of the paper's Table 1; after filtering in brackets, as there.
   *
   * @param statistics ours
   * @return a row a data set
   */
  public static ResultTable table1(DataStatistics statistics) {
    ResultTable.Builder table =
        ResultTable.titled("Data, as in the paper's Table 1 (after filtering in brackets)");
    for (String title : List.of("Data", "Aspects", "Users", "Items", "Interactions")) {
      table.column(Column.text(title));
    }
    table.row(
        texts(
            statistics.name() + " (here)",
            Integer.toString(statistics.aspects().size()),
            both(statistics.rawUsers(), statistics.users()),
            both(statistics.rawItems(), statistics.items()),
            both(statistics.rawInteractions(), statistics.interactions())));
    table.rule();
    Papers.ELIXIR
        .data()
        .forEach(
            (name, size) ->
                table.row(
                    texts(
                        name + " (paper)",
                        Integer.toString(size.aspects()),
                        both(size.users(), size.keptUsers()),
                        both(size.items(), size.keptItems()),
                        size.interactions() + " (" + size.keptInteractions() + ")")));
    return table
        .note(
            String.format(
                Locale.ROOT,
                "Density here %.2f%%; words a review: mean %.1f, median %.0f.",
                100 * statistics.density(),
                statistics.meanWords(),
                statistics.medianWords()))
        .build();
  }

  private static String both(int before, int after) {
    return String.format(Locale.ROOT, "%,d (%,d)", before, after);
  }

  private static List<Cell> texts(String... texts) {
    List<Cell> cells = new ArrayList<>();
    for (String text : texts) {
      cells.add(Cell.of(text));
    }
    return cells;
  }

  /**
   * Sizes of the split's parts and what of test is new to train.
   *
   * @param prepared the data
   * @return a row a fact
   */
  public static ResultTable split(Prepared prepared) {
    Split split = prepared.split();
    ColdStart cold = prepared.coldStart();
    double all = split.data().size();
    ResultTable.Builder table =
        ResultTable.titled("The split (" + split.method() + ", seed " + split.seed() + ")")
            .column(Column.text("Rows"))
            .column(Column.number("Count", 0))
            .column(Column.number("% of all", 1));
    Object[][] rows = {
      {"train", split.train().length},
      {"validation", split.validation().length},
      {"test", split.test().length},
      {"test rows whose user has no train row", cold.rowsOfColdUsers()},
      {"test rows whose item has no train row", cold.rowsOfColdItems()},
      {"test rows with either", cold.rowsOfEither()}
    };
    for (Object[] row : rows) {
      int count = (int) row[1];
      table.row(List.of(Cell.of((String) row[0]), Cell.of(count), Cell.of(100 * count / all)));
    }
    return table
        .note(
            cold.users()
                + " users and "
                + cold.items()
                + " items stand in test but not in train. Split hash "
                + split.hash().substring(0, 16)
                + ": every model uses this one.")
        .build();
  }

  /**
   * The leak audit: texts that stand more than once, within and across parts.
   *
   * @param audit of a split
   * @return a row a pair of parts
   */
  public static ResultTable leaks(LeakAudit audit) {
    Map<String, List<LeakAudit.Count>> pairs = new LinkedHashMap<>();
    for (LeakAudit.Count count : audit.counts()) {
      pairs
          .computeIfAbsent(count.part() + " " + count.standsIn(), pair -> new ArrayList<>())
          .add(count);
    }
    ResultTable.Builder table =
        ResultTable.titled("Leak audit: rows whose text stands again")
            .column(Column.text("Rows of"))
            .column(Column.text("that stand in"))
            .column(Column.number("exact", 0))
            .column(Column.number("normalised", 0))
            .column(Column.number("near", 0))
            .column(Column.number("near, % of the rows", 2))
            .column(Column.text("Examples (row ~ row)"));
    String part = "";
    for (List<LeakAudit.Count> kinds : pairs.values()) {
      if (!part.equals(kinds.get(0).part())) {
        table.rule();
      }
      part = kinds.get(0).part();
      table.row(leaks(kinds));
    }
    return table
        .note(
            String.format(
                Locale.ROOT,
                "Each kind holds the one before: equal texts; equal letters and digits; word %d-shingles"
                    + " with Jaccard similarity of %.2f or more. %d test rows leak from train.",
                audit.shingleWords(),
                audit.nearDuplicate(),
                audit.leakedTest().length))
        .build();
  }

  /** One row: exact, normalised and near repetitions of one pair of parts. */
  private static List<Cell> leaks(List<LeakAudit.Count> kinds) {
    LeakAudit.Count near = kinds.get(kinds.size() - 1);
    List<Cell> cells = new ArrayList<>(texts(near.part(), near.standsIn()));
    kinds.forEach(kind -> cells.add(Cell.of(kind.rows())));
    cells.add(Cell.of(near.of() == 0 ? 0 : 100.0 * near.rows() / near.of()));
    cells.add(Cell.of(examples(near.examples())));
    return cells;
  }

  private static String examples(List<int[]> pairs) {
    return pairs.isEmpty()
        ? null
        : String.join(
            ", ", pairs.stream().limit(3).map(pair -> pair[0] + " ~ " + pair[1]).toList());
  }
}
