package explainrec.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The multi-aspect beer reviews of McAuley et al. (2012) in their raw forms: a Python dictionary
 * literal a line, or blocks of {@code key: value} lines with blank lines between.
 *
 * <p>Ratings are numbers from 1 to 5 (BeerAdvocate) or fractions such as {@code 13/20} (RateBeer),
 * whose denominator is the scale's end. A rating of 0, which both sites used for "not given", is
 * missing.
 */
public final class BeerSource implements ReviewSource {
  private static final List<String> ASPECTS = List.of("appearance", "aroma", "palate", "taste");

  private static final List<String> RATINGS =
      List.of(
          "review/overall", "review/appearance", "review/aroma", "review/palate", "review/taste");
  private static final int LOOK_AHEAD = 1000; // records to find each rating's scale in

  private final Path file;
  private final String name;
  private final boolean blocks;
  private final Scale overall;
  private final List<Scale> scales;

  /**
   * Prepares to read a file.
   *
   * @param file the file, packed or not
   * @param name the data set's name
   * @throws InputException when its first records cannot be read
   */
  public BeerSource(Path file, String name) {
    this.file = file;
    this.name = name;
    try (Lines lines = new Lines(file)) {
      String line = lines.nextFilled();
      this.blocks = line != null && !line.startsWith("{");
    }
    Map<String, String> first = new LinkedHashMap<>();
    int[] looked = {0};
    records(
        (record, line) -> {
          record.forEach(
              (key, value) -> {
                if (value != null) {
                  first.putIfAbsent(key, value);
                }
              });
          return ++looked[0] < LOOK_AHEAD && !first.keySet().containsAll(RATINGS);
        });
    if (first.isEmpty()) {
      throw new InputException(file + ":1: the file has no records; give another file");
    }
    overall = scale(first.get("review/overall"));
    scales = ASPECTS.stream().map(aspect -> scale(first.get("review/" + aspect))).toList();
  }

  /** Hears of records, and tells whether it wants more. */
  @FunctionalInterface
  private interface Records {
    boolean accept(Map<String, String> record, long line);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> aspects() {
    return ASPECTS;
  }

  @Override
  public Scale overallScale() {
    return overall;
  }

  @Override
  public List<Scale> aspectScales() {
    return scales;
  }

  @Override
  public void read(Consumer<Review> sink) {
    records(
        (record, line) -> {
          sink.accept(review(record, line));
          return true;
        });
  }

  @Override
  public String fingerprint() {
    return new Digest().add("beer").add(file).hex();
  }

  /** Whether a record is in the beer files' form. */
  static boolean fits(Map<String, String> record) {
    return record.containsKey("review/overall") && record.containsKey("review/text");
  }

  private Review review(Map<String, String> record, long line) {
    double[] aspects = new double[ASPECTS.size()];
    for (int n = 0; n < aspects.length; n++) {
      String aspect = ASPECTS.get(n);
      aspects[n] = rating(record.get("review/" + aspect), aspect, scales.get(n), line);
    }
    String user = record.get("review/profileName");
    user = user == null ? record.get("user/profileName") : user;
    String item = record.get("beer/beerId");
    item = item == null ? record.get("beer/name") : item;
    String time = record.get("review/time");
    time = time == null ? record.get("review/timeUnix") : time;
    return new Review(
        filled(user),
        filled(item),
        rating(record.get("review/overall"), "overall", overall, line),
        aspects,
        filled(record.get("review/text")),
        time == null || !time.strip().matches("-?\\d{1,18}")
            ? Review.NO_TIME
            : Long.parseLong(time.strip()),
        line);
  }

  private static String filled(String value) {
    return value == null ? "" : value.strip();
  }

  private static Scale scale(String value) {
    int slash = value == null ? -1 : value.indexOf('/');
    if (slash >= 0) {
      try {
        return new Scale(1, Double.parseDouble(value.substring(slash + 1)));
      } catch (NumberFormatException e) {
        return Scale.FIVE; // the rating itself is reported, with its line, while reading
      }
    }
    return Scale.FIVE;
  }

  private double rating(String value, String name, Scale scale, long line) {
    if (value == null) {
      return Double.NaN;
    }
    int slash = value.indexOf('/');
    String number = slash >= 0 ? value.substring(0, slash) : value;
    String end = slash >= 0 ? value.substring(slash + 1).strip() : "";
    if (slash >= 0 && !end.equals(Ratings.plain(scale.max()))) {
      throw Ratings.off(value, name, scale, file, line);
    }
    if (number.strip().matches("0+(\\.0*)?")) {
      return Double.NaN;
    }
    return Ratings.parse(number, name, scale, file, line);
  }

  private void records(Records sink) {
    try (Lines lines = new Lines(file)) {
      if (blocks) {
        blocks(lines, sink);
      } else {
        literals(lines, sink);
      }
    }
  }

  private void literals(Lines lines, Records sink) {
    for (String line = lines.nextFilled(); line != null; line = lines.nextFilled()) {
      Map<String, String> record;
      try {
        record = PythonLiteral.dictionary(line);
      } catch (PythonLiteral.Malformed e) {
        throw InputException.at(
            file,
            lines.number(),
            "not a Python dictionary: " + e.getMessage() + "; correct or delete the line");
      }
      if (!sink.accept(record, lines.number())) {
        return;
      }
    }
  }

  private void blocks(Lines lines, Records sink) {
    Map<String, String> record = new LinkedHashMap<>();
    List<String> keys = new ArrayList<>();
    long start = 1;
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (line.isBlank()) {
        if (!record.isEmpty() && !sink.accept(record, start)) {
          return;
        }
        record = new LinkedHashMap<>();
        keys.clear();
        continue;
      }
      if (record.isEmpty()) {
        start = lines.number();
      }
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).matches("\\w+/\\w+")) {
        keys.add(line.substring(0, colon));
        record.put(line.substring(0, colon), line.substring(colon + 1).strip());
      } else if (!keys.isEmpty()) {
        record.merge(keys.get(keys.size() - 1), line, (before, more) -> before + " " + more);
      } else {
        throw InputException.at(
            file,
            lines.number(),
            "expected 'key: value' such as 'review/overall: 4', found '"
                + Ratings.shorten(line)
                + "'; correct or delete the line");
      }
    }
    if (!record.isEmpty()) {
      sink.accept(record, start);
    }
  }
}
