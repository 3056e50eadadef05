package explainrec.report;

import explainrec.data.WorldPolarity;
import explainrec.run.ReviewContent.Judgement;

/**
 * The marks in a review: a sign that stands in the text, a kind of underline, and a colour of Okabe
 * and Ito's; the sign alone is enough.
 */
enum ReviewMark {
  /** Both speak of the aspect, with the same polarity. */
  RIGHT("✓", "solid", "#0072B2", "both say it, with the same polarity"),
  /** Both speak of the aspect, with different polarity. */
  WRONG("✗", "wavy", "#D55E00", "both speak of it, with different polarity"),
  /** Both speak of the aspect, one without polarity. */
  VAGUE("~", "dotted", "#777777", "both speak of it, one without saying whether it was good"),
  /** Only the written review speaks of it. */
  EXTRA("+", "dashed", "#CC79A7", "the real review does not speak of it"),
  /** Only the real review speaks of it. */
  MISSED("○", "dashed", "#777777", "the written review does not speak of it"),
  /** The item has the feature. */
  OWN("◆", "none", "#009E73", "a feature that this item has"),
  /** The item does not have the feature. */
  MADE_UP("◇", "none", "#D55E00", "a feature that this item does not have");

  private final String sign;
  private final String line;
  private final String colour;
  private final String meaning;

  ReviewMark(String sign, String line, String colour, String meaning) {
    this.sign = sign;
    this.line = line;
    this.colour = colour;
    this.meaning = meaning;
  }

  /** The mark of a judgement. */
  static ReviewMark of(Judgement judgement, ReviewMark alone) {
    return switch (judgement) {
      case RIGHT -> RIGHT;
      case WRONG -> WRONG;
      case VAGUE -> VAGUE;
      case EXTRA -> alone;
    };
  }

  /**
   * The mark of a verdict.
   *
   * @param here its polarity
   * @param there that of the other review's verdict; null when it has none
   * @param alone the mark when the other has none
   */
  static ReviewMark verdict(WorldPolarity here, WorldPolarity there, ReviewMark alone) {
    return there == null ? alone : here == there ? RIGHT : WRONG;
  }

  /** The sign that stands behind marked words. */
  String sign() {
    return sign;
  }

  /**
   * Marks words.
   *
   * @param words HTML, already escaped
   * @param about what they are about, shown under the mouse
   */
  String html(String words, String about) {
    return "<span title=\""
        + HtmlTable.escape(about + ": " + meaning)
        + "\" style=\""
        + style()
        + "\">"
        + words
        + "</span><sup style=\""
        + signStyle()
        + "\">"
        + sign
        + "</sup>";
  }

  private String signStyle() {
    return "color:" + colour + ";font-weight:700;font-size:0.9em;line-height:0";
  }

  private String style() {
    return line.equals("none")
        ? "font-weight:600"
        : "text-decoration:underline "
            + line
            + " "
            + colour
            + ";text-decoration-thickness:2px;text-underline-offset:3px";
  }

  /** One line that explains all marks. */
  static String legend() {
    StringBuilder out = new StringBuilder();
    out.append("<div style=\"font-size:12px;color:#333333;margin-top:0.5em;line-height:1.9\">");
    for (ReviewMark mark : values()) {
      out.append("<span style=\"white-space:nowrap;margin-right:1.6em\"><span style=\"");
      out.append(mark.style()).append("\">words</span><sup style=\"").append(mark.signStyle());
      out.append("\">").append(mark.sign).append("</sup> ");
      out.append(HtmlTable.escape(mark.meaning)).append("</span> ");
    }
    return out.append("</div>\n").toString();
  }
}
