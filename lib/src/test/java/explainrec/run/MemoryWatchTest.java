package explainrec.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryWatchTest {
  private static final int STEPS = 200;

  @Test
  void memoryThatIsGivenBackNowAndThenIsFlat() {
    MemoryWatch.Use use = watch(step -> 1000 + 300 * (step % 5));

    assertEquals(0, use.slopeKiB(), 1e-9);
    assertEquals(0, use.lateSlopeKiB(), 1e-9);
    assertArrayEquals(filled(1000), use.leastMiBs(), 1e-9);
    assertArrayEquals(filled(2200), use.mostMiBs(), 1e-9);
    assertEquals(2200, use.residentMiB(), 1e-9);
  }

  @Test
  void whatEachStepLosesShowsBelowMemoryThatGoesUpAndDown() {
    MemoryWatch.Use use = watch(step -> 1000 + 300 * (step % 5) + 2 * step);

    assertEquals(2 * 1024, use.slopeKiB(), 1e-6);
    assertEquals(2 * 1024, use.lateSlopeKiB(), 1e-6);
  }

  @Test
  void memoryThatGrowsInTheFirstFifthOnlyIsFlatButCounts() {
    MemoryWatch.Use use = watch(step -> step == 30 ? 5000 : 1000 + Math.min(step, 40));

    assertEquals(0, use.slopeKiB(), 1e-9);
    assertEquals(5000, use.residentMiB(), 1e-9);
  }

  private static MemoryWatch.Use watch(IntToDoubleFunction resident) {
    int[] now = {0};
    MemoryWatch watch = new MemoryWatch(STEPS, () -> resident.applyAsDouble(now[0]));
    for (int step = 1; step <= STEPS; step++) {
      now[0] = step;
      watch.step(step);
    }
    return watch.use();
  }

  /** One for each ten steps after the first fifth. */
  private static double[] filled(double value) {
    return IntStream.range(0, STEPS * 4 / 5 / 10).mapToDouble(i -> value).toArray();
  }
}
