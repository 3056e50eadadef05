package explainrec.data;

import java.nio.file.Path;

/** Reads one rating; missing becomes NaN, anything else off its scale is an error. */
final class Ratings {
  private Ratings() {}

  static double parse(String value, String name, Scale scale, Path file, long line) {
    if (value == null || value.isBlank()) {
      return Double.NaN;
    }
    double rating;
    try {
      rating = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw off(value, name, scale, file, line);
    }
    if (!scale.contains(rating)) {
      throw off(value, name, scale, file, line);
    }
    return rating;
  }

  static InputException off(String value, String name, Scale scale, Path file, long line) {
    return InputException.at(
        file,
        line,
        name
            + " rating '"
            + shorten(value)
            + "' is not a number from "
            + plain(scale.min())
            + " to "
            + plain(scale.max())
            + "; correct the line, or the scale in the mapping");
  }

  static String shorten(String value) {
    String line = value.replaceAll("\\s+", " ");
    return line.length() <= 40 ? line : line.substring(0, 40) + "...";
  }

  static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
