package explainrec.report;

import java.awt.image.BufferedImage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Hands images on at most about three times a second, and whenever it must. */
final class Redraw {
  private static final long PAUSE_NANOS = 300_000_000L;
  private final Consumer<BufferedImage> display;
  private final LongSupplier clock;
  private boolean stale;
  private boolean shown;
  private long drawnAt;

  /**
   * Starts with nothing drawn.
   *
   * @param display is handed every image
   * @param clock in nanoseconds
   */
  Redraw(Consumer<BufferedImage> display, LongSupplier clock) {
    this.display = display;
    this.clock = clock;
  }

  /**
   * Something is new: draws it unless the last image is too fresh.
   *
   * @param must whether to draw in any case
   * @param image makes it
   */
  void changed(boolean must, Supplier<BufferedImage> image) {
    stale = true;
    if (must || !shown || clock.getAsLong() - drawnAt >= PAUSE_NANOS) {
      finish(image);
    }
  }

  /** Draws what has not been drawn yet. */
  void finish(Supplier<BufferedImage> image) {
    if (stale) {
      display.accept(image.get());
      stale = false;
      shown = true;
      drawnAt = clock.getAsLong();
    }
  }
}
