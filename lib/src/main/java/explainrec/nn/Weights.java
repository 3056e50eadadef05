package explainrec.nn;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/** A model's parameters by name, for one forward pass. */
public final class Weights {
  private final Map<String, NDArray> byName;

  /**
   * Names arrays.
   *
   * @param byName the arrays, in order
   */
  public Weights(Map<String, NDArray> byName) {
    this.byName = byName;
  }

  /**
   * One parameter.
   *
   * @param name as it was described
   * @return its view
   */
  public NDArray get(String name) {
    NDArray found = byName.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no parameter " + name + " among " + byName.keySet());
    }
    return found;
  }

  /**
   * All parameters, in order.
   *
   * @return name to view
   */
  public Map<String, NDArray> all() {
    return byName;
  }
}
