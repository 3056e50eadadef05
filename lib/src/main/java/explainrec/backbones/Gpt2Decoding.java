package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import explainrec.nn.Weights;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A GPT-2 writing behind a prompt, with cached keys and values; finished rows leave at once. */
final class Gpt2Decoding implements Decoding {
  private final Gpt2 gpt2;
  private final Weights weights;
  private final NDManager manager;
  private final PeterMemory memory;
  private int rows; // of the memory

  /**
   * Reads the prompt.
   *
   * @param gpt2 that writes
   * @param weights frozen
   * @param manager lives longer
   * @param prompt what stands before the start mark, (R, P, d)
   * @param longest words that may be written
   */
  Gpt2Decoding(Gpt2 gpt2, Weights weights, NDManager manager, NDArray prompt, int longest) {
    this.gpt2 = gpt2;
    this.weights = weights;
    this.manager = manager;
    this.rows = (int) prompt.getShape().get(0);
    int room = (int) prompt.getShape().get(1) + longest;
    this.memory = new PeterMemory(manager, gpt2.config().layers(), room);
    gpt2.read(weights, prompt, memory, null);
  }

  @Override
  public NDArray next(int[] last) {
    long[] ids = Arrays.stream(last).asLongStream().toArray();
    NDArray output = gpt2.next(weights, manager.create(ids, new Shape(rows, 1)), memory);
    return gpt2.head().scores(weights, output.squeeze(1)); // (R, V)
  }

  @Override
  public void select(int[] chosen) {
    if (chosen.length == rows && IntStream.range(0, rows).allMatch(n -> chosen[n] == n)) {
      return;
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      memory.select(manager.create(Arrays.stream(chosen).asLongStream().toArray()));
    }
    rows = chosen.length;
  }

  @Override
  public void close() {
    memory.close();
  }
}
