package explainrec.report;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Finds places for the names of dots, so that no name lies on another or on a dot. */
final class Labels {
  private static final FontRenderContext PAPER = new FontRenderContext(null, true, true);
  private static final double DOT = 7;
  private static final int RINGS = 6;
  private static final int DIRECTIONS = 12;
  private final Rectangle2D inside;
  private final Font font;

  /**
   * Prepares a plot.
   *
   * @param width of the plot, pixels
   * @param height of the plot, pixels
   * @param font of the names
   */
  Labels(double width, double height, Font font) {
    this.inside = new Rectangle2D.Double(0, 0, width, height);
    this.font = font;
  }

  /**
   * Places names, each near its dot.
   *
   * @param dots in pixels, y downwards
   * @param names one a dot
   * @param others what names must not lie on, either
   * @return the names' boxes, in the order of the dots
   */
  List<Rectangle2D> place(List<Point2D> dots, List<String> names, List<Rectangle2D> others) {
    List<Rectangle2D> taken = new ArrayList<>(others);
    for (Point2D dot : dots) {
      taken.add(new Rectangle2D.Double(dot.getX() - DOT, dot.getY() - DOT, 2 * DOT, 2 * DOT));
    }
    List<Rectangle2D> placed = new ArrayList<>();
    for (int n = 0; n < dots.size(); n++) {
      Rectangle2D box = best(dots.get(n), names.get(n), taken);
      placed.add(box);
      taken.add(box);
    }
    return placed;
  }

  /** The nearest free place, going round the dot in wider and wider rings; right of it first. */
  private Rectangle2D best(Point2D dot, String name, List<Rectangle2D> taken) {
    Rectangle2D text = font.getStringBounds(name, PAPER);
    double w = text.getWidth() + 4;
    double h = text.getHeight();
    Rectangle2D best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int ring = 0; ring < RINGS; ring++) {
      for (int k = 0; k < DIRECTIONS; k++) {
        double angle = 2 * Math.PI * k / DIRECTIONS;
        double x = dot.getX() + Math.cos(angle) * (DOT + 3 + w / 2 + 10 * ring);
        double y = dot.getY() + Math.sin(angle) * (DOT + 3 + h / 2 + 10 * ring);
        Rectangle2D box = new Rectangle2D.Double(x - w / 2, y - h / 2, w, h);
        double covered = covered(box, taken) + (inside.contains(box) ? 0 : 1e3);
        if (covered < least) {
          best = box;
          least = covered;
        }
      }
      if (least == 0) {
        return best;
      }
    }
    return best;
  }

  private static double covered(Rectangle2D box, List<Rectangle2D> taken) {
    double sum = 0;
    for (Rectangle2D other : taken) {
      Rectangle2D shared = box.createIntersection(other);
      sum += shared.isEmpty() ? 0 : shared.getWidth() * shared.getHeight();
    }
    return sum;
  }
}
