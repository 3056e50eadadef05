package explainrec.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is published of MMI, read from {@code papers/mmi.yaml}.
 *
 * @param name the paper's method
 * @param source where it was published
 * @param column heading over the paper's numbers
 * @param note how far they are comparable, a sentence for the foot of a table
 * @param tables the appendix's tables by name
 * @param titles model key to the name in tables
 * @param claims what is said to be better than what
 * @param settings what paper and code have for each setting
 */
record MmiPaper(
    String name,
    String source,
    String column,
    String note,
    Map<String, Published> tables,
    Map<String, String> titles,
    List<Claim> claims,
    Map<String, Setting> settings) {
  /** MMI, arXiv 2407.13274. */
  static final MmiPaper MMI = Papers.read("mmi", MmiPaper.class);

  /**
   * One of the appendix's tables.
   *
   * @param title what it is about
   * @param columns names of numbers as in the runs' files
   * @param rows generators
   */
  record Published(String title, List<String> columns, List<Row> rows) {}

  /**
   * A row of a table.
   *
   * @param model key
   * @param align as in {@link ExplanationVariant}
   * @param changes as there
   * @param values as printed, one a column
   */
  record Row(String model, String align, List<String> changes, List<Double> values) {
    /** Nothing changed where nothing is said. */
    Row {
      changes = changes == null ? List.of() : changes;
    }
  }

  /**
   * A generator's score is said to be above another's.
   *
   * @param source who says so; {@code kit} for a question of this kit
   * @param model key of both
   * @param align as in {@link ExplanationVariant}, of the one said to be above
   * @param changes as there
   * @param estimated whether FMR is of features estimated from the user's and the item's train rows
   * @param over the one said to be below; the backbone where nothing is said
   * @param score its name in the runs' files
   * @param top restricts FMR to so many most frequent features; 0 for all
   * @param gain whether the gain over the backbone with estimated features is said to be above the
   *     gain with extracted ones
   * @param factor what the lower score is multiplied by; 0.8 for "no worse than 20% below"
   */
  record Claim(
      String source,
      String model,
      String align,
      List<String> changes,
      boolean estimated,
      Over over,
      String score,
      int top,
      boolean gain,
      Double factor) {
    /** Fills in what is left out. */
    Claim {
      changes = changes == null ? List.of() : changes;
      over = over == null ? new Over(ExplanationVariant.NONE, List.of()) : over;
      factor = factor == null ? 1.0 : factor;
    }
  }

  /**
   * The lower side of a claim.
   *
   * @param align as in {@link ExplanationVariant}
   * @param changes as there
   */
  record Over(String align, List<String> changes) {
    /** Nothing changed where nothing is said. */
    Over {
      changes = changes == null ? List.of() : changes;
    }
  }

  /**
   * A setting's published values.
   *
   * @param paper the paper's; null when it says nothing
   * @param code the authors' code's; null when there is nothing
   * @param from where the kit's default comes from: {@code paper}, {@code code}, {@code inferred}
   */
  record Setting(String paper, String code, String from) {}

  /** A published number; empty where none is at hand. */
  Optional<Double> value(String model, String align, List<String> changes, String score) {
    for (Published table : tables.values()) {
      int column = table.columns().indexOf(score);
      for (Row row : table.rows()) {
        boolean same =
            row.model().equals(model) && row.align().equals(align) && row.changes().equals(changes);
        if (same && column >= 0) {
          return Optional.of(row.values().get(column));
        }
      }
    }
    return Optional.empty();
  }
}
