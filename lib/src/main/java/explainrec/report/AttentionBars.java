package explainrec.report;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the rating module sees in one pair, as small bars beside its review. */
final class AttentionBars {
  private static final int FULL_PIXELS = 130;
  private static final String CELL = "border:none;padding:2px 14px 2px 0;text-align:left;";
  private final List<String> aspects;
  private final float[] ratings;
  private final float[] user;
  private final float[] item;

  AttentionBars(List<String> aspects, float[] ratings, float[] user, float[] item) {
    if (ratings.length != aspects.size()
        || user.length != aspects.size()
        || item.length != aspects.size()) {
      throw new IllegalArgumentException(
          "ratings and weights of other than " + aspects.size() + " aspects");
    }
    this.aspects = List.copyOf(aspects);
    this.ratings = ratings.clone();
    this.user = user.clone();
    this.item = item.clone();
  }

  /**
   * Draws the bars.
   *
   * @param written aspects that the written review speaks of
   * @param real aspects that the real review speaks of
   * @param known whether it is known what a review speaks of
   */
  String html(Set<String> written, Set<String> real, boolean known) {
    StringBuilder out = new StringBuilder();
    out.append("<table style=\"border-collapse:collapse;margin:0.5em 0 0 0;font-size:12px\">\n");
    out.append("<tr style=\"background:transparent\">");
    for (String title : List.of("aspect", "predicted", "attention of the user", "of the item")) {
      heading(out, title);
    }
    if (known) {
      heading(out, "spoken of by");
    }
    out.append("</tr>\n");
    for (int a = 0; a < aspects.size(); a++) {
      String aspect = aspects.get(a);
      out.append("<tr style=\"background:transparent\">");
      cell(out, HtmlTable.escape(aspect));
      cell(out, String.format(Locale.ROOT, "%.1f stars", ratings[a]));
      cell(out, bar(user[a], "#0072B2"));
      cell(out, bar(item[a], "#E69F00"));
      if (known) {
        cell(out, who(written.contains(aspect), real.contains(aspect)));
      }
      out.append("</tr>\n");
    }
    return out.append("</table>\n").toString();
  }

  private static void heading(StringBuilder out, String title) {
    out.append("<th style=\"").append(CELL).append("font-weight:600\">");
    out.append(title).append("</th>");
  }

  private static void cell(StringBuilder out, String html) {
    out.append("<td style=\"").append(CELL).append("\">").append(html).append("</td>");
  }

  private static String who(boolean written, boolean real) {
    return written && real ? "both" : written ? "the model" : real ? "the user" : Column.DASH;
  }

  private static String bar(float weight, String colour) {
    double share = Math.max(0, Math.min(1, weight));
    return String.format(
        Locale.ROOT,
        "<span style=\"display:inline-block;width:%dpx\"><span style=\"display:inline-block;"
            + "height:9px;width:%.0fpx;background:%s\"></span></span> %.2f",
        FULL_PIXELS,
        share * FULL_PIXELS,
        colour,
        weight);
  }
}
