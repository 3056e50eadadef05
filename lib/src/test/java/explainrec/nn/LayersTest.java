package explainrec.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayersTest {

  /**
   * What {@code x.mul(2f)} does not hold to: its gradient was seen to be what another wrote there.
   */
  @Test
  void aFactorIsTheSameInTheBackwardPassAfterMemoryWasCollected() {
    try (NDManager manager = NDManager.newBaseManager()) {
      for (int n = 0; n < 5; n++) {
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          NDArray x = manager.ones(new Shape(3));
          x.setRequiresGradient(true);
          try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray loss = Layers.scale(x, 2).sum();
            System.gc();
            List<ByteBuffer> others = new ArrayList<>();
            for (int k = 0; k < 2000; k++) {
              others.add(
                  ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder()).putFloat(0, 777));
            }
            collector.backward(loss);
          }
          assertArrayEquals(new float[] {2, 2, 2}, x.getGradient().toFloatArray());
        }
      }
    }
  }
}
