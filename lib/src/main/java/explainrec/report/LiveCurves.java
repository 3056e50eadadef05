package explainrec.report;

import explainrec.run.RunResult.Epoch;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Draws learning curves while a model trains: hand it each epoch, and it hands on a fresh image.
 *
 * <p>It redraws at most about three times a second, and always after the last planned epoch or when
 * {@link #finish} is called. Not for several threads at once.
 */
public final class LiveCurves implements Consumer<Epoch> {
  private final String title;
  private final int planned;
  private final Redraw redraw;
  private final List<Epoch> epochs = new ArrayList<>();

  /**
   * Starts with no epochs.
   *
   * @param title above the chart, for instance the model and data set
   * @param planned epochs in all; 0 when unknown
   * @param display is handed every image, for instance to a notebook's output
   */
  public LiveCurves(String title, int planned, Consumer<BufferedImage> display) {
    this(title, planned, display, System::nanoTime);
  }

  LiveCurves(String title, int planned, Consumer<BufferedImage> display, LongSupplier clock) {
    this.title = title;
    this.planned = planned;
    this.redraw = new Redraw(display, clock);
  }

  /**
   * Adds an epoch and redraws unless the last image is too fresh.
   *
   * @param epoch the epoch just finished
   */
  @Override
  public void accept(Epoch epoch) {
    epochs.add(epoch);
    redraw.changed(epoch.epoch() == planned, () -> chart().image());
  }

  /** Draws what has not been drawn yet; call it when training ends early. */
  public void finish() {
    redraw.finish(() -> chart().image());
  }

  /** The chart of all epochs so far, the best of them marked; at least one must be there. */
  public Chart chart() {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (Epoch epoch : epochs) {
      if (epoch.validationRmse() < least) {
        least = epoch.validationRmse();
        best = epoch.epoch();
      }
    }
    return CurveCharts.curves(title, epochs, best, planned);
  }
}
