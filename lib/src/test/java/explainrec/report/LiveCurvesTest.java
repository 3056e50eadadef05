package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import explainrec.run.RunResult.Epoch;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When learning curves are drawn again; the clock is the test's. */
class LiveCurvesTest {
  private final List<BufferedImage> shown = new ArrayList<>();
  private final long[] now = {0};
  private final List<Epoch> epochs = SampleRuns.epochs(0);

  private LiveCurves curves(int planned) {
    return new LiveCurves("ELIXIR", planned, shown::add, () -> now[0]);
  }

  @Test
  void epochsInQuickSuccessionShareAnImage() {
    LiveCurves curves = curves(5);
    curves.accept(epochs.get(0));
    now[0] += 100_000_000L;
    curves.accept(epochs.get(1));
    assertEquals(1, shown.size());
    now[0] += 300_000_000L;
    curves.accept(epochs.get(2));
    assertEquals(2, shown.size());
  }

  @Test
  void theLastPlannedEpochIsAlwaysDrawn() {
    LiveCurves curves = curves(2);
    curves.accept(epochs.get(0));
    curves.accept(epochs.get(1));
    assertEquals(2, shown.size());
    curves.finish();
    assertEquals(2, shown.size());
  }

  @Test
  void finishingEarlyDrawsWhatIsLeft() {
    LiveCurves curves = curves(50);
    curves.accept(epochs.get(0));
    curves.accept(epochs.get(1));
    curves.finish();
    assertEquals(2, shown.size());
  }

  @Test
  void theBestEpochSoFarIsMarked() {
    LiveCurves curves = curves(5);
    epochs.forEach(curves);
    assertEquals(true, curves.chart().model().getSeriesMap().containsKey("best: 0.800, epoch 3"));
  }
}
