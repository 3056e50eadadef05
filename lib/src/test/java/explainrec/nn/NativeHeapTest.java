package explainrec.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import explainrec.run.Memory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class NativeHeapTest {
  private static final int ARRAYS = 4096;
  private static final Shape SMALL = new Shape(16 * 1024); // 64 KiB: on the heap, all 256 MiB

  @Test
  void gapsBetweenArraysInUseAreGivenBackAndTheArraysStayAsTheyWere() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      List<NDArray> arrays = new ArrayList<>();
      for (int n = 0; n < ARRAYS; n++) {
        arrays.add(manager.ones(SMALL));
      }
      for (int n = 0; n < ARRAYS - 1; n++) {
        if (n % 8 > 0) {
          arrays.get(n).close();
        }
      }
      double before = Memory.residentMiB();
      assertTrue(NativeHeap.trim());
      double given = before - Memory.residentMiB();
      assertTrue(given > 150, given + " MiB");
      assertEquals(SMALL.size(), arrays.get(8).sum().getFloat());
    }
  }
}
