package explainrec.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;

/** Several small charts in one image, row by row under one title. */
final class Panels extends XYChart {
  private static final int TITLE_HEIGHT = 44;
  private final List<? extends Chart<?, ?>> panels;
  private final int columns;

  /**
   * Lays charts out; each is drawn in the size that its place has.
   *
   * @param title above all
   * @param panels at least one
   * @param columns panels in a row
   * @param width of the whole, pixels
   * @param height of the whole, pixels
   */
  Panels(String title, List<? extends Chart<?, ?>> panels, int columns, int width, int height) {
    super(width, height);
    setTitle(title);
    this.panels = List.copyOf(panels);
    this.columns = columns;
  }

  /** The charts, row by row. */
  List<? extends Chart<?, ?>> panels() {
    return panels;
  }

  @Override
  public void paint(Graphics2D g, int width, int height) {
    setWidth(width);
    setHeight(height);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width, height);
    title(g, width);
    int rows = (panels.size() + columns - 1) / columns;
    int panelWidth = width / columns;
    int panelHeight = (height - TITLE_HEIGHT) / rows;
    for (int p = 0; p < panels.size(); p++) {
      AffineTransform whole = g.getTransform();
      g.translate(p % columns * panelWidth, TITLE_HEIGHT + p / columns * panelHeight);
      panels.get(p).paint(g, panelWidth, panelHeight);
      g.setTransform(whole);
    }
  }

  private void title(Graphics2D g, int width) {
    TextLayout text = new TextLayout(getTitle(), Style.TITLE, g.getFontRenderContext());
    g.setColor(Style.BLACK);
    double left = (width - text.getBounds().getWidth()) / 2;
    g.fill(text.getOutline(AffineTransform.getTranslateInstance(left, TITLE_HEIGHT - 14)));
  }
}
