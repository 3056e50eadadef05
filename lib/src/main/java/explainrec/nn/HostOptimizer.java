package explainrec.nn;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * An optimizer on the CPU: one pass over the tensors' own memory, in blocks that stay in the
 * first-level cache, on all cores.
 *
 * <p>A block never spans two parameters, and its moments are arrays of their own: loops that start
 * at 0 of every array they touch run on vector instructions.
 */
abstract class HostOptimizer extends CountedOptimizer {
  private static final int BLOCK = 4096;
  private static final float[] NONE = {};

  private final List<FloatBuffer> weights = new ArrayList<>(); // the parameters' own memory
  private final List<Block> blocks = new ArrayList<>();
  private final int moments;
  private final float[] rates; // one a parameter
  private final long count;

  /**
   * A part of one parameter, with its moments.
   *
   * @param parameter number of the parameter
   * @param offset where the block starts in the parameter
   * @param from where it starts among all numbers
   * @param length numbers
   * @param first first moments m, one a number; empty where the optimizer keeps none
   * @param second second moments v, one a number; empty where the optimizer keeps none
   */
  private record Block(
      int parameter, int offset, long from, int length, float[] first, float[] second) {}

  /**
   * An optimizer whose moments are 0.
   *
   * @param parameters what to update
   * @param learningRate step size, above 0
   * @param moments kept: 0 for none, 1 for the second alone, 2 for both
   */
  HostOptimizer(Parameters parameters, double learningRate, int moments) {
    super(learningRate);
    this.moments = moments;
    this.rates = parameters.rates();
    long start = 0;
    for (NDArray view : parameters.views()) {
      for (int offset = 0; offset < view.size(); offset += BLOCK) {
        int length = Math.toIntExact(Math.min(BLOCK, view.size() - offset));
        float[] first = moments > 1 ? new float[length] : NONE;
        float[] second = moments > 0 ? new float[length] : NONE;
        blocks.add(new Block(weights.size(), offset, start + offset, length, first, second));
      }
      start += view.size();
      // A direct view: no copy, and what is put into it is what the next forward pass reads.
      weights.add(view.toByteBuffer(true).asFloatBuffer());
    }
    count = start;
  }

  /**
   * The rule of one step, for some numbers that learn at the same rate.
   *
   * @param t the step's number, from 1
   * @param learningRate step size before a parameter's own factor
   * @return the rule
   */
  abstract Rule rule(long t, double learningRate);

  /** What a step does to numbers of one parameter. */
  interface Rule {
    /**
     * Updates in place. Weights and gradients may be longer than there are numbers.
     *
     * @param w weights
     * @param g their gradients
     * @param m first moments, one a number, or empty
     * @param v second moments, one a number, or empty
     * @param factor of the learning rate, above 0
     */
    void update(float[] w, float[] g, float[] m, float[] v, float factor);
  }

  @Override
  final void update(Weights leaves, long t, double rate) {
    Rule rule = rule(t, rate);
    List<FloatBuffer> gradients = new ArrayList<>();
    for (NDArray leaf : leaves.all().values()) {
      boolean frozen = rates[gradients.size()] == 0;
      gradients.add(frozen ? null : leaf.getGradient().toByteBuffer(true).asFloatBuffer());
    }
    int workers = Math.min(blocks.size(), 4 * Runtime.getRuntime().availableProcessors());
    IntStream.range(0, workers)
        .parallel()
        .forEach(
            worker -> {
              int from = (int) ((long) blocks.size() * worker / workers);
              int to = (int) ((long) blocks.size() * (worker + 1) / workers);
              update(blocks.subList(from, to), gradients, rule);
            });
  }

  private void update(List<Block> some, List<FloatBuffer> gradients, Rule rule) {
    float[] w = new float[BLOCK];
    float[] g = new float[BLOCK];
    for (Block block : some) {
      float rate = rates[block.parameter()];
      if (rate == 0) {
        continue;
      }
      gradients.get(block.parameter()).get(block.offset(), g, 0, block.length());
      weights.get(block.parameter()).get(block.offset(), w, 0, block.length());
      rule.update(w, g, block.first(), block.second(), rate);
      weights.get(block.parameter()).put(block.offset(), w, 0, block.length());
    }
  }

  @Override
  public final Numbers first() {
    return moments > 1 ? new Moments(Block::first) : new NoNumbers(count);
  }

  @Override
  public final Numbers second() {
    return moments > 0 ? new Moments(Block::second) : new NoNumbers(count);
  }

  /** One of the moments, block after block. */
  private final class Moments implements Numbers {
    private final Function<Block, float[]> moment;

    Moments(Function<Block, float[]> moment) {
      this.moment = moment;
    }

    @Override
    public long count() {
      return count;
    }

    @Override
    public void read(long from, float[] into, int many) {
      walk(from, many, (block, start, at, n) -> System.arraycopy(block, start, into, at, n));
    }

    @Override
    public void write(long from, float[] values, int many) {
      walk(from, many, (block, start, at, n) -> System.arraycopy(values, at, block, start, n));
    }

    private void walk(long from, int many, Piece piece) {
      int number = blockOf(from);
      for (int done = 0; done < many; number++) {
        Block block = blocks.get(number);
        int start = (int) (from + done - block.from());
        int n = Math.min(many - done, block.length() - start);
        piece.visit(moment.apply(block), start, done, n);
        done += n;
      }
    }

    private int blockOf(long from) {
      int low = 0;
      int high = blocks.size() - 1;
      while (low < high) {
        int middle = (low + high + 1) >>> 1;
        if (blocks.get(middle).from() <= from) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      return low;
    }
  }

  /** A piece of a block, from a start in it, and where it stands in the array outside. */
  private interface Piece {
    void visit(float[] block, int start, int at, int count);
  }

  @Override
  public final void close() {
    // The moments are ordinary arrays.
  }
}
