package explainrec.report;

import explainrec.data.AtomicFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.VectorGraphicsEncoder;

/** A finished chart: an image for a notebook, a PNG or SVG file for results. */
public final class Chart implements Html {
  private final org.knowm.xchart.internal.chartpart.Chart<?, ?> model;

  Chart(org.knowm.xchart.internal.chartpart.Chart<?, ?> model) {
    this.model = model;
  }

  /** XChart's own object, with every series and its values. */
  org.knowm.xchart.internal.chartpart.Chart<?, ?> model() {
    return model;
  }

  /** The line above the chart. */
  public String title() {
    return model.getTitle();
  }

  /** Draws the chart. */
  public BufferedImage image() {
    return BitmapEncoder.getBufferedImage(model);
  }

  /** The chart as PNG bytes. */
  public byte[] png() {
    try {
      return BitmapEncoder.getBitmapBytes(model, BitmapEncoder.BitmapFormat.PNG);
    } catch (IOException e) {
      throw new UncheckedIOException("drawing into memory", e);
    }
  }

  /**
   * Writes the chart as a PNG image.
   *
   * @param file the file; missing folders are made
   * @throws explainrec.data.InputException when it cannot be written
   */
  public void writePng(Path file) {
    byte[] bytes = png();
    AtomicFiles.write(file, out -> out.write(bytes));
  }

  /**
   * Writes the chart as an SVG drawing.
   *
   * @param file the file; missing folders are made
   * @throws explainrec.data.InputException when it cannot be written
   */
  public void writeSvg(Path file) {
    ByteArrayOutputStream drawn = new ByteArrayOutputStream();
    try {
      VectorGraphicsEncoder.saveVectorGraphic(
          model, drawn, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
    } catch (IOException e) {
      throw new UncheckedIOException("drawing into memory", e);
    }
    AtomicFiles.write(file, drawn::writeTo);
  }

  @Override
  public String html() {
    return "<img alt=\""
        + HtmlTable.escape(title())
        + "\" width=\""
        + model.getWidth()
        + "\" src=\"data:image/png;base64,"
        + Base64.getEncoder().encodeToString(png())
        + "\">\n";
  }
}
