package explainrec.report;

import explainrec.run.ReviewResult.Epoch;
import explainrec.run.WrittenReview;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Draws prompt tuning while it runs: learning curves, and below them what the model writes for one
 * pair of the validation rows, after the first epoch and now. Hand it each epoch and each sample,
 * and it hands on a fresh image; it works without a screen.
 *
 * <p>It redraws at most about three times a second, and always after the last planned epoch or when
 * {@link #finish} is called. Not for several threads at once.
 */
public final class LiveReviews implements Consumer<Epoch> {
  private final String title;
  private final int planned;
  private final Redraw redraw;
  private final List<Epoch> epochs = new ArrayList<>();
  private WrittenReview pending;
  private Sample first;
  private Sample latest;

  /** What the model wrote after an epoch. */
  private record Sample(int epoch, WrittenReview review) {
    String heading() {
      return "The model writes after epoch " + epoch;
    }
  }

  /**
   * Starts with no epochs.
   *
   * @param title above the curves, for instance the model and data set
   * @param planned epochs in all; 0 when unknown
   * @param display is handed every image, for instance to a notebook's output
   */
  public LiveReviews(String title, int planned, Consumer<BufferedImage> display) {
    this(title, planned, display, System::nanoTime);
  }

  LiveReviews(String title, int planned, Consumer<BufferedImage> display, LongSupplier clock) {
    this.title = title;
    this.planned = planned;
    this.redraw = new Redraw(display, clock);
  }

  /**
   * Takes what the model writes now for a pair; it is drawn with the epoch that comes next.
   *
   * @param review the pair's, real and written
   */
  public void sample(WrittenReview review) {
    pending = review;
  }

  /**
   * Adds an epoch and redraws unless the last image is too fresh.
   *
   * @param epoch the epoch just finished
   */
  @Override
  public void accept(Epoch epoch) {
    epochs.add(epoch);
    if (pending != null) {
      latest = new Sample(epoch.epoch(), pending);
      first = first == null ? latest : first;
      pending = null;
    }
    redraw.changed(epoch.epoch() == planned, this::image);
  }

  /** Draws what has not been drawn yet; call it when training has ended. */
  public void finish() {
    redraw.finish(this::image);
  }

  /** The curves of all epochs so far, and the sample below them; one epoch at least. */
  public BufferedImage image() {
    BufferedImage curves = chart().image();
    if (latest == null) {
      return curves;
    }
    WrittenReview now = latest.review();
    boolean same = first.epoch() == latest.epoch();
    return new SampleText()
        .add("What " + now.user() + " wrote about " + now.item(), now.real(), Style.GREY, 4)
        .add(same ? "" : first.heading(), same ? "" : first.review().written(), Style.GREY, 3)
        .add(latest.heading(), now.written(), Style.BLUE, 4)
        .below(curves);
  }

  /** The curves of all epochs so far, the one with the best BLEU marked; one epoch at least. */
  public Chart chart() {
    int best = 0;
    double most = 0;
    for (Epoch epoch : epochs) {
      if (epoch.bleu() > most) {
        most = epoch.bleu();
        best = epoch.epoch();
      }
    }
    return ReviewCurves.curves(title, epochs, best, planned);
  }
}
