package explainrec.data;

/** Review texts by row; the implementations keep them outside the heap, or make them on demand. */
@FunctionalInterface
public interface Texts {
  /**
   * One text.
   *
   * @param row from 0
   * @return the cleaned review
   */
  String get(int row);
}
