package explainrec.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.LineBreakMeasurer;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.text.AttributedString;
import java.util.ArrayList;
import java.util.List;

/**
 * Short texts under headings, drawn below an image; each has room for a fixed number of lines of
 * its own.
 */
final class SampleText {
  private static final int LINE_HEIGHT = 19;
  private static final int MARGIN = 24;
  private static final int GAP = 10;
  private static final Font HEADING = Style.font(Font.BOLD, 13);
  private static final Font TEXT = Style.font(Font.PLAIN, 13);
  private static final String MORE = " …";
  private final List<Block> blocks = new ArrayList<>();

  /** A heading and its text, with room for some lines. */
  private record Block(String heading, String text, Color colour, int lines) {
    int height() {
      return LINE_HEIGHT * (lines + 1) + GAP;
    }
  }

  /** Adds a text; what does not fit into so many lines is cut. */
  SampleText add(String heading, String text, Color colour, int lines) {
    blocks.add(new Block(heading, text.strip(), colour, lines));
    return this;
  }

  /**
   * Draws all texts below an image.
   *
   * @param top the image
   * @return a new image of the same width and a height that does not depend on the texts
   */
  BufferedImage below(BufferedImage top) {
    int height = top.getHeight() + blocks.stream().mapToInt(Block::height).sum() + 8;
    BufferedImage whole = new BufferedImage(top.getWidth(), height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = whole.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, whole.getWidth(), height);
    g.drawImage(top, 0, 0, null);
    int y = top.getHeight();
    for (Block block : blocks) {
      draw(g, block, y, whole.getWidth() - 2 * MARGIN);
      y += block.height();
    }
    g.dispose();
    return whole;
  }

  private static void draw(Graphics2D g, Block block, int top, int width) {
    g.setColor(block.colour());
    g.setFont(HEADING);
    g.drawString(block.heading(), MARGIN, top + LINE_HEIGHT - 4);
    g.setColor(Style.BLACK);
    int y = top + 2 * LINE_HEIGHT - 4;
    for (TextLayout line : lines(block.text(), width, block.lines(), g.getFontRenderContext())) {
      line.draw(g, MARGIN, y);
      y += LINE_HEIGHT;
    }
  }

  /** Breaks a text into lines; the last one ends in dots when more would follow. */
  static List<TextLayout> lines(String text, float width, int most, FontRenderContext context) {
    List<TextLayout> lines = new ArrayList<>();
    if (text.isEmpty()) {
      return lines;
    }
    LineBreakMeasurer breaks = measurer(text, context);
    while (breaks.getPosition() < text.length() && lines.size() < most - 1) {
      lines.add(breaks.nextLayout(width));
    }
    if (breaks.getPosition() < text.length()) {
      String rest = text.substring(breaks.getPosition());
      LineBreakMeasurer last = measurer(rest, context);
      int end = last.nextOffset(width);
      if (end < rest.length()) {
        int room = measurer(rest, context).nextOffset(width - 20);
        rest = rest.substring(0, room).stripTrailing() + MORE;
      }
      lines.add(measurer(rest, context).nextLayout(Float.MAX_VALUE));
    }
    return lines;
  }

  private static LineBreakMeasurer measurer(String text, FontRenderContext context) {
    AttributedString styled = new AttributedString(text);
    styled.addAttribute(TextAttribute.FONT, TEXT);
    return new LineBreakMeasurer(styled.getIterator(), context);
  }
}
