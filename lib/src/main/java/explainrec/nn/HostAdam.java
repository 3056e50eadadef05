package explainrec.nn;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Adam on the CPU: one pass over the tensors' own memory, in blocks that stay in the first-level
 * cache, on all cores.
 *
 * <p>A block never spans two parameters, and its moments are arrays of their own: loops that start
 * at 0 of every array they touch run on vector instructions.
 */
final class HostAdam implements Optimizer {
  private static final int BLOCK = 4096;

  private final List<FloatBuffer> weights = new ArrayList<>(); // the parameters' own memory
  private double learningRate;
  private final List<Block> blocks = new ArrayList<>();
  private final float[] rates; // one a parameter
  private final long count;
  private long steps;

  /**
   * A part of one parameter, with its moments.
   *
   * @param parameter number of the parameter
   * @param offset where the block starts in the parameter
   * @param from where it starts among all numbers
   * @param first first moments m
   * @param second second moments v, as many
   */
  private record Block(int parameter, int offset, long from, float[] first, float[] second) {
    int length() {
      return first.length;
    }
  }

  HostAdam(Parameters parameters, double learningRate) {
    this.learningRate = learningRate;
    this.rates = parameters.rates();
    long start = 0;
    for (NDArray view : parameters.views()) {
      for (int offset = 0; offset < view.size(); offset += BLOCK) {
        int length = Math.toIntExact(Math.min(BLOCK, view.size() - offset));
        blocks.add(
            new Block(
                weights.size(), offset, start + offset, new float[length], new float[length]));
      }
      start += view.size();
      // A direct view: no copy, and what is put into it is what the next forward pass reads.
      weights.add(view.toByteBuffer(true).asFloatBuffer());
    }
    count = start;
  }

  @Override
  public void step(Weights leaves) {
    steps++;
    float stepSize = (float) Adam.stepSize(learningRate, steps);
    float correction = (float) Adam.squareCorrection(steps);
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
              update(blocks.subList(from, to), gradients, stepSize, correction);
            });
  }

  @Override
  public void learningRate(double rate) {
    learningRate = rate;
  }

  private void update(
      List<Block> some, List<FloatBuffer> gradients, float stepSize, float correction) {
    float[] w = new float[BLOCK];
    float[] g = new float[BLOCK];
    for (Block block : some) {
      float rate = rates[block.parameter()];
      if (rate == 0) {
        continue;
      }
      gradients.get(block.parameter()).get(block.offset(), g, 0, block.length());
      weights.get(block.parameter()).get(block.offset(), w, 0, block.length());
      update(w, g, block.first(), block.second(), rate * stepSize, correction);
      weights.get(block.parameter()).put(block.offset(), w, 0, block.length());
    }
  }

  private static void update(
      float[] w, float[] g, float[] m, float[] v, float stepSize, float correction) {
    for (int i = 0; i < m.length; i++) {
      float gradient = g[i];
      float mean = Adam.BETA1 * m[i] + (1 - Adam.BETA1) * gradient;
      float square = Adam.BETA2 * v[i] + (1 - Adam.BETA2) * gradient * gradient;
      m[i] = mean;
      v[i] = square;
      w[i] -= stepSize * mean / ((float) Math.sqrt(square) / correction + Adam.EPSILON);
    }
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public void resume(long made) {
    steps = made;
  }

  @Override
  public Numbers first() {
    return new Moments(Block::first);
  }

  @Override
  public Numbers second() {
    return new Moments(Block::second);
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
  public void close() {
    // The moments are ordinary arrays.
  }
}
