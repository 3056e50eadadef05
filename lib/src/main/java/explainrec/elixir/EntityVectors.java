package explainrec.elixir;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import explainrec.nn.Layers;
import explainrec.nn.Weights;

/**
 * What psi reads of users and items: their global and their aspect vectors (eq. 7).
 *
 * <p>With the rating module frozen these never change, so they are computed once for everybody and
 * looked up ever after.
 *
 * <p>Shapes: S = 2 sides (0 user, 1 item), B batch, A aspects, d width, n = 2 (1 + A) vectors, or 2
 * in a variant without aspect vectors.
 */
final class EntityVectors {
  private static final int CHUNK = 1024;

  private final long width;
  private final NDArray users; // u and a_u, (U, (n / 2) d)
  private final NDArray items; // i and a_i, (I, (n / 2) d)

  /**
   * Runs a frozen rating module on everybody once.
   *
   * @param manager owner of the tables
   * @param network of the rating module
   * @param weights of the rating module
   * @param userCount U
   * @param itemCount I
   */
  EntityVectors(
      NDManager manager, RatingNetwork network, Weights weights, int userCount, int itemCount) {
    this.width = weights.get("user.embedding").getShape().get(1);
    int most = Math.max(userCount, itemCount);
    NDList userParts = new NDList();
    NDList itemParts = new NDList();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      for (int from = 0; from < most; from += CHUNK) {
        int size = Math.min(CHUNK, most - from);
        RatingModule.Forward forward =
            network.forward(
                weights,
                manager.create(around(from, size, userCount)),
                manager.create(around(from, size, itemCount)),
                false);
        userParts.add(side(forward, 0, forward.user()));
        itemParts.add(side(forward, 1, forward.item()));
      }
      this.users = keep(manager, userParts, userCount);
      this.items = keep(manager, itemParts, itemCount);
    }
  }

  /** Numbers from {@code from} on, again from 0 behind the last. */
  private static long[] around(int from, int size, int count) {
    long[] numbers = new long[size];
    for (int k = 0; k < size; k++) {
      numbers[k] = (from + k) % count;
    }
    return numbers;
  }

  private static NDArray keep(NDManager manager, NDList parts, int count) {
    NDArray rows = NDArrays.concat(parts, 0).split(new long[] {count}).get(0).duplicate();
    rows.attach(manager);
    NDScope.unregister(rows);
    return rows;
  }

  /**
   * Looks pairs up.
   *
   * @param userNumbers int64, (B)
   * @param itemNumbers int64, (B)
   * @return u, i, a_u of all aspects, a_i of all aspects, side by side, (B, n d)
   */
  NDArray of(NDArray userNumbers, NDArray itemNumbers) {
    NDList user = Layers.embed(userNumbers, users).split(new long[] {width}, 1); // (B, d), (B, A d)
    NDList item = Layers.embed(itemNumbers, items).split(new long[] {width}, 1);
    NDList all = new NDList(user.get(0), item.get(0));
    if (user.size() > 1 && user.get(1).size() > 0) {
      all.add(user.get(1));
      all.add(item.get(1));
    }
    return NDArrays.concat(all, 1);
  }

  /**
   * The same from a forward pass that is part of the gradient graph.
   *
   * @param forward of a batch
   * @return (B, n d)
   */
  static NDArray of(RatingModule.Forward forward) {
    NDList all = new NDList(forward.user(), forward.item());
    if (forward.aspects() != null) {
      all.add(aspects(forward, 0));
      all.add(aspects(forward, 1));
    }
    return NDArrays.concat(all, 1);
  }

  private static NDArray side(RatingModule.Forward forward, int side, NDArray global) {
    return forward.aspects() == null
        ? global
        : NDArrays.concat(new NDList(global, aspects(forward, side)), 1);
  }

  /** One side's aspect vectors side by side, (B, A d). */
  private static NDArray aspects(RatingModule.Forward forward, int side) {
    NDArray ofSide = forward.aspects().get(side); // (A, B, d)
    return ofSide.swapAxes(0, 1).reshape(ofSide.getShape().get(1), -1);
  }
}
