package explainrec.run;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/** Looks at resident memory now and then while something takes many steps. */
public final class MemoryWatch {
  private static final int EVERY = 10; // steps
  private static final int KIB = 1024;

  private final int steps;
  private final List<double[]> points = new ArrayList<>(); // step, MiB
  private double most = Memory.residentMiB();

  /**
   * Begins.
   *
   * @param steps that there will be; the first fifth is for memory to grow to what the largest step
   *     needs
   */
  MemoryWatch(int steps) {
    this.steps = steps;
  }

  /**
   * What was seen.
   *
   * @param steps that there were
   * @param slopeKiB of resident memory, least squares, KiB a step; NaN when there are too few steps
   * @param lateSlopeKiB the same over the second half: what the heap of tensors grows by while it
   *     meets new shapes is over by then, what is lost for good is not
   * @param residentMiBs resident memory every ten steps
   * @param residentMiB the largest, from the beginning on
   */
  public record Use(
      int steps, double slopeKiB, double lateSlopeKiB, double[] residentMiBs, double residentMiB) {}

  /**
   * After each step.
   *
   * @param step from 1
   */
  void step(int step) {
    double now = Memory.residentMiB();
    most = Math.max(most, now);
    if (step > steps / 5 && step % EVERY == 0) {
      System.gc(); // garbage of the Java heap is not what is asked about
      points.add(new double[] {step, Memory.residentMiB()});
    }
  }

  Use use() {
    return new Use(
        steps,
        KIB * slope(points),
        KIB * slope(points.subList(points.size() / 2, points.size())),
        points.stream().mapToDouble(point -> point[1]).toArray(),
        most);
  }

  private static double slope(List<double[]> points) {
    SimpleRegression line = new SimpleRegression();
    points.forEach(point -> line.addData(point[0], point[1]));
    return line.getSlope();
  }
}
