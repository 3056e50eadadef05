package explainrec.nn;

/**
 * A long row of numbers that is read and written in parts, so that it may be longer than a Java
 * array or buffer.
 */
public interface Numbers {
  /** How many numbers are copied at a time. */
  int PART = 1 << 18;

  /**
   * How many there are.
   *
   * @return P
   */
  long count();

  /**
   * Copies some numbers out.
   *
   * @param from index of the first
   * @param into filled from its start
   * @param count how many
   */
  void read(long from, float[] into, int count);

  /**
   * Replaces some numbers.
   *
   * @param from index of the first
   * @param values the first of them are copied
   * @param count how many
   */
  void write(long from, float[] values, int count);

  /**
   * Copies all numbers.
   *
   * @param from where from
   * @param to where to, of as many
   */
  static void copy(Numbers from, Numbers to) {
    float[] part = new float[(int) Math.min(PART, from.count())];
    for (long at = 0; at < from.count(); at += PART) {
      int many = (int) Math.min(PART, from.count() - at);
      from.read(at, part, many);
      to.write(at, part, many);
    }
  }
}
