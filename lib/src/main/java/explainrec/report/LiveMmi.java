package explainrec.report;

import explainrec.run.ExplanationResult.Epoch;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Draws fine-tuning while it runs: reward, KL and entropy, the weights of DWA and the share of
 * distinct samples by step, and below them what the generator writes for one pair, first and now.
 * Hand it each step, each epoch and each sample, and it hands on a fresh image; it works without a
 * screen.
 *
 * <p>It redraws at most about three times a second, and always after an epoch or when {@link
 * #finish} is called. Not for several threads at once.
 */
public final class LiveMmi implements Consumer<Epoch> {
  private static final List<String> DRAWN =
      List.of(
          "reward",
          "rewardRating",
          "rewardFeature",
          "kl",
          "entropy",
          "weightMi",
          "weightKl",
          "weightEntropy",
          "distinct");

  private final String title;
  private final Redraw redraw;
  private final Map<String, List<Double>> log = new LinkedHashMap<>();
  private int epochs;
  private String real;
  private String first;
  private String latest;

  /**
   * Starts with no steps.
   *
   * @param title above the curves, for instance the generator and data set
   * @param display is handed every image, for instance to a notebook's output
   */
  public LiveMmi(String title, Consumer<BufferedImage> display) {
    this(title, display, System::nanoTime);
  }

  LiveMmi(String title, Consumer<BufferedImage> display, LongSupplier clock) {
    this.title = title;
    this.redraw = new Redraw(display, clock);
    DRAWN.forEach(name -> log.put(name, new ArrayList<>()));
  }

  /**
   * Adds a step.
   *
   * @param last the step's value of each quantity by its name, as {@link
   *     explainrec.run.ExplanationResult#steps} has them; NaN where it has none
   */
  public void step(ToDoubleFunction<String> last) {
    log.forEach((name, values) -> values.add(last.applyAsDouble(name)));
    redraw.changed(false, this::image);
  }

  /**
   * Takes what the generator writes now for a pair; it is drawn with the next step or epoch.
   *
   * @param asked the pair's real explanation
   * @param written the generator's
   */
  public void sample(String asked, String written) {
    real = asked;
    first = first == null ? written : first;
    latest = written;
  }

  /**
   * Counts an epoch and redraws.
   *
   * @param epoch the epoch just finished
   */
  @Override
  public void accept(Epoch epoch) {
    epochs = epoch.epoch();
    if (steps() > 0) {
      redraw.changed(true, this::image);
    }
  }

  /** Draws what has not been drawn yet; call it when fine-tuning has ended. */
  public void finish() {
    redraw.finish(this::image);
  }

  private int steps() {
    return log.get("reward").size();
  }

  /** The curves of all steps so far, and the sample below them; one step at least. */
  public BufferedImage image() {
    BufferedImage curves = chart().image();
    if (latest == null) {
      return curves;
    }
    return new SampleText()
        .add("The real explanation", real, Style.GREY, 1)
        .add("The generator wrote first", first, Style.GREY, 1)
        .add("and writes now", latest, Style.BLUE, 1)
        .below(curves);
  }

  /** The curves of all steps so far; one step at least. */
  public Chart chart() {
    Map<String, double[]> values = new LinkedHashMap<>();
    log.forEach(
        (name, list) -> {
          double[] all = new double[list.size()];
          Arrays.setAll(all, list::get);
          values.put(name, all);
        });
    String after = epochs > 0 ? ", after epoch " + epochs : "";
    return MmiCurves.steps(title + after, values);
  }
}
