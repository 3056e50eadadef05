package explainrec.data;

import java.util.Arrays;

/** Range checks of settings; each failure names the key, the value and what is allowed. */
public final class Check {
  private Check() {}

  /**
   * Requires a whole number in a closed range.
   *
   * @param key the setting's name
   * @param value its value
   * @param min smallest allowed
   * @param max largest allowed
   * @throws InputException when outside
   */
  public static void range(String key, long value, long min, long max) {
    if (value < min || value > max) {
      throw InputException.setting(
          key,
          value,
          "a whole number from " + min + " to " + (max == Integer.MAX_VALUE ? "2^31-1" : max));
    }
  }

  /**
   * Requires a number in a closed range; NaN is outside every range.
   *
   * @param key the setting's name
   * @param value its value
   * @param min smallest allowed
   * @param max largest allowed
   * @throws InputException when outside
   */
  public static void range(String key, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw InputException.setting(key, value, "a number from " + min + " to " + max);
    }
  }

  /**
   * Requires {@code auto} or a number in a closed range.
   *
   * @param key the setting's name
   * @param value its value
   * @param min smallest allowed
   * @param max largest allowed
   * @throws InputException when it is neither
   */
  public static void autoOrRange(String key, String value, double min, double max) {
    if (value.equals("auto")) {
      return;
    }
    try {
      double number = Double.parseDouble(value);
      if (number >= min && number <= max) {
        return;
      }
    } catch (NumberFormatException e) {
      // Neither a number nor the word: the same answer.
    }
    throw InputException.setting(key, value, "auto, or a number from " + min + " to " + max);
  }

  /**
   * Requires one of a few words.
   *
   * @param key the setting's name
   * @param value its value
   * @param allowed the words
   * @throws InputException when it is none of them
   */
  public static void oneOf(String key, String value, String... allowed) {
    if (!Arrays.asList(allowed).contains(value)) {
      throw InputException.setting(key, value, String.join(" | ", allowed));
    }
  }
}
