package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;

/**
 * An array that lives from step to step: it is taken out of the scope it was made in, and freed
 * when another takes its place.
 */
final class Kept implements AutoCloseable {
  private final NDManager manager;
  private NDArray array;

  /**
   * Keeps nothing yet.
   *
   * @param manager lives as long as this
   */
  Kept(NDManager manager) {
    this.manager = manager;
  }

  /** What is kept. */
  NDArray get() {
    return array;
  }

  /**
   * Keeps an array in place of the one before.
   *
   * @param fresh made in the innermost open scope
   */
  void set(NDArray fresh) {
    close();
    fresh.attach(manager);
    NDScope.unregister(fresh);
    array = fresh;
  }

  /**
   * Keeps some rows.
   *
   * @param rows row numbers, int64, (R)
   */
  void select(NDArray rows) {
    set(array.get(rows));
  }

  @Override
  public void close() {
    if (array != null) {
      array.close();
      array = null;
    }
  }
}
