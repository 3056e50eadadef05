package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Keys and values of the tokens that PETER, or a GPT-2, has read while it writes. The arrays have
 * room for the longest sequence: a step writes one position into them and reads views.
 *
 * <p>Shapes: R rows, h heads, C room for positions, s positions so far, k width of a head.
 */
final class PeterMemory implements AutoCloseable {
  private final NDManager manager;
  private final int room;
  private final Kept[] keys; // (R, h, C, k) a layer
  private final Kept[] values; // (R, h, C, k) a layer
  private int length;

  /**
   * Makes an empty memory.
   *
   * @param parent lives longer
   * @param layers of the network
   * @param room C
   */
  PeterMemory(NDManager parent, int layers, int room) {
    this.manager = parent.newSubManager();
    this.room = room;
    this.keys = new Kept[layers];
    this.values = new Kept[layers];
    for (int n = 0; n < layers; n++) {
      keys[n] = new Kept(manager);
      values[n] = new Kept(manager);
    }
  }

  /** How many positions it holds, s. */
  int length() {
    return length;
  }

  /** Takes a layer's first keys and values, (R, h, s, k) each. */
  void begin(int layer, NDArray firstKeys, NDArray firstValues) {
    keep(keys[layer], firstKeys);
    keep(values[layer], firstValues);
    length = (int) firstKeys.getShape().get(2);
  }

  private void keep(Kept kept, NDArray first) {
    Shape shape = first.getShape();
    NDArray all =
        manager.create(new Shape(shape.get(0), shape.get(1), room, shape.get(3)), DataType.FLOAT32);
    all.set(positions(0, shape.get(2)), first);
    kept.set(all);
  }

  /** Takes a layer's keys and values of the next position, (R, h, 1, k) each. */
  void extend(int layer, NDArray nextKeys, NDArray nextValues) {
    keys[layer].get().set(positions(length, length + 1), nextKeys);
    values[layer].get().set(positions(length, length + 1), nextValues);
  }

  /** All layers have taken the next position. */
  void advance() {
    length++;
  }

  /** A layer's keys with those of the next position, (R, h, s + 1, k). */
  NDArray keys(int layer) {
    return keys[layer].get().get(positions(0, length + 1));
  }

  /** A layer's values with those of the next position, (R, h, s + 1, k). */
  NDArray values(int layer) {
    return values[layer].get().get(positions(0, length + 1));
  }

  private static NDIndex positions(long from, long to) {
    return new NDIndex().addAllDim(2).addSliceDim(from, to);
  }

  /**
   * Goes on with other rows.
   *
   * @param rows in their new order; may come more than once, int64, (R')
   */
  void select(NDArray rows) {
    for (int n = 0; n < keys.length; n++) {
      keys[n].select(rows);
      values[n].select(rows);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
