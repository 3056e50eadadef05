package explainrec.t5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import explainrec.nn.Parameters;
import org.junit.jupiter.api.Test;

class MiniStartTest {
  private static final T5Config CONFIG =
      new T5Config(50, 16, 8, 32, 1, 2, 2, 32, 128, 0.1, 1e-6, false, true, 0, 1, 0);

  @Test
  void attentionToTheEncoderStartsWithTheTransposeOfItsValues() {
    try (NDManager manager = NDManager.newBaseManager();
        NDScope scope = new NDScope();
        Parameters started = MiniStart.of(manager, Device.cpu(), CONFIG, 1);
        Parameters plain = T5Weights.random(manager, Device.cpu(), CONFIG, 1)) {
      scope.suppressNotUsedWarning();
      for (int layer = 0; layer < 2; layer++) {
        String cross = "decoder.block." + layer + ".layer.1.EncDecAttention.";
        NDArray values = started.frozen().get(cross + "v.weight");
        assertArrayEquals(
            values.transpose().toFloatArray(),
            started.frozen().get(cross + "o.weight").toFloatArray());
        assertArrayEquals(
            plain.frozen().get(cross + "v.weight").toFloatArray(), values.toFloatArray());
      }
    }
  }

  @Test
  void theSmallerEmbeddingLeavesTheScoresOfTheLastNormAsTheyWere() {
    T5 t5 = new T5(CONFIG);
    try (NDManager manager = NDManager.newBaseManager();
        NDScope scope = new NDScope();
        Parameters started = MiniStart.of(manager, Device.cpu(), CONFIG, 1);
        Parameters plain = T5Weights.random(manager, Device.cpu(), CONFIG, 1)) {
      scope.suppressNotUsedWarning();
      NDArray hidden =
          manager
              .arange(32)
              .reshape(new Shape(2, 16))
              .toType(ai.djl.ndarray.types.DataType.FLOAT32, false);
      String norm = "decoder.final_layer_norm.weight";
      float[] before =
          t5.logits(plain.frozen(), hidden.mul(plain.frozen().get(norm))).toFloatArray();
      float[] after =
          t5.logits(started.frozen(), hidden.mul(started.frozen().get(norm))).toFloatArray();
      for (int n = 0; n < before.length; n++) {
        assertEquals(before[n], after[n], 1e-3);
      }
    }
  }
}
