package explainrec.report;

import explainrec.data.WorldContent;
import explainrec.data.WorldMention;
import explainrec.data.WorldPolarity;
import explainrec.data.WorldReading;
import explainrec.data.WorldSpan;
import explainrec.data.WorldTruth;
import explainrec.run.ReviewContent;
import explainrec.run.ReviewResult.Content;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A written review beside the real one, for a notebook. On the generated world every statement is
 * marked: is its aspect in the real review, too, is it praised or blamed alike, and does the item
 * have the feature that is named? Marks are signs and kinds of underline first, colours second.
 */
public final class MarkedReview implements Html {
  private final String user;
  private final String item;
  private final String real;
  private final String written;
  private final WorldTruth truth;
  private final AttentionBars bars;
  private final boolean legend;

  private MarkedReview(
      String user,
      String item,
      String real,
      String written,
      WorldTruth truth,
      AttentionBars bars,
      boolean legend) {
    this.user = user;
    this.item = item;
    this.real = real;
    this.written = written;
    this.truth = truth;
    this.bars = bars;
    this.legend = legend;
  }

  /**
   * Sets two reviews side by side.
   *
   * @param user id
   * @param item id
   * @param real what the user wrote
   * @param written what the model wrote
   * @param truth of the generated world; null on other data, where nothing is marked
   * @return the pair, to be shown
   */
  public static MarkedReview of(
      String user, String item, String real, String written, WorldTruth truth) {
    return new MarkedReview(user, item, real, written, truth, null, truth != null);
  }

  /**
   * Adds what the rating module sees in the pair.
   *
   * @param aspects names, (A)
   * @param ratings predicted rating of each aspect, (A)
   * @param userAttention alpha_u of eq. 3, (A)
   * @param itemAttention alpha_i, (A)
   * @return a new pair
   */
  public MarkedReview withAttention(
      List<String> aspects, float[] ratings, float[] userAttention, float[] itemAttention) {
    AttentionBars with = new AttentionBars(aspects, ratings, userAttention, itemAttention);
    return new MarkedReview(user, item, real, written, truth, with, legend);
  }

  /**
   * Leaves the legend out, for the second pair of several and on.
   *
   * @return a new pair
   */
  public MarkedReview withoutLegend() {
    return new MarkedReview(user, item, real, written, truth, bars, false);
  }

  @Override
  public String html() {
    StringBuilder out = new StringBuilder();
    out.append("<div style=\"margin:0.6em 0 1.4em 0;max-width:62em\">\n");
    out.append("<div style=\"font-weight:600;margin-bottom:0.3em\">");
    out.append(HtmlTable.escape(user + " about " + item)).append("</div>\n");
    out.append("<table style=\"border-collapse:collapse;margin:0;width:100%\"><tr>\n");
    String writtenHtml = truth == null ? HtmlTable.escape(written) : writtenMarked();
    String realHtml = truth == null ? HtmlTable.escape(real) : realMarked();
    column(out, "written by the model", writtenHtml);
    column(out, "written by the user", realHtml);
    out.append("</tr></table>\n");
    if (truth != null) {
      out.append("<div style=\"font-size:12px;color:#333333;margin-top:0.2em\">");
      out.append(HtmlTable.escape(summary())).append("</div>\n");
    }
    if (bars != null) {
      out.append(bars.html(aspects(written), aspects(real), truth != null));
    }
    if (legend) {
      out.append(ReviewMark.legend());
    }
    return out.append("</div>\n").toString();
  }

  private static void column(StringBuilder out, String heading, String text) {
    out.append("<td style=\"vertical-align:top;text-align:left;width:50%;padding:6px 14px 6px 0;");
    out.append("border:none;font-size:14px;line-height:1.75;white-space:normal\">");
    out.append("<div style=\"font-size:12px;color:#555555\">").append(heading).append("</div>");
    out.append(text).append("</td>\n");
  }

  private static Set<String> aspects(String text) {
    return WorldReading.of(text).mentions().stream()
        .map(WorldMention::aspect)
        .collect(Collectors.toSet());
  }

  private String summary() {
    Content content = ReviewContent.of(written, real, truth, item);
    return "The user speaks of "
        + RunSets.count(content.aspectsReal(), "aspect")
        + ", the model of "
        + content.aspects()
        + "; shared "
        + content.aspectsShared()
        + ", of these with the right polarity "
        + content.polarityRight()
        + ". The model names "
        + RunSets.count(content.features(), "feature")
        + ", of which the item has "
        + content.featuresOfItem()
        + ".";
  }

  private String writtenMarked() {
    WorldContent said = WorldReading.of(written);
    WorldContent asked = WorldReading.of(real);
    Set<String> own = ReviewContent.features(truth, item);
    return mark(
        written,
        (span, mention) -> {
          if (mention == null) {
            return ReviewMark.verdict(said.verdict(), asked.verdict(), ReviewMark.EXTRA);
          }
          if (span.feature()) {
            return own.contains(mention.feature()) ? ReviewMark.OWN : ReviewMark.MADE_UP;
          }
          return ReviewMark.of(ReviewContent.judge(mention, asked), ReviewMark.EXTRA);
        },
        asked,
        ReviewMark.EXTRA);
  }

  private String realMarked() {
    WorldContent said = WorldReading.of(written);
    WorldContent asked = WorldReading.of(real);
    return mark(
        real,
        (span, mention) -> {
          if (mention == null) {
            return ReviewMark.verdict(asked.verdict(), said.verdict(), ReviewMark.MISSED);
          }
          return span.feature()
              ? null
              : ReviewMark.of(ReviewContent.judge(mention, said), ReviewMark.MISSED);
        },
        said,
        ReviewMark.MISSED);
  }

  /** Chooses a span's mark; the mention is null for the verdict. */
  @FunctionalInterface
  private interface Marker {
    ReviewMark mark(WorldSpan span, WorldMention mention);
  }

  private static String mark(String text, Marker marker, WorldContent other, ReviewMark alone) {
    List<WorldMention> mentions = WorldReading.of(text).mentions();
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (WorldSpan span : WorldReading.spans(text)) {
      boolean verdict = span.mention() == WorldReading.VERDICT;
      WorldMention mention = verdict ? null : mentions.get(span.mention());
      out.append(HtmlTable.escape(text.substring(at, span.from())));
      String words = HtmlTable.escape(text.substring(span.from(), span.to()));
      ReviewMark mark = marker.mark(span, mention);
      String about = verdict ? "the whole stay" : mention.aspect() + polarity(mention.polarity());
      words = mark == null ? words : mark.html(words, about);
      if (!verdict && span.feature() && mention.polarity() == null) {
        // A feature alone: nothing else in the text can carry the mark of its aspect.
        words = ReviewMark.of(ReviewContent.judge(mention, other), alone).html(words, about);
      }
      out.append(words);
      at = span.to();
    }
    return out.append(HtmlTable.escape(text.substring(at))).toString();
  }

  private static String polarity(WorldPolarity polarity) {
    return polarity == null ? "" : ", " + polarity.name().toLowerCase(Locale.ROOT);
  }
}
