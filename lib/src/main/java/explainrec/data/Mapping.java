package explainrec.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which column (or JSON key) of a file holds what; written as YAML beside the file, see {@code
 * data/README.md}.
 *
 * @param name the data set's name: letters, digits and hyphens
 * @param format {@code jsonl}, {@code csv} or {@code tsv}
 * @param user column of the reviewer's id
 * @param item column of the item's id
 * @param overall column of the overall rating
 * @param overallScale its scale
 * @param text column of the review
 * @param time column of the date; empty for none, and a file may lack it
 * @param timeFormat {@code seconds} or {@code milliseconds} since 1970, or a pattern such as {@code
 *     yyyy-MM-dd}
 * @param aspects the aspect ratings, in order; may be empty
 * @param others when present, every further column with a number in the first record is an aspect
 *     on this scale
 */
public record Mapping(
    String name,
    String format,
    String user,
    String item,
    String overall,
    Scale overallScale,
    String text,
    String time,
    String timeFormat,
    List<Aspect> aspects,
    Optional<Scale> others) {

  /** The format of files with one JSON object a line. */
  public static final String JSON_LINES = "jsonl";

  /** The format of comma-separated files with a header. */
  public static final String CSV = "csv";

  /** The format of tab-separated files with a header. */
  public static final String TSV = "tsv";

  /**
   * One aspect of a mapping.
   *
   * @param name the aspect's name in tables, lower case
   * @param column the column that holds its rating
   * @param scale the scale it is rated on
   */
  public record Aspect(String name, String column, Scale scale) {}

  /** Checks the words. */
  public Mapping {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9-]*")) {
      throw InputException.setting("name", name, "letters, digits and hyphens (in a mapping)");
    }
    Check.oneOf("format", format, JSON_LINES, CSV, TSV);
    aspects = List.copyOf(aspects);
  }

  /**
   * Tells how well this mapping fits a file.
   *
   * @param record the first record of the file, column to value
   * @return mapped columns that the record has; 0 when one that must be there is not
   */
  int fit(Map<String, String> record) {
    int found = 0;
    for (String column : columns()) {
      if (record.containsKey(column)) {
        found++;
      } else if (!column.equals(time)) {
        return 0;
      }
    }
    return found;
  }

  /** All mapped columns: user, item, overall, text, time, then the aspects. */
  List<String> columns() {
    List<String> columns = new ArrayList<>(List.of(user, item, overall, text, time));
    aspects.forEach(aspect -> columns.add(aspect.column()));
    return columns;
  }

  /** This mapping for a file's format; the kit's own form takes the file's name too. */
  Mapping in(String itsFormat, String itsName) {
    return new Mapping(
        others.isPresent() ? itsName : name,
        itsFormat,
        user,
        item,
        overall,
        overallScale,
        text,
        time,
        timeFormat,
        aspects,
        others);
  }

  /** The same mapping with the aspects that {@code "*"} stands for in a file written out. */
  Mapping resolve(Map<String, String> firstRecord) {
    if (others.isEmpty()) {
      return this;
    }
    List<Aspect> all = new ArrayList<>(aspects);
    List<String> named = columns();
    firstRecord.forEach(
        (column, value) -> {
          if (!named.contains(column) && isNumber(value)) {
            all.add(new Aspect(column.toLowerCase(Locale.ROOT), column, others.get()));
          }
        });
    return new Mapping(
        name,
        format,
        user,
        item,
        overall,
        overallScale,
        text,
        time,
        timeFormat,
        all,
        Optional.empty());
  }

  private static boolean isNumber(String value) {
    try {
      return value != null && !Double.isNaN(Double.parseDouble(value));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
