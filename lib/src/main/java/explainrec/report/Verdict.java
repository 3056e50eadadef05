package explainrec.report;

import java.util.Locale;

/** How a claim is judged, and how the two numbers of a comparison are printed. */
final class Verdict {
  /** A corrected p-value below it decides. */
  static final double LEVEL = 0.05;

  private Verdict() {}

  /**
   * Judges a claim: it holds when the mean differs in its favour, p is below {@link #LEVEL} and
   * every seed agrees; it does not hold when the same is true the other way round.
   *
   * @param difference positive in the claim's favour
   * @param seeds number of them
   * @param won seeds in its favour
   * @param lost seeds against it
   * @param p corrected
   */
  static String of(double difference, int seeds, int won, int lost, double p) {
    String one = seeds == 1 ? " (one seed)" : "";
    if (p < LEVEL && difference > 0 && won == seeds) {
      return "holds" + one;
    }
    if (p < LEVEL && difference < 0 && lost == seeds) {
      return "does not hold" + one;
    }
    return "not decided" + one;
  }

  /**
   * Two numbers and the sign between them as printed, so that numbers that print alike are equal.
   *
   * @param decimals digits after the point
   */
  static String against(double left, double right, int decimals) {
    String format = "%." + decimals + "f";
    String first = String.format(Locale.ROOT, format, left).replace('-', '−');
    String second = String.format(Locale.ROOT, format, right).replace('-', '−');
    String sign = first.equals(second) ? "=" : left < right ? "<" : ">";
    return first + " " + sign + " " + second;
  }
}
