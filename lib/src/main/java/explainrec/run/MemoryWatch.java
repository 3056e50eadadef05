package explainrec.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * Looks at resident memory after each of many steps. Where arrays differ in size from step to step
 * it goes up and down, as the C library keeps freed memory for a while and gives it back; what is
 * lost for good lifts the lowest of every ten steps, which is what slopes are drawn through.
 */
public final class MemoryWatch {
  private static final int WINDOW = 10; // steps
  private static final int KIB = 1024;

  private final int steps;
  private final DoubleSupplier resident;
  private final List<Double> least = new ArrayList<>(); // MiB, by window
  private final List<Double> largest = new ArrayList<>();
  private double low = Double.POSITIVE_INFINITY; // of this window
  private double high = Double.NEGATIVE_INFINITY;
  private double most;

  /**
   * Begins.
   *
   * @param steps that there will be; the first fifth is for memory to grow to what the largest step
   *     needs
   */
  MemoryWatch(int steps) {
    this(steps, Memory::residentMiB);
  }

  /** As above, with readings, MiB, from elsewhere. */
  MemoryWatch(int steps, DoubleSupplier resident) {
    this.steps = steps;
    this.resident = resident;
    this.most = resident.getAsDouble();
  }

  /**
   * What was seen. After the first fifth of the steps:
   *
   * @param steps that there were
   * @param slopeKiB of the lowest, least squares, KiB a step; NaN when there are too few steps
   * @param lateSlopeKiB the same over the second half: what the heap of tensors grows by while it
   *     meets new shapes is over by then, what is lost for good is not
   * @param leastMiBs the lowest of every ten steps' resident memory
   * @param mostMiBs the highest of them
   * @param residentMiB the largest, from the beginning on
   */
  public record Use(
      int steps,
      double slopeKiB,
      double lateSlopeKiB,
      double[] leastMiBs,
      double[] mostMiBs,
      double residentMiB) {}

  /**
   * After each step.
   *
   * @param step from 1
   */
  void step(int step) {
    double now = resident.getAsDouble();
    most = Math.max(most, now);
    if (step <= steps / 5) {
      return;
    }
    low = Math.min(low, now);
    high = Math.max(high, now);
    if (step % WINDOW == 0) {
      System.gc(); // garbage of the Java heap is not what is asked about
      least.add(Math.min(low, resident.getAsDouble()));
      largest.add(high);
      low = Double.POSITIVE_INFINITY;
      high = Double.NEGATIVE_INFINITY;
    }
  }

  Use use() {
    return new Use(
        steps,
        slope(least),
        slope(least.subList(least.size() / 2, least.size())),
        least.stream().mapToDouble(Double::doubleValue).toArray(),
        largest.stream().mapToDouble(Double::doubleValue).toArray(),
        most);
  }

  /** Of MiB by window, in KiB a step. */
  private static double slope(List<Double> points) {
    SimpleRegression line = new SimpleRegression();
    IntStream.range(0, points.size()).forEach(i -> line.addData(i * WINDOW, points.get(i)));
    return KIB * line.getSlope();
  }
}
