package explainrec.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All claims of both papers on one page: what holds, what does not, what is not decided. */
final class Overview {
  /** What can become of a claim, in the order of the page. */
  enum Outcome {
    /** Decided in its favour. */
    HOLDS("holds"),
    /** Decided against it. */
    DOES_NOT_HOLD("does not hold"),
    /** Judged, and neither. */
    NOT_DECIDED("not decided"),
    /** Its models did not run. */
    NOT_RUN(ClaimTable.UNDECIDED);

    private final String verdict;

    Outcome(String verdict) {
      this.verdict = verdict;
    }

    /** The outcome that a verdict in a table of claims stands for. */
    static Outcome of(String verdict) {
      if (verdict.equals(NOT_RUN.verdict)) {
        return NOT_RUN;
      }
      for (Outcome outcome : List.of(HOLDS, DOES_NOT_HOLD)) {
        if (verdict.startsWith(outcome.verdict)) {
          return outcome;
        }
      }
      return NOT_DECIDED;
    }
  }

  /** A line of a table of claims. */
  private record Claim(
      String topic,
      Outcome outcome,
      String verdict,
      String sentence,
      Cell published,
      Cell here,
      Cell p) {}

  private final String dataset;
  private final Map<String, ResultTable> topics;

  /**
   * Prepares the page.
   *
   * @param dataset its name
   * @param topics what claims are about, to the table that judges them
   */
  Overview(String dataset, Map<String, ResultTable> topics) {
    this.dataset = dataset;
    this.topics = new LinkedHashMap<>(topics);
  }

  private static int column(ResultTable table, String... titles) {
    for (int c = 0; c < table.columns().size(); c++) {
      for (String title : titles) {
        if (table.columns().get(c).title().startsWith(title)) {
          return c;
        }
      }
    }
    throw new IllegalArgumentException(table.title() + " has no column " + titles[0]);
  }

  private List<Claim> claims(String topic) {
    ResultTable table = topics.get(topic);
    int sentence = column(table, ClaimTable.CLAIM);
    int published = column(table, "published", "paper");
    int here = column(table, ClaimTable.HERE);
    int p = column(table, "p (Holm)");
    int verdict = column(table, ClaimTable.VERDICT);
    List<Claim> claims = new ArrayList<>();
    for (ResultTable.Line line : table.lines()) {
      List<Cell> cells = line.cells();
      claims.add(
          new Claim(
              topic,
              Outcome.of(cells.get(verdict).text()),
              cells.get(verdict).text(),
              cells.get(sentence).text(),
              cells.get(published),
              cells.get(here),
              cells.get(p)));
    }
    return claims;
  }

  /** How many claims hold, by topic. */
  ResultTable counts() {
    ResultTable.Builder table =
        ResultTable.titled("What holds on " + dataset)
            .column(Column.text("Claims about"))
            .column(Column.number("claims", 0))
            .column(Column.number("hold", 0))
            .column(Column.number("do not hold", 0))
            .column(Column.number("not decided", 0))
            .column(Column.number("not run", 0));
    int[] all = new int[1 + Outcome.values().length];
    for (String topic : topics.keySet()) {
      int[] counts = new int[all.length];
      for (Claim claim : claims(topic)) {
        counts[0]++;
        counts[1 + claim.outcome().ordinal()]++;
      }
      table.row(row(topic, counts));
      for (int k = 0; k < all.length; k++) {
        all[k] += counts[k];
      }
    }
    return table
        .rule()
        .row(row("all", all))
        .note(
            "Each claim is judged in its own table, with Holm's correction over that table. Not"
                + " decided: the difference may be chance, or the seeds disagree.")
        .build();
  }

  private static List<Cell> row(String topic, int[] counts) {
    List<Cell> cells = new ArrayList<>(List.of(Cell.of(topic)));
    for (int count : counts) {
      cells.add(Cell.of((double) count));
    }
    return cells;
  }

  /** Every claim that was judged, first those that hold. */
  ResultTable lines() {
    ResultTable.Builder table =
        ResultTable.titled("What holds, what does not, what is not decided on " + dataset)
            .column(Column.text("verdict"))
            .column(Column.text("about"))
            .column(Column.text(ClaimTable.CLAIM))
            .column(Column.text("published"))
            .column(Column.text(ClaimTable.HERE))
            .column(Column.of("p (Holm)", Column.Kind.PROBABILITY, 4));
    int left = 0;
    int again = 0;
    Set<String> told = new HashSet<>();
    for (Outcome outcome : Outcome.values()) {
      table.rule();
      for (String topic : topics.keySet()) {
        for (Claim claim : claims(topic)) {
          boolean here = claim.outcome() == outcome;
          boolean judged = here && outcome != Outcome.NOT_RUN;
          left += here && !judged ? 1 : 0;
          if (judged && told.add(outcome + claim.sentence())) {
            table.row(cells(claim));
          } else {
            again += judged ? 1 : 0;
          }
        }
      }
    }
    return table
        .note(
            RunSets.count(left, "further claim")
                + " could not be judged: the models that they are about did not run here.")
        .note(
            RunSets.count(again, "claim")
                + " judged alike with and without leaked rows stand here once.")
        .build();
  }

  private static List<Cell> cells(Claim claim) {
    return List.of(
        Cell.of(claim.verdict()),
        Cell.of(claim.topic()),
        Cell.of(claim.sentence()),
        claim.published(),
        claim.here(),
        claim.p());
  }
}
