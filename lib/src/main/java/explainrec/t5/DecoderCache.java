package explainrec.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The decoder's memory while it writes: keys and values of the encoder's output and of what it has
 * written, so that a step computes one position only.
 *
 * <p>Its arrays have room for more positions than have been written, and for rows that have left: a
 * step writes one position into them and reads views, nothing is copied. They outlive the step's
 * {@link NDScope}.
 *
 * <p>Shapes: B rows, K texts of each, h heads, C room for positions, S positions of the encoder, k
 * width of a head.
 */
final class DecoderCache implements Stack.Memory, AutoCloseable {
  private static final int LEAST_GROWTH = 16; // positions

  private final NDManager manager;
  private final List<Attention.Keys> cross = new ArrayList<>(); // (B, h, S, k) a layer
  private final List<Attention.Keys> self = new ArrayList<>(); // (B K, h, C, k) a layer
  private final int times; // K
  private NDArray reach; // (B, 1, 1, S)
  private int[] texts; // whose continuation each row is
  private int length;

  /**
   * @param parent lives longer than the cache
   * @param cross keys and values of the encoder's output, a layer each
   * @param reach its mask as scores, (B, 1, 1, S), or null
   * @param rows B
   * @param times K
   */
  DecoderCache(NDManager parent, List<Attention.Keys> cross, NDArray reach, int rows, int times) {
    this.manager = parent.newSubManager();
    this.times = times;
    for (Attention.Keys keys : cross) {
      this.cross.add(
          new Attention.Keys(keep(inOnePiece(keys.keys())), keep(inOnePiece(keys.values()))));
    }
    this.reach = reach == null ? null : keep(reach);
    this.texts = new int[rows];
    Arrays.setAll(texts, n -> n);
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
      self.add(new Attention.Keys(room(fresh.keys(), null), room(fresh.values(), null)));
    }
    Attention.Keys all = self.get(layer);
    if (length == all.keys().getShape().get(2)) {
      all =
          new Attention.Keys(grown(fresh.keys(), all.keys()), grown(fresh.values(), all.values()));
      self.set(layer, all);
    }
    all.keys().set(positions(length, length + 1), fresh.keys());
    all.values().set(positions(length, length + 1), fresh.values());
    NDIndex written = positions(0, length + 1);
    return new Attention.Keys(all.keys().get(written), all.values().get(written));
  }

  @Override
  public Attention.Keys cross(int layer) {
    Attention.Keys all = cross.get(layer);
    return new Attention.Keys(used(all.keys()), used(all.values()));
  }

  @Override
  public NDArray reach() {
    return reach == null ? null : used(reach);
  }

  /**
   * Keeps some rows: finished ones leave, beams take the place of others. Where rows only fill the
   * places of rows that leave, nothing else is moved.
   *
   * @param rows of the batch, in their new order; a row may come more than once
   */
  void select(int[] rows) {
    int[] next = Arrays.stream(rows).map(row -> texts[row]).toArray();
    int[] ofTexts = new int[rows.length * times];
    Arrays.setAll(ofTexts, n -> rows[n / times] * times + n % times);
    UnaryOperator<NDArray> written = picking(ofTexts);
    UnaryOperator<NDArray> pick = picking(rows);
    self.replaceAll(
        keys -> new Attention.Keys(written.apply(keys.keys()), written.apply(keys.values())));
    if (!Arrays.equals(texts, next)) { // else beams of the same texts: they hear the same
      cross.replaceAll(
          keys -> new Attention.Keys(pick.apply(keys.keys()), pick.apply(keys.values())));
      reach = reach == null ? null : pick.apply(reach);
    }
    texts = next;
  }

  private UnaryOperator<NDArray> picking(int[] rows) {
    if (onlyFills(rows)) {
      return array -> fill(array, rows);
    }
    NDArray index = manager.create(Arrays.stream(rows).asLongStream().toArray());
    return array -> replace(array, array.get(index));
  }

  /** Whether every row stays or comes from behind the last place that is left. */
  private static boolean onlyFills(int[] rows) {
    for (int n = 0; n < rows.length; n++) {
      if (rows[n] != n && rows[n] < rows.length) {
        return false;
      }
    }
    return true;
  }

  private static NDArray fill(NDArray array, int[] rows) {
    for (int n = 0; n < rows.length; n++) {
      if (rows[n] != n) {
        array.set(
            new NDIndex().addSliceDim(n, n + 1),
            array.get(new NDIndex().addSliceDim(rows[n], rows[n] + 1)));
      }
    }
    return array;
  }

  /** What is not of rows that have left. */
  private NDArray used(NDArray array) {
    return array.getShape().get(0) == texts.length
        ? array
        : array.get(new NDIndex().addSliceDim(0, texts.length));
  }

  private NDIndex positions(int from, int to) {
    return new NDIndex()
        .addSliceDim(0, (long) texts.length * times)
        .addAllDim()
        .addSliceDim(from, to);
  }

  private NDArray grown(NDArray fresh, NDArray full) {
    NDArray larger = room(fresh, full);
    larger.set(positions(0, length), full.get(positions(0, length)));
    return replace(full, larger);
  }

  /** Room for a quarter more positions than there were. */
  private NDArray room(NDArray fresh, NDArray full) {
    long before = full == null ? 0 : full.getShape().get(2);
    long capacity = before + Math.max(LEAST_GROWTH, before / 4);
    Shape shape = fresh.getShape(); // (B K, h, 1, k)
    return keep(
        manager.create(
            new Shape(shape.get(0), shape.get(1), capacity, shape.get(3)), DataType.FLOAT32));
  }

  /** Swapped axes in memory too, or every product would copy them. */
  private static NDArray inOnePiece(NDArray array) {
    return array.reshape(-1).reshape(array.getShape());
  }

  private NDArray keep(NDArray array) {
    array.attach(manager);
    NDScope.unregister(array);
    return array;
  }

  private NDArray replace(NDArray old, NDArray fresh) {
    old.close();
    return keep(fresh);
  }

  @Override
  public void close() {
    manager.close();
  }
}
