package explainrec.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import org.knowm.xchart.style.markers.Marker;

/** A diamond drawn as an outline: somebody else's number beside our own dots. */
final class Hollow extends Marker {
  @Override
  public void paint(Graphics2D g, double x, double y, int size) {
    double half = size * 0.75;
    Path2D diamond = new Path2D.Double();
    diamond.moveTo(0, -half);
    diamond.lineTo(half, 0);
    diamond.lineTo(0, half);
    diamond.lineTo(-half, 0);
    diamond.closePath();
    Shape placed = AffineTransform.getTranslateInstance(x, y).createTransformedShape(diamond);
    Color line = g.getColor();
    g.setColor(Color.WHITE);
    g.fill(placed);
    g.setColor(line);
    g.setStroke(new BasicStroke(2f));
    g.draw(placed);
  }
}
