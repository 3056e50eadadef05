package explainrec.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dropout: how much it drops, and that masks do not mix. */
final class DropoutTest {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu());

  @AfterEach
  void free() {
    manager.close();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.9})
  void valuesAreZeroAtTheGivenRateOrScaledUp(double rate) {
    Dropout dropout = new Dropout(manager, rate);
    dropout.seed(1);
    float[] mask = dropout.apply(manager.ones(new Shape(100, 1001))).toFloatArray();
    int dropped = 0;
    for (float value : mask) {
      dropped += value == 0 ? 1 : 0;
      assertTrue(value == 0 || value == (float) (1 / (1 - rate)), () -> "a value of " + value);
    }
    assertEquals(rate, (double) dropped / mask.length, 0.005); // five standard errors
  }

  @Test
  void nothingIsDroppedAtRateZero() {
    NDArray values = manager.ones(new Shape(3, 4));
    assertSame(values, new Dropout(manager, 0).apply(values));
  }

  @Test
  void theSameSeedGivesTheSameMasks() {
    float[] first = masks(new Dropout(manager, 0.5), 1);
    assertArrayEquals(first, masks(new Dropout(manager, 0.5), 1));
    assertFalse(Arrays.equals(first, masks(new Dropout(manager, 0.5), 2)));
    Dropout used = new Dropout(manager, 0.5);
    masks(used, 3);
    assertArrayEquals(first, masks(used, 1));
  }

  @Test
  void eachLayerAndEachStepHasItsOwnMask() {
    Dropout dropout = new Dropout(manager, 0.5);
    dropout.seed(1);
    dropout.begin();
    float[] one = dropout.apply(manager.ones(new Shape(50))).toFloatArray();
    float[] two = dropout.apply(manager.ones(new Shape(50))).toFloatArray();
    dropout.begin();
    float[] next = dropout.apply(manager.ones(new Shape(50))).toFloatArray();
    assertFalse(Arrays.equals(one, two));
    assertFalse(Arrays.equals(one, next));
    assertFalse(Arrays.equals(two, next));
  }

  @Test
  void theGradientSeesTheMaskOfTheForwardPassAlsoWhenTheMasksGrow() {
    Dropout dropout = new Dropout(manager, 0.5);
    dropout.seed(1);
    for (int size : new int[] {10, 1000, 10, 5000}) { // the last batch of an epoch is smaller
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        dropout.begin();
        NDArray first = manager.ones(new Shape(size));
        NDArray second = manager.ones(new Shape(3, size));
        first.setRequiresGradient(true);
        second.setRequiresGradient(true);
        NDArray droppedFirst;
        NDArray droppedSecond;
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          droppedFirst = dropout.apply(first);
          droppedSecond = dropout.apply(second);
          collector.backward(droppedFirst.sum().add(droppedSecond.sum()));
        }
        // All values are 1, so what came out is the mask, and so is the gradient.
        assertArrayEquals(droppedFirst.toFloatArray(), first.getGradient().toFloatArray());
        assertArrayEquals(droppedSecond.toFloatArray(), second.getGradient().toFloatArray());
      }
    }
  }

  private float[] masks(Dropout dropout, long seed) {
    dropout.seed(seed);
    dropout.begin();
    return dropout.apply(manager.ones(new Shape(7, 9))).toFloatArray();
  }
}
