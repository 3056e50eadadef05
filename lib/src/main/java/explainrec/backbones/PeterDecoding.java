package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import explainrec.nn.Layers;
import explainrec.nn.Weights;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * PETER writing. Rows that leave go on being computed, unread, until a quarter of the memory is
 * theirs: to move keys and values costs more than a few rows too many.
 */
final class PeterDecoding implements Decoding {
  private final PeterNetwork network;
  private final Weights weights;
  private final NDManager manager;
  private final PeterMemory memory;
  private int[] places; // of each row in the memory
  private int held; // rows of the memory

  /**
   * Begins behind what stands before the first word.
   *
   * @param network that writes
   * @param weights its weights
   * @param manager lives longer
   * @param memory of users, items and features; closed with this
   * @param rows B
   */
  PeterDecoding(
      PeterNetwork network, Weights weights, NDManager manager, PeterMemory memory, int rows) {
    this.network = network;
    this.weights = weights;
    this.manager = manager;
    this.memory = memory;
    this.places = inOrder(rows);
    this.held = rows;
  }

  @Override
  public NDArray next(int[] last) {
    long[] words = new long[held]; // of rows that have left any word will do
    for (int row = 0; row < last.length; row++) {
      words[places[row]] = last[row];
    }
    NDArray embedded = network.embed(weights, words, memory.length()); // (R, d)
    NDArray states =
        network.run(
            weights,
            embedded,
            new PeterNetwork.Wanted(0, held),
            network.next(memory),
            null); // (R, d)
    memory.advance();
    if (!Arrays.equals(places, inOrder(held))) {
      states = Layers.embed(manager.create(longs(places)), states);
    }
    return WordHead.scores(weights, states);
  }

  private static int[] inOrder(int rows) {
    return IntStream.range(0, rows).toArray();
  }

  private static long[] longs(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }

  @Override
  public void select(int[] rows) {
    int[] chosen = Arrays.stream(rows).map(row -> places[row]).toArray();
    boolean apart = Arrays.stream(rows).distinct().count() == rows.length;
    if (apart && 4 * chosen.length > 3 * held) {
      places = chosen;
      return;
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      memory.select(manager.create(longs(chosen)));
    }
    places = inOrder(chosen.length);
    held = chosen.length;
  }

  @Override
  public void close() {
    memory.close();
  }
}
