package explainrec.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.Arrays;

/** The numbers of a tensor, in its own memory. A Java buffer ends at 2 GiB, a tensor does not. */
record TensorNumbers(NDArray tensor) implements Numbers { // (P)
  @Override
  public long count() {
    return tensor.size();
  }

  @Override
  public void read(long from, float[] into, int count) {
    try (NDArray part = part(from, count)) {
      if (part.getDevice().isGpu()) {
        System.arraycopy(part.toFloatArray(), 0, into, 0, count);
      } else {
        part.toByteBuffer(true).asFloatBuffer().get(into, 0, count);
      }
    }
  }

  @Override
  public void write(long from, float[] values, int count) {
    try (NDArray part = part(from, count)) {
      copy(values, count, part);
    }
  }

  private NDArray part(long from, int count) {
    return tensor.get(new NDIndex().addSliceDim(from, from + count));
  }

  /**
   * Copies numbers into an array's own memory. {@code NDArray.set(Buffer)} would give the array new
   * memory, and views of it would go on showing the old.
   *
   * @param values the first of them are copied
   * @param count how many
   * @param into an array of that many numbers, contiguous
   */
  static void copy(float[] values, int count, NDArray into) {
    if (into.getDevice().isGpu()) {
      try (NDArray array =
          into.getManager().create(Arrays.copyOf(values, count), into.getShape())) {
        into.set(new NDIndex("..."), array);
      }
    } else {
      into.toByteBuffer(true).asFloatBuffer().put(values, 0, count);
    }
  }
}
