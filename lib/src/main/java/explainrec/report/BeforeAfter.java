package explainrec.report;

import explainrec.data.InputException;
import explainrec.data.WorldContent;
import explainrec.data.WorldExplanation;
import explainrec.data.WorldPolarity;
import explainrec.data.WorldReading;
import explainrec.data.WorldSpan;
import explainrec.data.WorldTruth;
import explainrec.run.WrittenExplanation;
import java.util.List;
import java.util.Locale;

/**
 * What a generator writes for the same pairs before and after MMI, for a notebook. On the generated
 * world every polarity said is marked by a sign, and underlined by a wave where another polarity is
 * likelier at the rating that is explained.
 */
public final class BeforeAfter implements Html {
  private static final String[] SIGNS = {"▼", "●", "▲"}; // negative, neutral, positive
  private static final String[] COLOURS = {"#D55E00", "#777777", "#0072B2"};
  private static final String CELL =
      "<td style=\"vertical-align:top;text-align:left;padding:5px 14px 5px 0;border:none;"
          + "font-size:14px;line-height:1.6;white-space:normal\">";

  private final List<WrittenExplanation> before;
  private final List<WrittenExplanation> after;
  private final WorldExplanation truth;

  private BeforeAfter(
      List<WrittenExplanation> before, List<WrittenExplanation> after, WorldExplanation truth) {
    this.before = before;
    this.after = after;
    this.truth = truth;
  }

  /**
   * Sets explanations side by side.
   *
   * @param before the backbone's
   * @param after those of the same rows after MMI
   * @param truth of the generated world; null on other data, where nothing is marked
   * @return the pairs, to be shown
   * @throws InputException when the rows are not the same
   */
  public static BeforeAfter of(
      List<WrittenExplanation> before, List<WrittenExplanation> after, WorldTruth truth) {
    List<Integer> rows = before.stream().map(WrittenExplanation::row).toList();
    if (!rows.equals(after.stream().map(WrittenExplanation::row).toList())) {
      throw new InputException(
          "explanations of different rows cannot stand side by side; take both from runs on the"
              + " same split");
    }
    return new BeforeAfter(before, after, truth == null ? null : truth.explanation());
  }

  @Override
  public String html() {
    StringBuilder out = new StringBuilder("<table style=\"border-collapse:collapse\">\n<tr>");
    for (String heading : List.of("user about item", "the user", "backbone", "with MMI")) {
      out.append(CELL).append("<b>").append(heading).append("</b></td>");
    }
    out.append("</tr>\n");
    for (int n = 0; n < before.size(); n++) {
      WrittenExplanation b = before.get(n);
      WrittenExplanation a = after.get(n);
      out.append("<tr>").append(CELL);
      out.append(HtmlTable.escape(b.user() + " about " + b.item()));
      if (!b.feature().isEmpty()) {
        out.append("<br>asked for: <i>").append(HtmlTable.escape(b.feature())).append("</i>");
      }
      out.append("</td>");
      cell(out, b.real(), b.realRating());
      cell(out, b.written(), b.rating());
      cell(out, a.written(), a.rating());
      out.append("</tr>\n");
    }
    out.append("</table>\n");
    return truth == null ? out.toString() : out.append(legend()).toString();
  }

  private void cell(StringBuilder out, String text, double rating) {
    out.append(CELL);
    out.append("<span style=\"font-size:12px;color:#555555\">");
    out.append(String.format(Locale.ROOT, "%.1f ★</span><br>", rating));
    out.append(truth == null ? HtmlTable.escape(text) : marked(text, rating)).append("</td>");
  }

  private String marked(String text, double rating) {
    int stars = (int) Math.max(1, Math.min(5, Math.rint(rating)));
    WorldPolarity likeliest = truth.likeliestPolarity(stars);
    WorldContent content = WorldReading.of(text);
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (WorldSpan span : WorldReading.spans(text)) {
      boolean verdict = span.mention() == WorldReading.VERDICT;
      WorldPolarity said =
          verdict ? content.verdict() : content.mentions().get(span.mention()).polarity();
      out.append(HtmlTable.escape(text.substring(at, span.from())));
      String words = HtmlTable.escape(text.substring(span.from(), span.to()));
      out.append(span.feature() || said == null ? words : mark(words, said, said == likeliest));
      at = span.to();
    }
    return out.append(HtmlTable.escape(text.substring(at))).toString();
  }

  private static String mark(String words, WorldPolarity said, boolean likeliest) {
    String colour = COLOURS[said.ordinal()];
    String line = likeliest ? "solid" : "wavy";
    return "<span style=\"text-decoration:underline "
        + line
        + " "
        + colour
        + ";text-underline-offset:3px\">"
        + words
        + "</span><sup style=\"color:"
        + colour
        + ";line-height:0\">"
        + SIGNS[said.ordinal()]
        + "</sup>";
  }

  private static String legend() {
    return "<div style=\"font-size:12px;color:#333333;margin:0.4em 0 1em 0\">▲ praise, ● neither, ▼"
        + " blame, as the world's grammar means it; a wave: another polarity is likelier at the"
        + " rating above the text.</div>\n";
  }
}
