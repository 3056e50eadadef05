package explainrec.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The decoder's memory while it writes: keys and values of the encoder's output and of what it has
 * written, so that a step computes one position only.
 *
 * <p>Its arrays outlive the step's {@link NDScope}: {@link #keep} hands them over.
 */
final class DecoderCache implements Stack.Memory, AutoCloseable {
  private final NDManager parent;
  private final List<Attention.Keys> cross;
  private final List<Attention.Keys> self = new ArrayList<>();
  private NDArray reach;
  private NDManager manager;
  private int length;

  /**
   * @param parent lives longer than the cache
   * @param cross keys and values of the encoder's output, a layer each
   * @param reach its mask as scores, (B, 1, 1, S), or null
   */
  DecoderCache(NDManager parent, List<Attention.Keys> cross, NDArray reach) {
    this.parent = parent;
    this.cross = new ArrayList<>(cross);
    this.reach = reach;
    this.manager = parent.newSubManager();
    keep();
  }

  /** How many positions have been written. */
  int length() {
    return length;
  }

  /** One more position has been written in every layer. */
  void advance() {
    length++;
  }

  @Override
  public Attention.Keys extend(int layer, Attention.Keys fresh) {
    if (layer == self.size()) {
      self.add(fresh);
    } else {
      Attention.Keys past = self.get(layer);
      self.set(
          layer,
          new Attention.Keys(
              NDArrays.concat(new NDList(past.keys(), fresh.keys()), 2), // (B, h, t + 1, k)
              NDArrays.concat(new NDList(past.values(), fresh.values()), 2)));
    }
    return self.get(layer);
  }

  @Override
  public Attention.Keys cross(int layer) {
    return cross.get(layer);
  }

  @Override
  public NDArray reach() {
    return reach;
  }

  /**
   * Keeps some rows: finished ones leave, beams take the place of others.
   *
   * @param rows of the batch, in their new order; a row may come more than once
   */
  void select(int[] rows) {
    long[] wide = new long[rows.length];
    for (int n = 0; n < rows.length; n++) {
      wide[n] = rows[n];
    }
    NDArray index = manager.create(wide);
    UnaryOperator<Attention.Keys> pick =
        keys -> new Attention.Keys(keys.keys().get(index), keys.values().get(index));
    cross.replaceAll(pick);
    self.replaceAll(pick);
    if (reach != null) {
      reach = reach.get(index);
    }
  }

  /** Makes the present arrays outlive the open scope and frees those they replaced. */
  void keep() {
    NDManager next = parent.newSubManager();
    for (List<Attention.Keys> layers : List.of(cross, self)) {
      for (Attention.Keys keys : layers) {
        keep(keys.keys(), next);
        keep(keys.values(), next);
      }
    }
    if (reach != null) {
      keep(reach, next);
    }
    manager.close();
    manager = next;
  }

  private static void keep(NDArray array, NDManager owner) {
    array.attach(owner);
    NDScope.unregister(array);
  }

  @Override
  public void close() {
    manager.close();
  }
}
