package explainrec.data;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns the values of one record, by slot, into a review; shared by JSON Lines and CSV. */
final class MappedRecords {
  private static final int USER = 0;
  private static final int ITEM = 1;
  private static final int OVERALL = 2;
  private static final int TEXT = 3;
  private static final int TIME = 4;
  private static final int ASPECTS = 5;
  private static final int LOOK_AHEAD = 1000; // records in which each mapped column must turn up

  private final Path file;
  private final Mapping mapping;
  private final Map<String, int[]> slots = new HashMap<>();
  private final String[] values;
  private final boolean[] seen;
  private final DateTimeFormatter timeFormat;
  private long records;

  MappedRecords(Path file, Mapping mapping) {
    this.file = file;
    this.mapping = mapping;
    List<String> columns = mapping.columns();
    for (int slot = 0; slot < columns.size(); slot++) {
      int[] before = slots.getOrDefault(columns.get(slot), new int[0]);
      int[] after = Arrays.copyOf(before, before.length + 1);
      after[before.length] = slot;
      slots.put(columns.get(slot), after);
    }
    values = new String[columns.size()];
    seen = new boolean[columns.size()];
    timeFormat = formatter(mapping);
  }

  private static DateTimeFormatter formatter(Mapping mapping) {
    try {
      return mapping.timeFormat().endsWith("seconds")
          ? null
          : DateTimeFormatter.ofPattern(mapping.timeFormat());
    } catch (IllegalArgumentException e) {
      throw InputException.setting(
          "time.format", mapping.timeFormat(), "seconds, milliseconds, or a pattern (yyyy-MM-dd)");
    }
  }

  /** Whether a column is mapped to anything. */
  boolean wants(String column) {
    return slots.containsKey(column);
  }

  /** Notes the value of a column of the current record; null for missing. */
  void put(String column, String value) {
    for (int slot : slots.get(column)) {
      values[slot] = value;
      seen[slot] = true;
    }
  }

  /** Makes the review of the current record and forgets its values. */
  Review take(long line) {
    double[] aspects = new double[values.length - ASPECTS];
    for (int n = 0; n < aspects.length; n++) {
      Mapping.Aspect aspect = mapping.aspects().get(n);
      aspects[n] = Ratings.parse(values[ASPECTS + n], aspect.name(), aspect.scale(), file, line);
    }
    double overall = Ratings.parse(values[OVERALL], "overall", mapping.overallScale(), file, line);
    Review review =
        new Review(
            filled(values[USER]),
            filled(values[ITEM]),
            overall,
            aspects,
            filled(values[TEXT]),
            time(values[TIME], line),
            line);
    Arrays.fill(values, null);
    if (++records == LOOK_AHEAD) {
      checkColumns();
    }
    return review;
  }

  /** Fails when a mapped column never turned up; called at the end of the file too. */
  void checkColumns() {
    List<String> columns = mapping.columns();
    for (int slot = 0; slot < seen.length && records > 0; slot++) {
      if (!seen[slot] && slot != TIME) {
        String what =
            slot < ASPECTS
                ? List.of("user", "item", "overall", "text").get(slot)
                : "aspect " + mapping.aspects().get(slot - ASPECTS).name();
        throw new InputException(
            file
                + ": the mapping '"
                + mapping.name()
                + "' looks for "
                + what
                + " in column '"
                + columns.get(slot)
                + "', which no record has; correct the mapping");
      }
    }
  }

  private static String filled(String value) {
    return value == null ? "" : value.strip();
  }

  private long time(String value, long line) {
    if (value == null || value.isBlank()) {
      return Review.NO_TIME;
    }
    String word = value.strip();
    try {
      if (timeFormat == null) {
        double number = Double.parseDouble(word);
        return (long) (mapping.timeFormat().equals("milliseconds") ? number / 1000 : number);
      }
      TemporalAccessor parsed = timeFormat.parseBest(word, LocalDateTime::from, LocalDate::from);
      return parsed instanceof LocalDateTime moment
          ? moment.toEpochSecond(ZoneOffset.UTC)
          : ((LocalDate) parsed).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    } catch (NumberFormatException | DateTimeException e) {
      throw InputException.at(
          file,
          line,
          "time '"
              + Ratings.shorten(word)
              + "' is not in the mapping's format "
              + mapping.timeFormat());
    }
  }
}
