package explainrec.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;

/** The one look of all charts: colours that colour-blind readers can tell apart (Okabe and Ito). */
final class Style {
  /** Width of a chart in pixels, made for a notebook's column. */
  static final int WIDTH = 900;

  /** Height of a chart in pixels. */
  static final int HEIGHT = 420;

  static final Color BLUE = new Color(0x0072B2);
  static final Color ORANGE = new Color(0xE69F00);
  static final Color GREEN = new Color(0x009E73);
  static final Color VERMILION = new Color(0xD55E00);
  static final Color PURPLE = new Color(0xCC79A7);
  static final Color SKY = new Color(0x56B4E9);
  static final Color BLACK = new Color(0x222222);
  static final Color GREY = new Color(0x777777);
  static final Color GRID = new Color(0xE6E6E6);

  /** Colours of series, in the order in which they are given out. */
  static final Color[] COLOURS = {BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY, BLACK, GREY};

  static final BasicStroke LINE =
      new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  static final BasicStroke THIN = new BasicStroke(1.2f);
  static final BasicStroke DASHED =
      new BasicStroke(
          1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {6f, 5f}, 0f);

  static final Font TITLE = font(Font.BOLD, 16);

  /** A dot of half the usual size. */
  static final Marker SMALL =
      new Marker() {
        @Override
        public void paint(Graphics2D g, double x, double y, int size) {
          double half = size * 0.28;
          g.fill(new Ellipse2D.Double(x - half, y - half, 2 * half, 2 * half));
        }
      };

  private Style() {}

  static XYChart xy(String title, String x, String y) {
    return xy(title, x, y, WIDTH, HEIGHT);
  }

  static XYChart xy(String title, String x, String y, int width, int height) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    apply(chart.getStyler());
    return chart;
  }

  static CategoryChart bars(String title, String x, String y, int width, int height) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    apply(chart.getStyler());
    chart.getStyler().setAvailableSpaceFill(0.75);
    return chart;
  }

  /** A bar chart that is one of several in an image: smaller letters, no legend. */
  static CategoryChart panel(String title, String x, String y) {
    CategoryChart chart = bars(title, x, y, WIDTH / 3, HEIGHT / 2);
    CategoryStyler styler = chart.getStyler();
    styler.setChartPadding(6).setLegendVisible(false).setChartTitlePadding(2);
    styler.setChartTitleFont(font(Font.BOLD, 13));
    styler.setAxisTitleFont(font(Font.PLAIN, 12)).setAxisTickLabelsFont(font(Font.PLAIN, 12));
    return chart;
  }

  static void apply(AxesChartStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setChartPadding(14);
    styler.setChartFontColor(BLACK);
    styler.setChartTitleFont(TITLE);
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitlePadding(8);
    styler.setAxisTitleFont(font(Font.PLAIN, 14));
    styler.setAxisTickLabelsFont(font(Font.PLAIN, 13));
    styler.setAxisTickLabelsColor(BLACK);
    styler.setAxisTickMarksColor(GREY);
    styler.setAxisTickMarkLength(4);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setLegendFont(font(Font.PLAIN, 13));
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setLegendPadding(10);
    styler.setSeriesColors(COLOURS);
    styler.setMarkerSize(8);
    styler.setAnnotationTextFont(font(Font.PLAIN, 12));
    styler.setAnnotationTextFontColor(BLACK);
    styler.setToolTipsEnabled(false);
    styler.setAntiAlias(true);
  }

  static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }
}
