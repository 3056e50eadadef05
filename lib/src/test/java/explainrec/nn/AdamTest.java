package explainrec.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adam against its formula in double precision; RMSprop's one pass against array operations. */
final class AdamTest {
  private static final double RATE = 0.01;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 2047, 2048, 2049, 10_000})
  void tenStepsFollowTheFormula(int size) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        Parameters parameters = parameters(manager, size);
        Optimizer adam = Adam.of(parameters, RATE)) {
      int p = Math.toIntExact(parameters.count());
      float[] start = parameters.values();
      double[] w = new double[p];
      double[] m = new double[p];
      double[] v = new double[p];
      Arrays.setAll(w, n -> start[n]);
      for (int t = 1; t <= 10; t++) {
        float[] g = gradient(p, t);
        step(parameters, adam, g);
        for (int n = 0; n < p; n++) {
          m[n] = 0.9 * m[n] + 0.1 * g[n];
          v[n] = 0.999 * v[n] + 0.001 * g[n] * g[n];
          double mean = m[n] / (1 - Math.pow(0.9, t));
          double square = v[n] / (1 - Math.pow(0.999, t));
          w[n] -= RATE * mean / (Math.sqrt(square) + 1e-8);
        }
        float[] values = parameters.values();
        for (int n = 0; n < p; n++) {
          assertEquals(w[n], values[n], 2e-6, "step " + t + ", number " + n);
        }
      }
    }
  }

  @Test
  void aRestoredOptimizerGoesOnWithTheSameNumbers() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        Parameters whole = parameters(manager, 3000);
        Optimizer adam = Adam.of(whole, RATE);
        Parameters resumed = parameters(manager, 3000);
        Optimizer later = Adam.of(resumed, RATE)) {
      int p = Math.toIntExact(whole.count());
      for (int t = 1; t <= 3; t++) {
        step(whole, adam, gradient(p, t));
      }
      float[] values = whole.values();
      float[] first = all(adam.first());
      float[] second = all(adam.second());
      for (int t = 4; t <= 6; t++) {
        step(whole, adam, gradient(p, t));
      }
      resumed.set(values);
      later.first().write(0, first, p);
      later.second().write(0, second, p);
      later.resume(3);
      for (int t = 4; t <= 6; t++) {
        step(resumed, later, gradient(p, t));
      }
      assertArrayEquals(whole.values(), resumed.values());
      assertArrayEquals(all(adam.first()), all(later.first()));
      assertArrayEquals(all(adam.second()), all(later.second()));
      assertEquals(6, later.steps());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4095, 4096, 4097, 10_000})
  void momentsAreTheSameHoweverTheyAreDivided(int size) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        Parameters parameters = parameters(manager, size);
        Optimizer adam = Adam.of(parameters, RATE)) {
      step(parameters, adam, gradient(size + 4, 1));
      float[] whole = all(adam.first());
      float[] pieces = new float[whole.length];
      float[] piece = new float[997];
      for (int from = 0; from < whole.length; from += piece.length) {
        int many = Math.min(piece.length, whole.length - from);
        adam.first().read(from, piece, many);
        System.arraycopy(piece, 0, pieces, from, many);
        adam.second().write(from, piece, many);
      }
      assertArrayEquals(whole, pieces);
      assertArrayEquals(whole, all(adam.second()));
    }
  }

  private static float[] all(Numbers numbers) {
    float[] all = new float[Math.toIntExact(numbers.count())];
    numbers.read(0, all, all.length);
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4095, 4096, 4097, 10_000})
  void rmspropIsTheSameInOnePassAsInArrayOperations(int size) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        Parameters here = parameters(manager, size);
        Optimizer onePass = new HostRmsProp(here, RATE);
        Parameters there = parameters(manager, size);
        Optimizer operations = new DeviceRmsProp(there, RATE)) {
      int p = Math.toIntExact(here.count());
      float[] start = here.values();
      for (int t = 1; t <= 5; t++) {
        step(here, onePass, gradient(p, t));
        step(there, operations, gradient(p, t));
      }
      assertArrayEquals(there.values(), here.values(), 1e-6f);
      assertArrayEquals(all(operations.second()), all(onePass.second()), 1e-6f);
      assertArrayEquals(new float[p], all(onePass.first()));
      assertNotEquals(start[0], here.values()[0]);
    }
  }

  @Test
  void aParameterThatTakesNoPartInTheLossKeepsStill() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        Parameters parameters = parameters(manager, 5);
        Optimizer adam = Adam.of(parameters, RATE)) {
      float[] before = parameters.values();
      for (int t = 0; t < 3; t++) {
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          Weights leaves = parameters.leaves();
          try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(leaves.get("first").square().sum());
          }
          adam.step(leaves);
        }
      }
      float[] after = parameters.values();
      for (int n = 0; n < 5; n++) {
        assertEquals(before[n] < 0 ? 0.03 : -0.03, after[n] - before[n], 1e-3);
      }
      assertArrayEquals(Arrays.copyOfRange(before, 5, 9), Arrays.copyOfRange(after, 5, 9));
    }
  }

  /** Two parameters: as many numbers as asked for, and four more. */
  private static Parameters parameters(NDManager manager, int size) {
    return Parameters.builder()
        .add("first", Initial.uniform(-1, 1), size)
        .add("second", Initial.uniform(-1, 1), 2, 2)
        .build(manager, Device.cpu(), 5);
  }

  private static float[] gradient(int size, long step) {
    SplittableRandom random = new SplittableRandom(step);
    float[] gradient = new float[size];
    for (int n = 0; n < size; n++) {
      gradient[n] = (float) random.nextDouble(-3, 3);
    }
    return gradient;
  }

  /** A step whose gradient is given: that of sum(w g) by w. */
  private static void step(Parameters parameters, Optimizer adam, float[] gradient) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Weights leaves = parameters.leaves();
      NDArray first = leaves.get("first");
      NDArray second = leaves.get("second");
      int cut = Math.toIntExact(first.size());
      NDManager manager = first.getManager();
      NDArray ofFirst = manager.create(Arrays.copyOf(gradient, cut));
      NDArray ofSecond =
          manager.create(Arrays.copyOfRange(gradient, cut, gradient.length), second.getShape());
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(first.mul(ofFirst).sum().add(second.mul(ofSecond).sum()));
      }
      adam.step(leaves);
    }
  }
}
