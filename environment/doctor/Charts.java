import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** Draws a letter without a screen, as charts do: fails where fonts or their library are missing. */
public class Charts {
  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true");
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 30));
    graphics.drawString("X", 5, 35);
    for (int at = 0; at < 1600; at++) {
      if ((image.getRGB(at % 40, at / 40) & 0xff) > 0) {
        return;
      }
    }
    throw new IllegalStateException("the letter left no mark");
  }
}
