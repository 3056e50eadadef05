package explainrec.nn;

import java.util.Arrays;

/**
 * Zeros that stay zeros, where an optimizer keeps no moments.
 *
 * @param count how many
 */
record NoNumbers(long count) implements Numbers {
  @Override
  public void read(long from, float[] into, int many) {
    Arrays.fill(into, 0, many, 0);
  }

  @Override
  public void write(long from, float[] values, int many) {
    // Nothing is kept.
  }
}
